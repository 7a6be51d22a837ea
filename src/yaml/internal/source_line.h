#ifndef AWASE_YAML_INTERNAL_SOURCE_LINE_H_
#define AWASE_YAML_INTERNAL_SOURCE_LINE_H_

// One line of YAML as its writer saw it, whether it is right or not.

#include <cstddef>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"

namespace awase::yaml_internal {

// Blanks and tabs at its beginning.
std::size_t IndentationOf(absl::string_view line);

// Whether there is nothing in it but blanks or a comment.
bool IsIdle(absl::string_view line);

// The line without its comment, and without blanks at its end.
absl::string_view WithoutComment(absl::string_view line);

// Behind "  - - ".
std::size_t KeyBegin(absl::string_view line);

// Behind "  - - key: " or "  - ": where the value begins, or the text that should have been one.
std::size_t ValueBegin(absl::string_view line);

// The values of a line, without blanks around them: the one behind its key, or where that is in brackets those within
// them, behind their keys. Parts of `line`.
std::vector<absl::string_view> ValuesOf(absl::string_view line);

// Of brackets outside of quotes and comments the first that does not close the one before it, else the last one that is
// not closed: which is to be put in where, or, with `wanted` 0, that the one at `place` closes nothing.
struct BracketFault {
  std::size_t place;
  char opened;
  char wanted;
};
std::optional<BracketFault> FindBracketFault(absl::string_view line);

}  // namespace awase::yaml_internal

#endif  // AWASE_YAML_INTERNAL_SOURCE_LINE_H_

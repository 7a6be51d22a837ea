#ifndef AWASE_YAML_INTERNAL_SOURCE_TEXT_H_
#define AWASE_YAML_INTERNAL_SOURCE_TEXT_H_

// The text of a YAML file: byte offsets to places, and what must be right before a parser sees it.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "awase/yaml/decode_message.h"

namespace awase::yaml_internal {

// Borrows the text. thread-compatible.
class SourceText {
 public:
  explicit SourceText(absl::string_view text);

  // Of the byte at `offset`; past the end: just behind the last byte. O(log lines).
  yaml::Place PlaceAt(std::size_t offset) const;

  // Of 0-based line and byte within it, as yaml-cpp counts.
  yaml::Place PlaceAt(std::size_t line, std::size_t byte) const;

  // The offset at which a 0-based line begins, of lines that there are not the end of the text.
  std::size_t LineStart(std::size_t line) const {
    return line < line_starts_.size() ? line_starts_[line] : text_.size();
  }

  // The line without its break; empty for lines that there are not.
  absl::string_view Line(std::size_t line) const;

  // The offset of the "-" of the list item without value that ends before `offset`.
  std::size_t DashBefore(std::size_t offset) const;

  // The offset of the quote that opens the scalar at `offset` (behind its anchor, if it has one), unless a quote closes
  // it on the same line; nothing for a scalar without quotes. O(length of the line).
  std::optional<std::size_t> UnclosedQuote(std::size_t offset) const;

  // The first byte that is no UTF-8 or a control character, if any.
  std::optional<yaml::Problem> FindBadByte() const;

  absl::string_view text() const { return text_; }

 private:
  // Characters that begin before `offset`.
  std::size_t CharactersBefore(std::size_t offset) const;

  absl::string_view text_;
  std::vector<std::size_t> line_starts_;
  std::vector<std::size_t> characters_before_block_;
};

}  // namespace awase::yaml_internal

#endif  // AWASE_YAML_INTERNAL_SOURCE_TEXT_H_

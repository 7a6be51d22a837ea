#ifndef AWASE_YAML_NEAREST_WORD_H_
#define AWASE_YAML_NEAREST_WORD_H_

// "Did you mean …?" for misspelled words.

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace awase::yaml {

// The least number of inserted, left out, replaced or swapped neighbouring bytes that makes `b` of `a` (optimal string
// alignment). O(|a|·|b|).
std::size_t EditDistance(absl::string_view a, absl::string_view b);

// The one of `words` that is nearest to `word` (the first of equals), or "" when none is within `most` edits. Words of
// up to three bytes must be within one edit: everything short is near to everything short.
std::string NearestWord(absl::string_view word, absl::Span<const std::string> words, std::size_t most = 2);

// Of a word that is none of `known`: `unknown slot "highr"; did you mean "higher"?`, or which ones are known where none
// is near.
std::string UnknownWord(absl::string_view what, absl::string_view word, absl::Span<const std::string> known);

}  // namespace awase::yaml

#endif  // AWASE_YAML_NEAREST_WORD_H_

#ifndef AWASE_YAML_INTERNAL_REMEDY_H_
#define AWASE_YAML_INTERNAL_REMEDY_H_

// What to do about a mistake: parsers say what they had expected, which tells little to who does not know YAML.

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "yaml/internal/source_text.h"

namespace awase::yaml_internal {

// Of all trials together, but for the last one, which may be of the whole text.
inline constexpr std::size_t kMostTrialBytes = std::size_t{4} << 20;

// For a text that the parser cannot read beyond `line` (0-based): what is wrong with this line, or with one before it,
// and what to write instead. Proposed is only what was tried: the text with it reads beyond `line`. "" where none of
// the usual mistakes is found. The trials make and read kMostTrialBytes at most; how many they were goes to
// `trial_bytes`, if that is not null.
std::string FindRemedy(const SourceText& source, std::size_t line, std::size_t* trial_bytes = nullptr);

// For a text that stands where a key with its value should, or a key that is not known: "id:x", "-id", "id：x". `known`
// are the keys that there are. "" where it would not be one of them, unless it begins with a blank or a bracket of
// another kind, which none does.
std::string FindKeyRemedy(absl::string_view text, absl::Span<const std::string> known);

}  // namespace awase::yaml_internal

#endif  // AWASE_YAML_INTERNAL_REMEDY_H_

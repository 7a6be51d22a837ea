#ifndef AWASE_CATALOG_SPEC_VALUE_H_
#define AWASE_CATALOG_SPEC_VALUE_H_

// A spec as people write it, taken apart: "256GB SSD" is 256 · 10⁹ bytes of kind "ssd".

#include <cstdint>

#include "absl/strings/string_view.h"

namespace awase::catalog {

struct SpecValue {
  enum class Kind : std::uint8_t { kMissing, kText, kNumber };
  Kind kind = Kind::kMissing;
  double number = 0;            // in the unit's base: bytes, grams, metres, …; equal for equal amounts
  std::uint64_t unit = 0;       // hash of the base unit; 0 = a number without one
  std::uint64_t qualifier = 0;  // hash of what follows the unit ("ssd"), whatever its case; 0 = nothing

  // Numbers of one unit and kind can be compared.
  bool IsComparableWith(const SpecValue& other) const {
    return kind == Kind::kNumber && other.kind == Kind::kNumber && unit == other.unit && qualifier == other.qualifier;
  }
};

// A number with a point for its decimals, then perhaps a unit, then perhaps words. "1.37kg", "5.5-inch", "8 GB",
// "256GB SSD" and "-3" are; "1,370" (a thousand or a little more than one?), "1920x1080" and "10-12 h" are text. Units
// of one dimension are converted, so that 70 cl and 0.7 l are equal; an unknown unit is one of its own. "", "-", "?",
// "n/a", "none" and "unknown" are missing. O(length).
SpecValue ParseSpecValue(absl::string_view text);

// FNV-1a over the text in lower case, blanks at its ends left out; never 0 but for nothing.
std::uint64_t HashOfText(absl::string_view text);

}  // namespace awase::catalog

#endif  // AWASE_CATALOG_SPEC_VALUE_H_

#ifndef AWASE_LADDER_INTERNAL_OWN_BRANDS_H_
#define AWASE_LADDER_INTERNAL_OWN_BRANDS_H_

#include <algorithm>
#include <string>

#include "absl/strings/match.h"
#include "absl/types/span.h"

namespace awase::ladder_internal {

// Whether the brand is one of the shop's own, whatever the case of either.
inline bool IsOwnBrand(const std::string& brand, absl::Span<const std::string> own_brands) {
  return std::any_of(own_brands.begin(), own_brands.end(),
                     [&brand](const std::string& own) { return absl::EqualsIgnoreCase(brand, own); });
}

}  // namespace awase::ladder_internal

#endif  // AWASE_LADDER_INTERNAL_OWN_BRANDS_H_

#ifndef AWASE_RULES_NEAREST_PRODUCT_H_
#define AWASE_RULES_NEAREST_PRODUCT_H_

#include <functional>
#include <string>

#include "absl/strings/string_view.h"

namespace awase::rules {

// The one product whose id becomes `id` by one slip: a character left out, put in or taken for another (letters of
// ASCII, digits, "-", "_", "."), two neighbours swapped, or letters of the other case. "" where there is none or more
// than one, as with ids that are numbers: any would be a guess. Asks `knows` some 130 times per character of `id`; ids
// of less than 4 bytes or more than 64 have no hint.
std::string NearestProduct(absl::string_view id, const std::function<bool(absl::string_view id)>& knows);

}  // namespace awase::rules

#endif  // AWASE_RULES_NEAREST_PRODUCT_H_

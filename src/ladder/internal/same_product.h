#ifndef AWASE_LADDER_INTERNAL_SAME_PRODUCT_H_
#define AWASE_LADDER_INTERNAL_SAME_PRODUCT_H_

// Which products are the same but for what a pack of them holds and how they are bought.

#include <string>

#include "absl/strings/string_view.h"
#include "awase/catalog/product.h"

namespace awase::ladder_internal {

// The title in lower case without what tells packs and subscriptions apart: the product's own pack_size and
// subscription_interval, whatever else in it reads as the content of a pack, and words for subscriptions. O(|title|).
std::string TitleStem(const catalog::Product& product);

// Equal for two products where type, brand, author, series, family, tier, text attributes and the stem of the title
// agree. Empty where too little is known to say so: neither a title nor both brand and type.
std::string SameProductKey(const catalog::Product& product);

}  // namespace awase::ladder_internal

#endif  // AWASE_LADDER_INTERNAL_SAME_PRODUCT_H_

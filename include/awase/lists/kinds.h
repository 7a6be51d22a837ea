#ifndef AWASE_LISTS_KINDS_H_
#define AWASE_LISTS_KINDS_H_

// What products have in common besides being bought: the kinds to which a product that few people bought is backed off.

#include <cstddef>
#include <vector>

#include "awase/catalog/catalog.h"
#include "awase/lists/product_types.h"
#include "awase/relations/entry_class.h"

namespace awase::lists {

// Products that have one attribute in common.
struct Kind {
  relations::EntrySource source;
  ProductTypes groups;  // per root, which products it is one with; kNoType for variants and where nothing is given
};

// More steps of a category than this are not walked up.
inline constexpr std::size_t kMostCategorySteps = 8;

// What the catalogue knows, the nearest first: series, author, family, type, category, each step around the category,
// brand. A root without the attribute has that of its first variant. O(products · steps of a category).
std::vector<Kind> KindsOf(const catalog::Catalog& catalog);

}  // namespace awase::lists

#endif  // AWASE_LISTS_KINDS_H_

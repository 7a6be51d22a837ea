#ifndef AWASE_LISTS_FILL_SHORT_LISTS_H_
#define AWASE_LISTS_FILL_SHORT_LISTS_H_

// Lists for products that too few people bought to have one of their own: what is bought with products of their kind,
// and what shares an author, a series or a brand with them. Each such entry is marked with its source.

#include <cstddef>
#include <vector>

#include "awase/catalog/catalog.h"
#include "awase/lists/kinds.h"
#include "awase/lists/product_types.h"
#include "awase/relations/relation.h"

namespace awase::lists {

struct FillOptions {
  std::size_t enough = 10;  // lists with as many entries fit for a page are left alone; shorter ones are filled up
  std::size_t top_k = 64;   // longest list; what everybody buys gives way at its end
  std::size_t threads = 1;  // the result does not depend on it
};

// Appends entries with units_together 0 to short lists, behind all that is there, in the order of `kinds`: of a series
// and of an author at most three each, best-selling first; of a family, type or category what its members' lists name
// more often than chance would, by how far; then of the brand. Products of the product's own type are left out, but for
// those of its series and author: nobody needs a second camera, but a second novel. So are those that `catalog` shows
// in no variant. A product that has a type, but nothing else to name, is given what everybody buys, of its type or not:
// that is a list, and nothing for a page. Entries that are there as such already get the nearer source.
// O(entries · kinds + products · enough).
void FillShortLists(const catalog::Catalog& catalog, const std::vector<Kind>& kinds, const ProductTypes& types,
                    const FillOptions& options, relations::Relation* relation);

// Takes out all entries that are backed off.
void DropBackedOff(relations::Relation* relation);

}  // namespace awase::lists

#endif  // AWASE_LISTS_FILL_SHORT_LISTS_H_

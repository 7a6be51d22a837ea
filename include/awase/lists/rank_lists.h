#ifndef AWASE_LISTS_RANK_LISTS_H_
#define AWASE_LISTS_RANK_LISTS_H_

// From counted lists to ranked ones: the model of lists over what BuildRelation found.

#include <cstddef>

#include "awase/lists/list_settings.h"
#include "awase/lists/product_types.h"
#include "awase/orders/baskets.h"
#include "awase/relations/relation.h"

namespace awase::lists {

// The longest list to be counted for RankLists to choose from, for final lists of `top_k` out of `products` products. A
// catalogue of more than 200,000 has no memory for more than it keeps.
std::size_t CountedListLength(std::size_t top_k, std::size_t products);

// Whether settings.similar_orders has a say: the lists of a larger catalogue are cut too short to be profiles.
bool CanRankBySimilar(std::size_t products);

// Ranks the lists of `counted`, which was built from `baskets` with settings.ranking but a popularity exponent of 0,
// and cuts them to `top_k`. A list shorter than CountedListLength is complete, and is joined by entries that were
// never bought with the anchor but are backed off to its type and to popularity: units_together is 0 in those, and the
// source says which. Scores
// are φ in the first ten and scaled behind them, so that a list descends. The result does not depend on `threads`.
// O(products · CountedListLength). Memory: the lists once more.
relations::Relation RankLists(relations::Relation counted, const orders::BasketSet& baskets, const ProductTypes& types,
                              const ListSettings& settings, std::size_t top_k, std::size_t threads = 1);

}  // namespace awase::lists

#endif  // AWASE_LISTS_RANK_LISTS_H_

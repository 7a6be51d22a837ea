#ifndef AWASE_RELATIONS_BUILD_WINDOW_RELATION_H_
#define AWASE_RELATIONS_BUILD_WINDOW_RELATION_H_

// Counts the pairs of basket windows: BuildRelation for relations in which it matters when something was bought.

#include "absl/status/statusor.h"
#include "awase/relations/basket_windows.h"
#include "awase/relations/build_relation.h"
#include "awase/relations/relation.h"

namespace awase::relations {

// Units are those of `windows` that have a window which is not empty; N is how many there are, n_i how many have i in a
// basket with such a window, n_j how many have j in one of the windows, n_ij how many have the pair (each counts once,
// however often); i and j differ. The list of i holds the j. Ranking and claims are those of BuildRelation, with
//   |b|  √(products in the unit's baskets · products in their windows), both distinct
//   age  that of the latest basket in the windows
//   f    N · Σ n_ij / (Σ n_i · Σ n_j): with it the pairs expected are as many as there are
// and all ordered pairs of products that reach the floors are tested (the unordered ones, when not directed).
//
// Errors of BuildRelation. Cost: for each product, the lines in all windows of the baskets with it (of one unit each
// line once). Memory in bytes, beside the result: 4 per line, 20 per unit, 16 per list entry, 8 per pair that reaches
// the floors of claims, 48 per product, and 28 per product and thread. options.max_index_bytes is not looked at.
absl::StatusOr<Relation> BuildWindowRelation(const BasketWindows& windows, const RelationOptions& options,
                                             RelationTimings* timings = nullptr);

}  // namespace awase::relations

#endif  // AWASE_RELATIONS_BUILD_WINDOW_RELATION_H_

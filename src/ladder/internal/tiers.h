#ifndef AWASE_LADDER_INTERNAL_TIERS_H_
#define AWASE_LADDER_INTERNAL_TIERS_H_

// The catalogue's own family and tier columns: who declares both asserts an order.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "awase/catalog/catalog.h"
#include "ladder/internal/families.h"
#include "ladder/internal/problem_tally.h"

namespace awase::ladder_internal {

inline constexpr std::int32_t kNoTier = -1;

// Per member its tier's place in the family, 0 = the lowest; kNoTier in families that are not declared, have one tier
// only or tiers without an order (reported). Numbers are ordered by size ("200 GB" < "1 TB"), but numbers without a
// unit up or down as prices go, as tier 1 may be the best, where prices tell neighbours apart in three of four
// comparisons; words by a scale that everybody knows, else by the price of their products where that does as well.
std::vector<std::int32_t> OrderTiers(const catalog::Catalog& catalog, const Families& families, std::size_t threads,
                                     ProblemTally* problems);

}  // namespace awase::ladder_internal

#endif  // AWASE_LADDER_INTERNAL_TIERS_H_

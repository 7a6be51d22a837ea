#include "awase/evaluation/claim_replication.h"

#include "awase/orders/basket_index.h"
#include "awase/relations/basket_size_factor.h"

namespace awase::evaluation {
namespace {

using orders::BasketIndex;

constexpr double kLeastExpected = 5;  // below this a count says nothing about whether a lift holds

std::uint64_t UnitsTogether(const BasketIndex& index, ProductIndex i, ProductIndex j) {
  const absl::Span<const std::uint32_t> with_i = index.baskets_with(i);
  const absl::Span<const std::uint32_t> with_j = index.baskets_with(j);
  std::uint64_t together = 0;
  auto a = with_i.begin();
  auto b = with_j.begin();
  while (a != with_i.end() && b != with_j.end()) {
    if (*a == *b) ++together;
    const bool step_a = *a <= *b;
    const bool step_b = *b <= *a;
    a += step_a ? 1 : 0;
    b += step_b ? 1 : 0;
  }
  return together;
}

}  // namespace

ClaimReplication ReplicateClaims(absl::Span<const ListedClaim> claims, const orders::BasketSet& held_out) {
  ClaimReplication replication;
  replication.listed = claims.size();
  if (held_out.size() == 0) return replication;
  const BasketIndex index(held_out);
  const double factor = relations::BasketSizeFactor(held_out);
  for (const ListedClaim& claim : claims) {
    const double independent = static_cast<double>(index.units(claim.product)) *
                               static_cast<double>(index.units(claim.other)) / static_cast<double>(held_out.size());
    if (claim.lift * independent < kLeastExpected) continue;
    ++replication.tested;
    const auto together = static_cast<double>(UnitsTogether(index, claim.product, claim.other));
    replication.held += together > factor * independent ? 1 : 0;
  }
  return replication;
}

}  // namespace awase::evaluation

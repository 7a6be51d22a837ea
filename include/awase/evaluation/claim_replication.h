#ifndef AWASE_EVALUATION_CLAIM_REPLICATION_H_
#define AWASE_EVALUATION_CLAIM_REPLICATION_H_

// Whether what was claimed of the training part is true of later orders.

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/orders/baskets.h"

namespace awase::evaluation {

// A claim among the first ten of a product's list.
struct ListedClaim {
  ProductIndex product;
  ProductIndex other;
  double lift = 1;  // in the training part: n_ij N / (n_i n_j)
};

struct ClaimReplication {
  std::uint64_t listed = 0;  // claims given
  std::uint64_t tested = 0;  // of them: lift · n_i n_j / N of the held-out baskets is at least 5
  std::uint64_t held = 0;    // of those: bought together more often than the null expects, f n_i n_j / N

  double share() const { return tested == 0 ? 0 : static_cast<double>(held) / static_cast<double>(tested); }
};

// f is the basket size factor of the held-out baskets (relations::BasketSizeFactor): where baskets are large any two
// products meet often. O(Σ over claims of n_i + n_j).
ClaimReplication ReplicateClaims(absl::Span<const ListedClaim> claims, const orders::BasketSet& held_out);

}  // namespace awase::evaluation

#endif  // AWASE_EVALUATION_CLAIM_REPLICATION_H_

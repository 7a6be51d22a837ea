#ifndef AWASE_LISTS_INTERNAL_BACK_OFF_H_
#define AWASE_LISTS_INTERNAL_BACK_OFF_H_

#include <algorithm>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/lists/list_settings.h"
#include "lists/internal/order_shares.h"
#include "lists/internal/type_transitions.h"

namespace awase::lists_internal {

// Candidates that are not bought with the anchor, but with its type, or by everybody. Of an anchor that was never
// bought with anything else popularity says nothing: it has its type alone. Immutable; thread-safe. Borrows both.
class BackOff {
 public:
  static constexpr std::size_t kPopular = 30;

  // Proposes nothing of a kind that the settings give no weight. O(products).
  BackOff(const OrderShares& shares, const TypeTransitions& transitions, const lists::ListSettings& settings)
      : shares_(shares), transitions_(transitions), by_type_(settings.type_orders > 0) {
    if (!(settings.popularity_orders > 0)) return;
    for (std::size_t p = 0; p < shares.shares.size(); ++p) {
      if (shares.shares[p] > 0) popular_.push_back(ProductAt(p));
    }
    const auto last = popular_.begin() + static_cast<std::ptrdiff_t>(std::min(kPopular, popular_.size()));
    std::partial_sort(popular_.begin(), last, popular_.end(), [&shares](ProductIndex a, ProductIndex b) {
      const double share_a = shares.shares[Slot(a)];
      const double share_b = shares.shares[Slot(b)];
      return share_a != share_b ? share_a > share_b : a < b;
    });
    popular_.erase(last, popular_.end());
  }

  // Each once; the anchor itself may be among them.
  std::vector<ProductIndex> CandidatesOf(ProductIndex anchor) const {
    std::vector<ProductIndex> candidates;
    if (shares_.orders[Slot(anchor)] > 0) candidates = popular_;
    if (by_type_) {
      const absl::Span<const ProductIndex> best = transitions_.Best(anchor);
      candidates.insert(candidates.end(), best.begin(), best.end());
    }
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    return candidates;
  }

 private:
  const OrderShares& shares_;
  const TypeTransitions& transitions_;
  bool by_type_;
  std::vector<ProductIndex> popular_;
};

}  // namespace awase::lists_internal

#endif  // AWASE_LISTS_INTERNAL_BACK_OFF_H_

#ifndef AWASE_LISTS_INTERNAL_LIST_SCORER_H_
#define AWASE_LISTS_INTERNAL_LIST_SCORER_H_

#include <cmath>
#include <vector>

#include "awase/base/product_index.h"
#include "awase/lists/list_settings.h"
#include "lists/internal/order_shares.h"
#include "lists/internal/type_transitions.h"

namespace awase::lists_internal {

// What a list knows of a candidate j of an anchor i, whatever the settings beyond the ranking are.
struct Candidate {
  ProductIndex product;
  float orders;  // C_ij: average orders with both
  float type;    // T_ij
  bool same_type;
  float similar = 0;  // S_ij
};

// φ_ij of docs/relevance.md:
//   [C + μS S + m (μT T + (μp + ε) p)] / (n_i + μS + μT + μp)
//     · r_j^θ · (n_j / n̄)^−β · e^(σ [same type]) · ((T + ε) / (p + ε))^τ
// with ε = 1e-6, so that what is otherwise equal is ranked by popularity. Immutable; thread-safe. Borrows the shares.
class ListScorer {
 public:
  // `log_trends`: LogTrends for the ranking of the settings. `units`: n_j, whole orders. O(products).
  ListScorer(const OrderShares& shares, const std::vector<double>& log_trends, const std::vector<std::uint32_t>& units,
             const lists::ListSettings& settings)
      : shares_(shares), settings_(settings) {
    double mean_units = 0;
    for (std::size_t p = 0; p < units.size(); ++p) mean_units += shares.shares[p] * std::max<double>(units[p], 1);
    for (std::size_t p = 0; p < units.size(); ++p) {
      log_factors_.push_back(static_cast<float>(
          settings.trend_exponent * log_trends[p] -
          settings.ranking.popularity_exponent * std::log(std::max<double>(units[p], 1) / std::max(mean_units, 1.0))));
    }
  }

  float operator()(ProductIndex anchor, const Candidate& candidate) const {
    const std::size_t j = Slot(candidate.product);
    const double share = shares_.shares[j];
    const double back_off = settings_.type_orders * candidate.type + (settings_.popularity_orders + kTieBreak) * share;
    const double orders = shares_.orders[Slot(anchor)] + settings_.similar_orders + settings_.type_orders +
                          settings_.popularity_orders + kLeastOrders;
    const double by_similar = settings_.similar_orders * static_cast<double>(candidate.similar);
    const double relevance = (candidate.orders + by_similar + shares_.companions * back_off) / orders;
    double log_factor = log_factors_[j] + (candidate.same_type ? settings_.same_type_bonus : 0);
    if (settings_.type_lift_exponent != 0) {
      log_factor += settings_.type_lift_exponent * std::log((candidate.type + kTieBreak) / (share + kTieBreak));
    }
    return static_cast<float>(relevance * std::exp(log_factor));
  }

 private:
  static constexpr double kTieBreak = 1e-6;
  static constexpr double kLeastOrders = 1e-9;  // for an anchor that was never sold

  const OrderShares& shares_;
  lists::ListSettings settings_;
  std::vector<float> log_factors_;  // per product
};

}  // namespace awase::lists_internal

#endif  // AWASE_LISTS_INTERNAL_LIST_SCORER_H_

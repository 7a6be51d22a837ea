#ifndef AWASE_PRICING_THRESHOLDS_H_
#define AWASE_PRICING_THRESHOLDS_H_

// Totals that are worth reaching (free shipping, points, a coupon), and offers that are small beside a basket.
// All amounts are minor units of one currency.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"

namespace awase::pricing {

// What is missing to the threshold, never below 0. At most the largest number.
std::int64_t FindGap(std::int64_t total_minor, std::int64_t threshold_minor);

// The most that an add-on may cost: a share of the basket, rounded down; 0 for baskets and shares that are not above 0.
// At most the largest number.
std::int64_t AddOnCap(std::int64_t total_minor, std::int64_t share_basis_points);

struct GapOffer {
  std::int64_t price_minor = 0;  // offers that cost nothing close no gap
  double score = 0;              // the higher the better; what is no number is never good enough

  friend bool operator==(const GapOffer&, const GapOffer&) = default;
};

// One or two offers whose prices together close a gap; none of the two is enough alone.
struct GapFill {
  std::size_t first = 0;  // the better one; a place in the offers
  std::optional<std::size_t> second;
  std::int64_t overshoot_minor = 0;  // what is spent beyond the gap

  friend bool operator==(const GapFill&, const GapFill&) = default;
};

// The `most` best ways to close the gap with offers of at least `least_score`: least overshoot first; then one offer
// before two; then by the better score, by the other score, and by the places of the offers.
// Nothing for a gap of 0. O(offers · log offers + pairs that are not worse than the last one returned).
std::vector<GapFill> CloseGap(std::int64_t gap_minor, absl::Span<const GapOffer> offers, double least_score,
                              std::size_t most);

}  // namespace awase::pricing

#endif  // AWASE_PRICING_THRESHOLDS_H_

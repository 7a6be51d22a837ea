#include "awase/pricing/thresholds.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "absl/numeric/int128.h"
#include "awase/pricing/discount.h"

namespace awase::pricing {
namespace {

std::int64_t AtMostTheLargest(absl::int128 amount) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  return amount > kMost ? kMost : static_cast<std::int64_t>(std::max<absl::int128>(amount, 0));
}

// The best ways so far, best first.
class BestFills {
 public:
  BestFills(absl::Span<const GapOffer> offers, std::size_t most) : offers_(offers), most_(most) {}

  void Offer(const GapFill& fill) {
    const auto place = std::upper_bound(fills_.begin(), fills_.end(), fill,
                                        [this](const GapFill& a, const GapFill& b) { return KeyOf(a) < KeyOf(b); });
    fills_.insert(place, fill);
    if (fills_.size() > most_) fills_.pop_back();
  }

  // Whether nothing with this overshoot can be among the best.
  bool IsTooFar(std::int64_t overshoot_minor) const {
    return fills_.size() == most_ && (most_ == 0 || overshoot_minor > fills_.back().overshoot_minor);
  }

  std::vector<GapFill> Take() && { return std::move(fills_); }

 private:
  // Smaller is better.
  std::tuple<std::int64_t, bool, double, double, std::size_t, std::size_t> KeyOf(const GapFill& fill) const {
    const std::size_t second = fill.second.value_or(fill.first);
    return {fill.overshoot_minor,
            fill.second.has_value(),
            -offers_[fill.first].score,
            -offers_[second].score,
            fill.first,
            second};
  }

  absl::Span<const GapOffer> offers_;
  std::size_t most_;
  std::vector<GapFill> fills_;
};

}  // namespace

std::int64_t FindGap(std::int64_t total_minor, std::int64_t threshold_minor) {
  return AtMostTheLargest(absl::int128(threshold_minor) - total_minor);
}

std::int64_t AddOnCap(std::int64_t total_minor, std::int64_t share_basis_points) {
  if (total_minor <= 0 || share_basis_points <= 0) return 0;
  return AtMostTheLargest(absl::int128(total_minor) * share_basis_points / kBasisPoints);
}

std::vector<GapFill> CloseGap(std::int64_t gap_minor, absl::Span<const GapOffer> offers, double least_score,
                              std::size_t most) {
  if (gap_minor <= 0) return {};
  BestFills best(offers, most);
  std::vector<std::size_t> partners;  // good offers that are not enough alone, cheapest first
  for (std::size_t i = 0; i < offers.size(); ++i) {
    const bool is_good = offers[i].score >= least_score;  // not true of what is no number
    if (!is_good || offers[i].price_minor <= 0) continue;
    if (offers[i].price_minor < gap_minor) {
      partners.push_back(i);
    } else {
      best.Offer({.first = i, .overshoot_minor = offers[i].price_minor - gap_minor});
    }
  }
  const auto is_cheaper = [&](std::size_t a, std::size_t b) {
    return std::make_tuple(offers[a].price_minor, a) < std::make_tuple(offers[b].price_minor, b);
  };
  std::sort(partners.begin(), partners.end(), is_cheaper);
  const auto is_better = [&](std::size_t a, std::size_t b) {
    return std::make_tuple(-offers[a].score, a) < std::make_tuple(-offers[b].score, b);
  };
  for (std::size_t i = 0; i < partners.size(); ++i) {
    const std::int64_t missing = gap_minor - offers[partners[i]].price_minor;
    const auto first = std::partition_point(partners.begin() + static_cast<std::ptrdiff_t>(i) + 1, partners.end(),
                                            [&](std::size_t other) { return offers[other].price_minor < missing; });
    for (auto other = first; other != partners.end(); ++other) {
      const std::int64_t overshoot = offers[*other].price_minor - missing;
      if (best.IsTooFar(overshoot)) break;
      const auto [better, worse] = std::minmax(partners[i], *other, is_better);
      best.Offer({.first = better, .second = worse, .overshoot_minor = overshoot});
    }
  }
  return std::move(best).Take();
}

}  // namespace awase::pricing

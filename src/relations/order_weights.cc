#include "awase/relations/order_weights.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace awase::relations {
namespace {

using orders::BasketSet;
using orders::kNoTime;

constexpr double kMicrosPerDay = 24.0 * 60 * 60 * 1e6;

// kNoTime when no basket has a time.
std::int64_t NewestTime(const BasketSet& baskets) {
  std::vector<std::int64_t> times;
  times.reserve(baskets.size());
  for (const std::int64_t time : baskets.time_micros) {
    if (time != kNoTime) times.push_back(time);
  }
  if (times.empty()) return kNoTime;
  const std::size_t position = times.size() - 1 - times.size() / 1000;
  std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(position), times.end());
  return times[position];
}

std::int64_t OldestTime(const BasketSet& baskets) {
  std::int64_t oldest = std::numeric_limits<std::int64_t>::max();
  for (const std::int64_t time : baskets.time_micros) {
    if (time != kNoTime) oldest = std::min(oldest, time);
  }
  return oldest;
}

std::vector<double> SizeWeights(const BasketSet& baskets, double exponent) {
  std::uint64_t largest = 0;
  for (std::size_t b = 0; b < baskets.size(); ++b) {
    largest = std::max(largest, baskets.offsets[b + 1] - baskets.offsets[b]);
  }
  std::vector<double> weights(largest + 1, 1.0);
  for (std::uint64_t size = 1; size <= largest; ++size) weights[size] = std::pow(static_cast<double>(size), -exponent);
  return weights;
}

}  // namespace

OrderWeights::OrderWeights(const BasketSet& baskets, const RankingOptions& ranking)
    : baskets_(baskets),
      half_life_days_(ranking.half_life_days),
      by_size_(SizeWeights(baskets, ranking.basket_size_exponent)),
      newest_(ranking.half_life_days > 0 ? NewestTime(baskets) : kNoTime),
      oldest_(newest_ == kNoTime ? kNoTime : OldestTime(baskets)) {}

double OrderWeights::operator()(std::size_t basket) const {
  const double weight = by_size_[baskets_.offsets[basket + 1] - baskets_.offsets[basket]];
  if (newest_ == kNoTime) return weight;
  const std::int64_t time = baskets_.time_micros[basket] == kNoTime ? oldest_ : baskets_.time_micros[basket];
  const double age_micros = static_cast<double>(newest_) - static_cast<double>(time);
  return weight * std::exp2(-std::max(age_micros, 0.0) / kMicrosPerDay / half_life_days_);
}

}  // namespace awase::relations

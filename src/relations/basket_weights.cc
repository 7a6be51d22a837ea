#include "relations/internal/basket_weights.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "awase/base/parallel.h"

namespace awase::relations_internal {
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

// |b|^−γ by size: sizes are few, baskets many.
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

std::vector<std::uint32_t> BasketWeights(const BasketSet& baskets, const relations::RankingOptions& ranking,
                                         std::uint32_t one, std::size_t threads) {
  const std::vector<double> by_size = SizeWeights(baskets, ranking.basket_size_exponent);
  const std::int64_t newest = ranking.half_life_days > 0 ? NewestTime(baskets) : kNoTime;
  const std::int64_t oldest = newest == kNoTime ? kNoTime : OldestTime(baskets);
  std::vector<std::uint32_t> weights(baskets.size());
  ParallelFor(threads, baskets.size(), 1 << 16, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t b = first; b < last; ++b) {
      double weight = by_size[baskets.offsets[b + 1] - baskets.offsets[b]];
      if (newest != kNoTime) {
        const std::int64_t time = baskets.time_micros[b] == kNoTime ? oldest : baskets.time_micros[b];
        const double age_micros = static_cast<double>(newest) - static_cast<double>(time);
        weight *= std::exp2(-std::max(age_micros, 0.0) / kMicrosPerDay / ranking.half_life_days);
      }
      weights[b] = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(std::llround(weight * one)));
    }
  });
  return weights;
}

}  // namespace awase::relations_internal

#include "ladder/internal/rank_correlation.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace awase::ladder_internal {
namespace {

std::vector<double> RanksOf(const std::vector<Observation>& observations, double Observation::* axis) {
  std::vector<std::size_t> order(observations.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return observations[a].*axis < observations[b].*axis; });
  std::vector<double> ranks(order.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first;
    while (last < order.size() && observations[order[last]].*axis == observations[order[first]].*axis) ++last;
    for (std::size_t i = first; i < last; ++i) ranks[order[i]] = static_cast<double>(first + last - 1) / 2;
    first = last;
  }
  return ranks;
}

}  // namespace

double RankCorrelation(const std::vector<Observation>& observations) {
  if (observations.empty()) return 0;
  const std::vector<double> x = RanksOf(observations, &Observation::x);
  const std::vector<double> y = RanksOf(observations, &Observation::y);
  const double mean = static_cast<double>(observations.size() - 1) / 2;
  double xy = 0, xx = 0, yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mean) * (y[i] - mean);
    xx += (x[i] - mean) * (x[i] - mean);
    yy += (y[i] - mean) * (y[i] - mean);
  }
  return xx == 0 || yy == 0 ? 0 : xy / std::sqrt(xx * yy);
}

}  // namespace awase::ladder_internal

#include "lists/internal/order_shares.h"

#include <algorithm>
#include <cmath>

#include "awase/relations/order_weights.h"

namespace awase::lists_internal {
namespace {

using orders::BasketSet;
using relations::OrderWeights;
using relations::RankingOptions;

constexpr double kTrendHalfLifeDays = 10;
constexpr double kTrendPriorOrders = 100;
constexpr double kPageHalfLifeDays = 60;

// Orders with each product, and all of them, by weight.
struct Incidences {
  std::vector<double> of;
  double all = 0;
};

Incidences Count(const BasketSet& baskets, const RankingOptions& ranking) {
  const OrderWeights weight_of(baskets, ranking);
  Incidences incidences;
  incidences.of.assign(baskets.product_count, 0);
  for (std::size_t b = 0; b < baskets.size(); ++b) {
    if (baskets.basket(b).size() < 2) continue;
    const double weight = weight_of(b);
    incidences.all += weight;
    for (const ProductIndex product : baskets.basket(b)) incidences.of[Slot(product)] += weight;
  }
  return incidences;
}

}  // namespace

bool HasTimes(const BasketSet& baskets) {
  return std::any_of(baskets.time_micros.begin(), baskets.time_micros.end(),
                     [](std::int64_t time) { return time != orders::kNoTime; });
}

OrderShares SharesOf(const BasketSet& baskets, const RankingOptions& ranking) {
  const OrderWeights weight_of(baskets, ranking);
  OrderShares shares;
  shares.weights.assign(baskets.size(), 0);
  shares.orders.assign(baskets.product_count, 0);
  double lines = 0;
  double weighted_lines = 0;
  double weighted_pairs = 0;
  for (std::size_t b = 0; b < baskets.size(); ++b) {
    const auto size = static_cast<double>(baskets.basket(b).size());
    if (size < 2) continue;
    const double weight = weight_of(b);
    shares.weights[b] = static_cast<float>(weight);
    lines += size;
    weighted_lines += weight * size;
    weighted_pairs += weight * size * (size - 1);
    for (const ProductIndex product : baskets.basket(b)) shares.orders[Slot(product)] += weight;
  }
  shares.shares.assign(baskets.product_count, 0);
  if (!(weighted_lines > 0)) return shares;
  shares.mean_weight = weighted_lines / lines;
  shares.companions = weighted_pairs / weighted_lines;
  for (std::size_t p = 0; p < baskets.product_count; ++p) {
    shares.shares[p] = shares.orders[p] / weighted_lines;
    shares.orders[p] /= shares.mean_weight;
  }
  return shares;
}

std::vector<double> LogTrends(const BasketSet& baskets, const RankingOptions& ranking) {
  std::vector<double> trends(baskets.product_count, 0);
  if (!HasTimes(baskets)) return trends;
  const Incidences lately = Count(baskets, {0, kTrendHalfLifeDays, 0});
  const Incidences usually = Count(baskets, {0, ranking.half_life_days, 0, ranking.season_weight});
  if (!(usually.all > 0)) return trends;
  for (std::size_t p = 0; p < trends.size(); ++p) {
    const double usual = (usually.of[p] + 1e-3) / usually.all;
    trends[p] = std::log((lately.of[p] + kTrendPriorOrders * usual) / ((lately.all + kTrendPriorOrders) * usual));
  }
  return trends;
}

std::vector<double> ExpectedPages(const BasketSet& baskets, double cases) {
  Incidences incidences = Count(baskets, {1, HasTimes(baskets) ? kPageHalfLifeDays : 0, 0});
  for (double& pages : incidences.of) pages = incidences.all > 0 ? cases * pages / incidences.all : 0;
  return std::move(incidences.of);
}

}  // namespace awase::lists_internal

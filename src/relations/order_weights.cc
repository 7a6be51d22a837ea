#include "awase/relations/order_weights.h"

#include <algorithm>
#include <cmath>

namespace awase::relations {
namespace {

using orders::BasketSet;

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
      by_size_(SizeWeights(baskets, ranking.basket_size_exponent)),
      by_age_(baskets.time_micros, ranking) {}

double OrderWeights::operator()(std::size_t basket) const {
  const double weight = by_size_[baskets_.offsets[basket + 1] - baskets_.offsets[basket]];
  return weight * by_age_(baskets_.time_micros[basket]);
}

}  // namespace awase::relations

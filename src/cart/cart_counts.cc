#include "awase/cart/cart_counts.h"

#include <algorithm>
#include <cmath>

#include "awase/base/parallel.h"
#include "awase/orders/basket_index.h"
#include "awase/orders/row_counter.h"

namespace awase::cart {
namespace {

using orders::BasketIndex;
using orders::BasketSet;
using orders::RowCounter;
using Pair = CartCounts::Pair;

constexpr std::size_t kProductsAtOnce = 64;

std::vector<float> BasketWeights(const BasketSet& set, double exponent) {
  std::vector<double> weights(set.size());
  double purchases = 0;
  for (std::size_t b = 0; b < set.size(); ++b) {
    const auto size = static_cast<double>(set.basket(b).size());
    weights[b] = std::pow(size, -exponent);
    purchases += weights[b] * size;
  }
  const double scale = purchases > 0 ? static_cast<double>(set.products.size()) / purchases : 1;
  std::vector<float> scaled;
  for (const double weight : weights) scaled.push_back(static_cast<float>(weight * scale));
  return scaled;
}

bool IsLarger(const Pair& a, const Pair& b) { return a.count != b.count ? a.count > b.count : a.other < b.other; }

// The row, by product; *units is the weight of the product's own baskets.
std::vector<Pair> CountRow(ProductIndex product, const std::vector<float>& weights, const CountOptions& options,
                           const BasketIndex& index, RowCounter* counter, float* units) {
  *units = 0;
  for (const std::uint32_t b : index.baskets_with(product)) *units += weights[b];
  std::vector<Pair> row;
  for (const RowCounter::Pair& pair : counter->Count(product, weights)) {
    if (pair.buyers >= options.min_buyers) row.push_back({pair.other, pair.weight});
  }
  if (row.size() > options.row_length) {
    std::nth_element(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(options.row_length), row.end(), IsLarger);
    row.resize(options.row_length);
  }
  std::sort(row.begin(), row.end(), [](const Pair& a, const Pair& b) { return a.other < b.other; });
  return row;
}

}  // namespace

CartCounts::CartCounts(const BasketSet& baskets, const CountOptions& options) : units_(baskets.product_count) {
  const BasketIndex index(baskets);
  const std::vector<float> weights = BasketWeights(baskets, options.basket_size_exponent);
  for (const float weight : weights) total_ += static_cast<double>(weight);
  std::vector<std::vector<Pair>> rows(baskets.product_count);
  std::vector<RowCounter> counters(options.threads, RowCounter(index));
  ParallelFor(options.threads, rows.size(), kProductsAtOnce,
              [&](std::size_t first, std::size_t last, std::size_t worker) {
                for (std::size_t p = first; p < last; ++p) {
                  rows[p] = CountRow(ProductAt(p), weights, options, index, &counters[worker], &units_[p]);
                }
              });
  offsets_.push_back(0);
  for (const std::vector<Pair>& row : rows) offsets_.push_back(offsets_.back() + row.size());
  pairs_.reserve(offsets_.back());
  for (std::vector<Pair>& row : rows) {
    pairs_.insert(pairs_.end(), row.begin(), row.end());
    row = std::vector<Pair>();
  }
}

}  // namespace awase::cart

#include "awase/cart/cart_counts.h"

#include <algorithm>
#include <cmath>

#include "awase/base/parallel.h"
#include "awase/orders/basket_index.h"

namespace awase::cart {
namespace {

using orders::BasketIndex;
using orders::BasketSet;
using Pair = CartCounts::Pair;

constexpr std::size_t kProductsAtOnce = 64;
constexpr std::size_t kAhead = 8;  // baskets: what is fetched takes about as long as adding so many

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

// Counts one row after the other; each thread has its own. A pair's count is added up in the order of the baskets on
// either side, so that the matrix is symmetric to the bit.
class RowCounter {
 public:
  RowCounter(const BasketIndex& index, const std::vector<float>& weights)
      : index_(index), set_(index.baskets()), weights_(weights), cells_(index.product_count()) {}

  // The row, by product; the product itself is not in it, and its count goes to *units.
  std::vector<Pair> Count(ProductIndex product, const CountOptions& options, float* units) {
    const absl::Span<const std::uint32_t> baskets = index_.baskets_with(product);
    for (std::size_t i = 0; i < baskets.size(); ++i) {
      // The baskets of a product lie anywhere: where each is, and then what it holds, is fetched ahead.
      if (i + 2 * kAhead < baskets.size()) {
        const std::uint32_t later = baskets[i + 2 * kAhead];
        __builtin_prefetch(&set_.offsets[later]);
        __builtin_prefetch(&set_.buyers[later]);
        __builtin_prefetch(&weights_[later]);
      }
      if (i + kAhead < baskets.size()) __builtin_prefetch(&set_.products[set_.offsets[baskets[i + kAhead]]]);
      Add(baskets[i]);
    }
    std::vector<Pair> row;
    for (const ProductIndex other : met_) {
      Cell& cell = cells_[Slot(other)];
      if (other == product) {
        *units = cell.count;
      } else if (cell.buyers >= options.min_buyers) {
        row.push_back({other, cell.count});
      }
      cell = Cell();
    }
    met_.clear();
    if (row.size() > options.row_length) {
      std::nth_element(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(options.row_length), row.end(), IsLarger);
      row.resize(options.row_length);
    }
    std::sort(row.begin(), row.end(), [](const Pair& a, const Pair& b) { return a.other < b.other; });
    return row;
  }

 private:
  struct Cell {
    float count = 0;
    std::uint32_t buyers = 0;  // distinct; 0 = not met
    std::uint32_t last_buyer = 0;
  };

  void Add(std::uint32_t b) {
    for (const ProductIndex other : set_.basket(b)) {
      Cell& cell = cells_[Slot(other)];
      if (cell.buyers == 0) met_.push_back(other);
      if (cell.buyers == 0 || cell.last_buyer != set_.buyers[b]) ++cell.buyers;  // baskets are sorted by buyer
      cell.last_buyer = set_.buyers[b];
      cell.count += weights_[b];
    }
  }

  const BasketIndex& index_;
  const BasketSet& set_;
  const std::vector<float>& weights_;
  std::vector<Cell> cells_;
  std::vector<ProductIndex> met_;
};

}  // namespace

CartCounts::CartCounts(const BasketSet& baskets, const CountOptions& options) : units_(baskets.product_count) {
  const BasketIndex index(baskets);
  const std::vector<float> weights = BasketWeights(baskets, options.basket_size_exponent);
  for (const float weight : weights) total_ += static_cast<double>(weight);
  std::vector<std::vector<Pair>> rows(baskets.product_count);
  std::vector<RowCounter> counters(options.threads, RowCounter(index, weights));
  ParallelFor(options.threads, rows.size(), kProductsAtOnce,
              [&](std::size_t first, std::size_t last, std::size_t worker) {
                for (std::size_t p = first; p < last; ++p) {
                  rows[p] = counters[worker].Count(ProductAt(p), options, &units_[p]);
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

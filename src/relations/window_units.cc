#include "relations/internal/window_units.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "absl/types/span.h"
#include "awase/relations/age_weight.h"

namespace awase::relations_internal {
namespace {

using orders::BasketSet;
using relations::BasketWindows;

// Counts in how many units each product is. Units come one after the other.
class ProductsOfUnits {
 public:
  explicit ProductsOfUnits(std::size_t products) : last_unit_(products, 0), units_(products, 0) {}

  // Returns how many of the baskets' products are new to the unit (number + 1).
  std::uint64_t Add(std::uint32_t unit, const BasketSet& set, std::uint32_t first, std::uint32_t last) {
    std::uint64_t fresh = 0;
    for (std::uint64_t line = set.offsets[first]; line < set.offsets[last]; ++line) {
      const std::size_t product = Slot(set.products[line]);
      if (last_unit_[product] == unit) continue;
      last_unit_[product] = unit;
      ++units_[product];
      ++fresh;
    }
    return fresh;
  }

  std::vector<std::uint32_t> TakeUnits() { return std::move(units_); }

 private:
  std::vector<std::uint32_t> last_unit_;
  std::vector<std::uint32_t> units_;
};

// One unit with a window that is not empty.
struct Unit {
  std::uint32_t number;
  std::uint64_t from_products = 0;
  std::uint64_t to_products = 0;
};

}  // namespace

WindowUnits DescribeUnits(const BasketWindows& windows, const relations::RankingOptions& ranking) {
  const BasketSet& from = *windows.from;
  const BasketSet& to = *windows.to;
  ProductsOfUnits from_products(from.product_count);
  ProductsOfUnits to_products(to.product_count);
  std::vector<Unit> units;
  std::vector<std::int64_t> times;  // by position in `units`: of the latest basket in its windows
  std::uint32_t done = 0;
  for (std::uint32_t b = 0; b < from.size(); ++b) {
    const BasketWindows::Window window = windows.windows[b];
    if (window.first == window.last) continue;
    const std::uint32_t number = windows.unit_of(b);
    if (units.empty() || units.back().number != number) {
      units.push_back({number});
      times.push_back(orders::kNoTime);
      done = window.first;
    }
    units.back().from_products += from_products.Add(number + 1, from, b, b + 1);
    const std::uint32_t first = std::max(window.first, done);
    if (first >= window.last) continue;
    units.back().to_products += to_products.Add(number + 1, to, first, window.last);
    for (std::uint32_t t = first; t < window.last; ++t) times.back() = std::max(times.back(), to.time_micros[t]);
    done = window.last;
  }
  WindowUnits described;
  described.count = units.size();
  described.from_units = from_products.TakeUnits();
  described.to_units = to_products.TakeUnits();
  described.weights.resize(units.empty() ? 0 : units.back().number + std::size_t{1}, 0);
  const relations::AgeWeight by_age(times, ranking);
  for (std::size_t u = 0; u < units.size(); ++u) {
    const double size =
        std::sqrt(static_cast<double>(units[u].from_products) * static_cast<double>(units[u].to_products));
    described.weights[units[u].number] =
        static_cast<float>(std::pow(size, -ranking.basket_size_exponent) * by_age(times[u]));
  }
  return described;
}

}  // namespace awase::relations_internal

#include "awase/report/dump_profile.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace awase::report {
namespace {

using orders::BasketSet;

constexpr std::int64_t kDay = 86'400'000'000;
constexpr std::int64_t kWeek = 7 * kDay;
constexpr std::int64_t kFirstMonday = -3 * kDay;  // 1970-01-01 was a Thursday
constexpr std::int64_t kMostPeriods = 400;        // a picture has no room for more
constexpr std::uint32_t kRare = 5;
constexpr std::size_t kBestSellers = 10;
constexpr std::uint32_t kNoEnd = std::numeric_limits<std::uint32_t>::max();

// Also for moments before 1970.
std::int64_t WeekOf(std::int64_t micros) {
  const std::int64_t since = micros - kFirstMonday;
  return since / kWeek - (since % kWeek < 0 ? 1 : 0);
}

void AddPeriods(const BasketSet& baskets, DumpProfile* profile) {
  std::int64_t first = std::numeric_limits<std::int64_t>::max();
  std::int64_t last = std::numeric_limits<std::int64_t>::min();
  for (const std::int64_t time : baskets.time_micros) {
    if (time == orders::kNoTime) {
      ++profile->orders_without_time;
      continue;
    }
    first = std::min(first, WeekOf(time));
    last = std::max(last, WeekOf(time));
  }
  if (first > last) return;
  const std::int64_t length = (last - first) / kMostPeriods + 1;
  profile->weeks_per_period = static_cast<std::uint32_t>(length);
  for (std::int64_t week = first; week <= last; week += length) {
    profile->periods.push_back({kFirstMonday + week * kWeek, 0});
  }
  for (const std::int64_t time : baskets.time_micros) {
    if (time != orders::kNoTime) {
      ++profile->periods[static_cast<std::size_t>((WeekOf(time) - first) / length)].orders;
    }
  }
}

void AddSizes(const BasketSet& baskets, DumpProfile* profile) {
  for (std::uint32_t size = 1; size <= 10; ++size) profile->sizes.push_back({size, size, 0});
  for (const auto& [from, to] :
       {std::pair(11U, 15U), {16U, 20U}, {21U, 30U}, {31U, 50U}, {51U, 100U}, {101U, kNoEnd}}) {
    profile->sizes.push_back({from, to, 0});
  }
  std::vector<std::uint32_t> sizes(baskets.size());
  for (std::size_t b = 0; b < sizes.size(); ++b) {
    sizes[b] = static_cast<std::uint32_t>(baskets.basket(b).size());
    const auto bin = std::find_if(profile->sizes.begin(), profile->sizes.end(),
                                  [&](const SizeBin& candidate) { return sizes[b] <= candidate.to; });
    ++bin->orders;
  }
  if (sizes.empty()) return;
  profile->largest_size = *std::max_element(sizes.begin(), sizes.end());
  const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>((sizes.size() - 1) / 2);
  std::nth_element(sizes.begin(), middle, sizes.end());
  profile->median_size = *middle;
}

void AddPopularity(const BasketSet& baskets, DumpProfile* profile) {
  std::vector<std::uint64_t> units(baskets.product_count, 0);
  for (const ProductIndex product : baskets.products) ++units[Slot(product)];
  std::vector<ProductIndex> by_units;
  for (std::size_t p = 0; p < units.size(); ++p) {
    if (units[p] == 0) continue;
    by_units.push_back(ProductAt(p));
    profile->rare_products += units[p] < kRare ? 1 : 0;
  }
  std::sort(by_units.begin(), by_units.end(), [&](ProductIndex a, ProductIndex b) {
    return units[Slot(a)] != units[Slot(b)] ? units[Slot(a)] > units[Slot(b)] : a < b;
  });
  profile->products = by_units.size();
  std::uint64_t purchases = 0;
  std::uint64_t next = 1;  // ranks 15 % apart, so that the head is drawn as finely as the tail
  for (std::uint64_t rank = 1; rank <= by_units.size(); ++rank) {
    purchases += units[Slot(by_units[rank - 1])];
    if (rank < next && rank < by_units.size()) continue;
    profile->popularity.push_back({rank, purchases});
    next = std::max(rank + 1, static_cast<std::uint64_t>(std::llround(static_cast<double>(rank) * 1.15)));
  }
  by_units.resize(std::min(kBestSellers, by_units.size()));
  for (const ProductIndex product : by_units) profile->best_seller_orders.push_back(units[Slot(product)]);
  profile->best_sellers = std::move(by_units);
}

}  // namespace

DumpProfile ProfileOf(const BasketSet& baskets) {
  DumpProfile profile;
  profile.orders = baskets.size();
  profile.purchases = baskets.products.size();
  AddPeriods(baskets, &profile);
  AddSizes(baskets, &profile);
  AddPopularity(baskets, &profile);
  return profile;
}

}  // namespace awase::report

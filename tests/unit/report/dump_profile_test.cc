#include "awase/report/dump_profile.h"

#include <algorithm>
#include <limits>
#include <map>
#include <random>

#include "gmock/gmock.h"
#include "tests/testing/basket_builder.h"

namespace awase::report {
namespace {

using ::awase::testing::BasketSetOf;
using ::awase::testing::ReferenceBasket;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::int64_t kHour = 3'600'000'000;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::int64_t kMonday = 1'704'067'200'000'000;  // 2024-01-01, a Monday

orders::BasketSet AtTimes(const std::vector<std::int64_t>& times) {
  std::vector<ReferenceBasket> baskets;
  for (std::uint32_t b = 0; b < times.size(); ++b) baskets.push_back({b, {ProductAt(0)}});
  orders::BasketSet set = BasketSetOf(1, baskets);
  std::copy(times.begin(), times.end(), set.time_micros.begin());
  return set;
}

std::vector<std::uint64_t> OrdersOf(const DumpProfile& profile) {
  std::vector<std::uint64_t> orders;
  for (const Period& period : profile.periods) orders.push_back(period.orders);
  return orders;
}

TEST(DumpProfile, CountsOrdersByWeeksFromMondayOn) {
  const DumpProfile profile =
      ProfileOf(AtTimes({kMonday, kMonday + 7 * kDay - 1, kMonday + 7 * kDay, orders::kNoTime, kMonday + 22 * kDay}));
  EXPECT_EQ(profile.weeks_per_period, 1u);
  EXPECT_EQ(profile.orders, 5u);
  EXPECT_EQ(profile.orders_without_time, 1u);
  EXPECT_THAT(OrdersOf(profile), ElementsAre(2, 1, 0, 1));
  EXPECT_EQ(profile.periods[0].from_micros, kMonday);
  EXPECT_EQ(profile.periods[3].from_micros, kMonday + 21 * kDay);
}

TEST(DumpProfile, KnowsWeeksBefore1970) {
  // 1969-12-29 was a Monday; the moment before belongs to the week before.
  const DumpProfile profile = ProfileOf(AtTimes({-3 * kDay - 1, -3 * kDay, 0}));
  EXPECT_THAT(OrdersOf(profile), ElementsAre(1, 2));
  EXPECT_EQ(profile.periods[0].from_micros, -10 * kDay);
}

TEST(DumpProfile, DrawsALongTimeInFewPeriods) {
  // One order with a wrong year must not make a picture of 50,000 bars.
  const DumpProfile profile = ProfileOf(AtTimes({0, kMonday, 50'000 * 7 * kDay}));
  EXPECT_LE(profile.periods.size(), 400u);
  EXPECT_GT(profile.weeks_per_period, 100u);
  std::uint64_t orders = 0;
  for (const std::uint64_t count : OrdersOf(profile)) orders += count;
  EXPECT_EQ(orders, 3u);
}

TEST(DumpProfile, HasNoPeriodsWithoutTimes) {
  EXPECT_THAT(ProfileOf(AtTimes({orders::kNoTime, orders::kNoTime})).periods, IsEmpty());
  EXPECT_EQ(ProfileOf(BasketSetOf(3, {})).orders, 0u);
}

TEST(DumpProfile, AgreesWithASlowCount) {
  std::mt19937 random(3);
  constexpr std::size_t kProducts = 300;
  std::vector<ReferenceBasket> baskets;
  std::map<std::size_t, std::uint64_t> units;
  std::vector<std::size_t> sizes;
  for (std::uint32_t b = 0; b < 999; ++b) {
    ReferenceBasket basket{b, {}};
    const std::size_t size = 1 + random() % (b % 10 == 0 ? 130 : 12);
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t product = (random() % kProducts) * (random() % kProducts) / kProducts;
      if (std::find(basket.products.begin(), basket.products.end(), ProductAt(product)) != basket.products.end())
        continue;
      basket.products.push_back(ProductAt(product));
      ++units[product];
    }
    sizes.push_back(basket.products.size());
    baskets.push_back(std::move(basket));
  }
  const DumpProfile profile = ProfileOf(BasketSetOf(kProducts, baskets));

  std::sort(sizes.begin(), sizes.end());
  EXPECT_EQ(profile.median_size, sizes[499]);
  EXPECT_EQ(profile.largest_size, sizes.back());
  ASSERT_THAT(profile.sizes, SizeIs(16));
  for (const SizeBin& bin : profile.sizes) {
    EXPECT_EQ(bin.orders, std::count_if(sizes.begin(), sizes.end(),
                                        [&](std::size_t size) { return size >= bin.from && size <= bin.to; }))
        << bin.from;
  }
  EXPECT_EQ(profile.sizes.back().to, std::numeric_limits<std::uint32_t>::max());

  std::vector<std::pair<std::uint64_t, std::size_t>> by_units;
  for (const auto& [product, count] : units) by_units.emplace_back(count, product);
  std::sort(by_units.begin(), by_units.end(),
            [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
  EXPECT_EQ(profile.products, units.size());
  EXPECT_EQ(profile.rare_products,
            std::count_if(units.begin(), units.end(), [](const auto& entry) { return entry.second < 5; }));
  ASSERT_THAT(profile.best_sellers, SizeIs(10));
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_EQ(profile.best_sellers[i], ProductAt(by_units[i].second));
    EXPECT_EQ(profile.best_seller_orders[i], by_units[i].first);
  }
  for (const PopularityPoint& point : profile.popularity) {
    std::uint64_t purchases = 0;
    for (std::size_t rank = 0; rank < point.products; ++rank) purchases += by_units[rank].first;
    EXPECT_EQ(point.purchases, purchases) << point.products;
  }
  EXPECT_EQ(profile.popularity.back().products, profile.products);
  EXPECT_EQ(profile.popularity.back().purchases, profile.purchases);
}

}  // namespace
}  // namespace awase::report

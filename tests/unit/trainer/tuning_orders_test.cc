#include "trainer/internal/tuning_orders.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"

namespace awase::trainer_internal {
namespace {

using ::testing::Each;
using ::testing::Ge;
using ::testing::Lt;

// `count` orders of the products 0 and 1, one a microsecond; each tenth has product 2 as well.
orders::OrderLog LogOf(std::size_t count) {
  orders::OrderLogBuilder builder;
  for (std::size_t o = 0; o < count; ++o) {
    const std::string id = absl::StrCat("o", o);
    for (const char* product : {"p0", "p1", "p2"}) {
      if (product[1] == '2' && o % 10 != 0) continue;
      builder.shard(0).Add({.order_id = id, .product_id = product, .ordered_at_micros = static_cast<std::int64_t>(o)});
    }
  }
  return builder.Build();
}

TuningOrders Split(const orders::OrderLog& log, std::size_t max_basket) {
  const std::vector<ProductIndex> index_of = {ProductAt(0), ProductAt(1), ProductAt(2)};
  return SplitForTuning(log, index_of, index_of.size(), max_basket, 2);
}

TEST(SplitForTuning, LetsTheLastTenthJudge) {
  const TuningOrders orders = Split(LogOf(200), 5000);
  EXPECT_EQ(orders.earlier.size(), 180u);
  EXPECT_EQ(orders.later.size(), 20u);
  EXPECT_THAT(std::vector<std::int64_t>(orders.earlier.time_micros.begin(), orders.earlier.time_micros.end()),
              Each(Lt(180)));
  EXPECT_THAT(std::vector<std::int64_t>(orders.later.time_micros.begin(), orders.later.time_micros.end()),
              Each(Ge(180)));
  EXPECT_EQ(orders.earlier.product_count, 3u);
  EXPECT_EQ(orders.later.product_count, 3u);
}

TEST(SplitForTuning, LeavesLargeOrdersOut) {
  const TuningOrders orders = Split(LogOf(200), 2);
  EXPECT_EQ(orders.earlier.size(), 162u);
  EXPECT_EQ(orders.later.size(), 18u);
}

TEST(SplitForTuning, LooksAtTheLastOrdersOnly) {
  constexpr std::size_t kMany = 300'500;
  const TuningOrders orders = Split(LogOf(kMany), 5000);
  EXPECT_EQ(orders.earlier.size(), 270'000u);
  EXPECT_EQ(orders.later.size(), 30'000u);
  EXPECT_EQ(*std::min_element(orders.earlier.time_micros.begin(), orders.earlier.time_micros.end()), 500);
}

}  // namespace
}  // namespace awase::trainer_internal

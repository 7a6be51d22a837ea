#include "awase/orders/split_log.h"

#include <algorithm>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace awase::orders {
namespace {

constexpr std::int64_t kHuge = std::int64_t{1} << 40;  // a quantity that no LineWord holds

OrderLog LogOf(const std::vector<LineInput>& lines) {
  OrderLogBuilder builder;
  for (const LineInput& line : lines) builder.shard(0).Add(line);
  return builder.Build();
}

TEST(SplitLog, PutsTheLastOrdersAside) {
  std::vector<std::string> ids;
  for (int i = 0; i < 10; ++i) ids.push_back(absl::StrCat("o", i));
  OrderLogBuilder builder;
  for (int i = 0; i < 10; ++i) {
    builder.shard(0).Add({.order_id = ids[i],
                          .product_id = "a",
                          .customer_id = i % 2 ? "x" : "y",
                          .ordered_at_micros = 100 + (i * 7) % 10});
    builder.shard(0).Add({.order_id = ids[i],
                          .product_id = "b",
                          .quantity_milli = i == 9 ? kHuge : 1000,
                          .ordered_at_micros = 100 + (i * 7) % 10});
  }
  const OrderLog log = builder.Build();
  const LogSplit split = SplitLog(log, 0.7);
  EXPECT_TRUE(split.by_time);
  EXPECT_EQ(split.later_from_micros, 107);
  ASSERT_EQ(split.earlier.order_count(), 7u);
  ASSERT_EQ(split.later.order_count(), 3u);
  for (const std::int64_t time : split.earlier.order_times) EXPECT_LT(time, 107);
  for (const std::int64_t time : split.later.order_times) EXPECT_GE(time, 107);
  EXPECT_EQ(split.later.line_count(), 6u);
  EXPECT_EQ(split.later.product_ids, log.product_ids);
  EXPECT_EQ(split.later.customer_keys, log.customer_keys);
  // The order with the huge quantity has time 103: its line is still found by its number.
  ASSERT_EQ(split.earlier.large_quantities.size(), 1u);
  EXPECT_EQ(split.earlier.line(split.earlier.large_quantities[0].line).quantity_milli, kHuge);
  EXPECT_TRUE(split.later.large_quantities.empty());
}

TEST(SplitLog, OfBothPartsIsTheWhole) {
  std::mt19937_64 random(5);
  std::vector<std::string> ids;
  for (int i = 0; i < 200; ++i) ids.push_back(absl::StrCat("o", i));
  OrderLogBuilder builder;
  for (int i = 0; i < 600; ++i) {
    const bool returned = random() % 10 == 0;
    builder.shard(0).Add({.order_id = ids[random() % 200],
                          .product_id = ids[random() % 20],
                          .customer_id = random() % 3 ? ids[random() % 30] : "",
                          .quantity_milli = returned ? -1000 : (random() % 20 == 0 ? kHuge : 1000),
                          .ordered_at_micros = random() % 4 ? static_cast<std::int64_t>(random() % 50) : kNoTime});
  }
  const OrderLog log = builder.Build();
  LogSplit split = SplitLog(log, 0.9);
  EXPECT_GT(split.later.order_count(), 0u);
  const OrderLog whole = MergeLogs(std::move(split.earlier), std::move(split.later));
  EXPECT_EQ(whole.order_keys, log.order_keys);
  EXPECT_EQ(whole.order_customers, log.order_customers);
  EXPECT_EQ(whole.order_times, log.order_times);
  EXPECT_EQ(whole.lines, log.lines);
  EXPECT_EQ(whole.line_offsets, log.line_offsets);
  EXPECT_EQ(whole.orders_with_returns, log.orders_with_returns);
  EXPECT_EQ(whole.orders_with_two_customers, log.orders_with_two_customers);
}

TEST(SplitLog, GoesByTheKeysWithoutTimes) {
  OrderLogBuilder builder;
  std::vector<std::string> ids;
  for (int i = 0; i < 100; ++i) ids.push_back(absl::StrCat("o", i));
  for (const std::string& id : ids) builder.shard(0).Add({.order_id = id, .product_id = "a"});
  const LogSplit split = SplitLog(builder.Build(), 0.9);
  EXPECT_FALSE(split.by_time);
  EXPECT_EQ(split.later_from_micros, kNoTime);
  ASSERT_EQ(split.earlier.order_count(), 90u);
  ASSERT_EQ(split.later.order_count(), 10u);
  EXPECT_LT(*std::max_element(split.earlier.order_keys.begin(), split.earlier.order_keys.end()),
            *std::min_element(split.later.order_keys.begin(), split.later.order_keys.end()));
}

TEST(SplitLog, CountsOrdersThatBuySomething) {
  const OrderLog log =
      LogOf({{.order_id = "1", .product_id = "a", .ordered_at_micros = 1},
             {.order_id = "2", .product_id = "a", .ordered_at_micros = 2},
             {.order_id = "3", .product_id = "a", .quantity_milli = -1000, .ordered_at_micros = 3},
             {.order_id = "4", .product_id = "a", .ordered_at_micros = 4, .status = LineStatus::kCancelled}});
  const LogSplit split = SplitLog(log, 0.5);
  EXPECT_EQ(split.later_from_micros, 2);
  EXPECT_EQ(split.earlier.order_count(), 1u);
  EXPECT_EQ(split.later.order_count(), 3u) << "a return goes where its time belongs";
}

TEST(WithoutOrdersOf, KeepsWhatIsNew) {
  const OrderLog log = LogOf({{.order_id = "1", .product_id = "a"},
                              {.order_id = "2", .product_id = "b", .quantity_milli = kHuge},
                              {.order_id = "3", .product_id = "c"}});
  const OrderLog known = LogOf({{.order_id = "3", .product_id = "z"}, {.order_id = "1", .product_id = "z"}});
  const OrderLog rest = WithoutOrdersOf(log, known);
  ASSERT_EQ(rest.order_count(), 1u);
  EXPECT_EQ(rest.line(0).quantity_milli, kHuge);
  EXPECT_EQ(rest.product_ids[rest.line(0).product], "b");
  EXPECT_EQ(WithoutOrdersOf(log, OrderLog()).order_count(), 3u);
}

TEST(SplitLog, TakesAllOrNothing) {
  const OrderLog log = LogOf({{.order_id = "1", .product_id = "a"}, {.order_id = "2", .product_id = "a"}});
  EXPECT_EQ(SplitLog(log, 1).later.order_count(), 0u);
  EXPECT_EQ(SplitLog(log, 0).earlier.order_count(), 0u);
  EXPECT_EQ(SplitLog(OrderLog(), 0.9).later.order_count(), 0u);
}

}  // namespace
}  // namespace awase::orders

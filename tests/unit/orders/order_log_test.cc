#include "awase/orders/order_log.h"

#include "gtest/gtest.h"

namespace awase::orders {
namespace {

constexpr std::int64_t kDay = std::int64_t{86'400} * 1'000'000;

Money Usd(std::int64_t minor_units) { return {minor_units, *CurrencyCode::Parse("USD")}; }

TEST(OrderLogBuilder, KeepsIdsByteForByte) {
  OrderLogBuilder builder;
  builder.shard(0).Add({.order_id = "1", .product_id = "007"});
  builder.shard(0).Add({.order_id = "1", .product_id = "7"});
  builder.shard(0).Add({.order_id = "01", .product_id = "7"});
  const OrderLog log = builder.Build();
  EXPECT_EQ(log.product_ids, (std::vector<std::string>{"007", "7"}));
  EXPECT_EQ(log.order_count(), 2u);
  EXPECT_EQ(log.line_count(), 3u);
}

TEST(OrderLogBuilder, DatesAnOrderByItsEarliestLine) {
  OrderLogBuilder builder;
  builder.shard(0).Add({.order_id = "1", .product_id = "a", .ordered_at_micros = 5});
  builder.shard(0).Add({.order_id = "1", .product_id = "b"});
  builder.shard(0).Add({.order_id = "1", .product_id = "c", .ordered_at_micros = 3});
  EXPECT_EQ(builder.Build().order_times[0], 3);
}

TEST(OrderLogBuilder, SettlesTwoCustomersOfOneOrderWhateverComesFirst) {
  std::vector<IdKey> kept;
  for (const bool swapped : {false, true}) {
    OrderLogBuilder builder(2);
    builder.shard(0).Add({.order_id = "1", .product_id = "a", .customer_id = swapped ? "bob" : "amy"});
    builder.shard(1).Add({.order_id = "1", .product_id = "b", .customer_id = swapped ? "amy" : "bob"});
    builder.shard(0).Add({.order_id = "2", .product_id = "b", .customer_id = "amy"});
    const OrderLog log = builder.Build();
    ASSERT_EQ(log.orders_with_two_customers.size(), 1u);
    const std::uint32_t order = log.orders_with_two_customers[0];
    kept.push_back(log.customer_keys[log.order_customers[order]]);
  }
  EXPECT_EQ(kept[0], kept[1]);
}

TEST(OrderLogBuilder, ObservesTheMedianPriceOfTheLatestDay) {
  OrderLogBuilder builder;
  const auto sell = [&](std::int64_t time, std::int64_t price, LineStatus status = LineStatus::kCompleted) {
    builder.shard(0).Add(
        {.order_id = "1", .product_id = "a", .ordered_at_micros = time, .status = status, .unit_price = Usd(price)});
  };
  sell(9 * kDay + 1, 300);
  sell(2 * kDay, 999);
  sell(9 * kDay + 5, 100);
  sell(9 * kDay + 7, 200);
  sell(9 * kDay + 8, 1, LineStatus::kReturned);
  builder.shard(0).Add({.order_id = "1", .product_id = "b"});
  const OrderLog log = builder.Build();
  EXPECT_EQ(log.observed_prices[0].price, Usd(200));
  EXPECT_FALSE(log.observed_prices[1].price.has_value());
}

TEST(OrderLogBuilder, ObservesPricesOfOneCurrencyOnly) {
  OrderLogBuilder builder;
  const CurrencyCode jpy = *CurrencyCode::Parse("JPY");
  builder.shard(0).Add({.order_id = "1", .product_id = "a", .unit_price = Usd(500)});
  builder.shard(0).Add({.order_id = "2", .product_id = "a", .unit_price = Money{900, jpy}});
  builder.shard(0).Add({.order_id = "3", .product_id = "a", .unit_price = Money{800, jpy}});
  EXPECT_EQ(builder.Build().observed_prices[0].price, (Money{800, jpy}));
}

}  // namespace
}  // namespace awase::orders

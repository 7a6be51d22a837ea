#include "awase/orders/count_returns.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::orders {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::int64_t kOne = kQuantityOne;

std::vector<ProductIndex> Identity(const OrderLog& log) {
  std::vector<ProductIndex> index;
  for (std::size_t p = 0; p < log.product_ids.size(); ++p) index.push_back(ProductAt(p));
  return index;
}

TEST(CountReturns, CountsOrdersAndDistinctCustomers) {
  OrderLogBuilder builder(1);
  auto& lines = builder.shard(0);
  lines.Add({.order_id = "1", .product_id = "a", .customer_id = "x"});
  lines.Add({.order_id = "1", .product_id = "b", .customer_id = "x"});
  lines.Add({.order_id = "2", .product_id = "a", .customer_id = "x"});
  lines.Add({.order_id = "3", .product_id = "a", .customer_id = "y"});
  lines.Add({.order_id = "4", .product_id = "a", .customer_id = "y", .status = LineStatus::kCancelled});
  lines.Add({.order_id = "C1", .product_id = "a", .customer_id = "x", .quantity_milli = -kOne});
  lines.Add({.order_id = "C2", .product_id = "a", .customer_id = "x", .status = LineStatus::kReturned});
  lines.Add({.order_id = "C3", .product_id = "a", .status = LineStatus::kReturned});
  const OrderLog log = builder.Build();
  EXPECT_THAT(CountReturns(log, Identity(log), 2), ElementsAre(ProductReturns{5, 3, 3, 2}, ProductReturns{1, 1, 0, 0}));
}

// A shop system that says of each line what became of it.
TEST(CountReturns, ALineWithTheStatusReturnedWasBought) {
  OrderLogBuilder builder(1);
  for (int i = 0; i < 100; ++i) {
    const std::string order = std::to_string(i);
    builder.shard(0).Add({.order_id = order,
                          .product_id = "a",
                          .customer_id = order,
                          .status = i < 60 ? LineStatus::kReturned : LineStatus::kCompleted});
  }
  const OrderLog log = builder.Build();
  EXPECT_THAT(CountReturns(log, Identity(log), 1), ElementsAre(ProductReturns{100, 100, 60, 60}));
}

TEST(CountReturns, CountsVariantsOfOneProductOnceAnOrder) {
  OrderLogBuilder builder(1);
  builder.shard(0).Add({.order_id = "1", .product_id = "red", .customer_id = "x"});
  builder.shard(0).Add({.order_id = "1", .product_id = "blue", .customer_id = "x"});
  builder.shard(0).Add({.order_id = "1", .product_id = "blue", .customer_id = "x", .status = LineStatus::kReturned});
  const OrderLog log = builder.Build();
  EXPECT_THAT(CountReturns(log, std::vector<ProductIndex>(2, ProductAt(0)), 1),
              ElementsAre(ProductReturns{1, 1, 1, 1}));
}

TEST(CountReturns, OfADumpWithoutReturnsAreNotKnown) {
  OrderLogBuilder builder(1);
  builder.shard(0).Add({.order_id = "1", .product_id = "a"});
  const OrderLog log = builder.Build();
  EXPECT_THAT(CountReturns(log, Identity(log), 1), IsEmpty());
}

}  // namespace
}  // namespace awase::orders

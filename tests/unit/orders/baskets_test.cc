#include "awase/orders/baskets.h"

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::orders {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Row {
  std::string order, customer, product;
  std::int64_t quantity_milli = kQuantityOne;
  LineStatus status = LineStatus::kCompleted;
  std::int64_t time = kNoTime;
};

OrderLog LogOf(const std::vector<Row>& rows) {
  OrderLogBuilder builder;
  for (const Row& row : rows) {
    builder.shard(0).Add({.order_id = row.order,
                          .product_id = row.product,
                          .customer_id = row.customer,
                          .quantity_milli = row.quantity_milli,
                          .ordered_at_micros = row.time,
                          .status = row.status});
  }
  return builder.Build();
}

// Products are single letters; their index is their place in the alphabet.
std::vector<ProductIndex> ByLetter(const OrderLog& log) {
  std::vector<ProductIndex> index_of;
  for (const std::string& id : log.product_ids) index_of.push_back(ProductAt(static_cast<std::size_t>(id[0] - 'a')));
  return index_of;
}

struct Cleaned {
  BasketSet set;
  CleaningReport report;
  std::multiset<std::string> baskets;  // as words, "abc"
};

Cleaned Clean(const std::vector<Row>& rows) {
  const OrderLog log = LogOf(rows);
  Cleaned result;
  result.set = BuildBaskets(log, ByLetter(log), 26, &result.report);
  for (std::size_t b = 0; b < result.set.size(); ++b) {
    std::string word;
    for (const ProductIndex product : result.set.basket(b)) word += static_cast<char>('a' + Slot(product));
    result.baskets.insert(word);
  }
  const CleaningReport& report = result.report;
  EXPECT_EQ(
      report.lines_kept + report.lines_duplicate + report.lines_cancelled + report.lines_returned + report.lines_undone,
      log.line_count())
      << "every line is counted once";
  EXPECT_EQ(report.returns_matched + report.returns_unmatched, report.lines_returned);
  EXPECT_EQ(report.orders_kept + report.orders_emptied, log.order_count());
  return result;
}

TEST(BuildBaskets, CountsDuplicateLinesOnce) {
  const Cleaned cleaned = Clean({{"1", "", "b"}, {"1", "", "a"}, {"1", "", "b"}});
  EXPECT_THAT(cleaned.baskets, ElementsAre("ab"));
  EXPECT_EQ(cleaned.report.lines_duplicate, 1u);
}

TEST(BuildBaskets, LeavesCancelledLinesOut) {
  const Cleaned cleaned = Clean({{"1", "", "a", 1000, LineStatus::kCancelled},
                                 {"1", "", "b", 1000, LineStatus::kCancelled},
                                 {"2", "", "a"},
                                 {"2", "", "b"},
                                 {"2", "", "b", 1000, LineStatus::kCancelled}});
  EXPECT_THAT(cleaned.baskets, ElementsAre("a"));
  EXPECT_EQ(cleaned.report.orders_emptied, 1u);
  EXPECT_EQ(cleaned.report.lines_cancelled, 4u);
}

TEST(BuildBaskets, SubtractsReturnsOfTheSameOrder) {
  const Cleaned cleaned = Clean({{"1", "", "a", 2000},
                                 {"1", "", "a", -1000},  // one is left
                                 {"1", "", "b", 1000},
                                 {"1", "", "b", 1000, LineStatus::kReturned},  // none is left
                                 {"1", "", "c", 1000}});
  EXPECT_THAT(cleaned.baskets, ElementsAre("ac"));
  EXPECT_EQ(cleaned.report.lines_undone, 1u);
  EXPECT_EQ(cleaned.report.returns_matched, 2u);
}

TEST(BuildBaskets, SubtractsAReturnFromTheLatestEarlierOrderOfTheCustomer) {
  const Cleaned cleaned = Clean({{"1", "amy", "a", 1000, LineStatus::kCompleted, 10},
                                 {"1", "amy", "b", 1000, LineStatus::kCompleted, 10},
                                 {"2", "amy", "a", 1000, LineStatus::kCompleted, 20},
                                 {"2", "amy", "c", 1000, LineStatus::kCompleted, 20},
                                 {"3", "amy", "a", 1000, LineStatus::kCompleted, 40},
                                 {"4", "bob", "a", 1000, LineStatus::kCompleted, 20},
                                 {"C9", "amy", "a", -1000, LineStatus::kCompleted, 30}});
  EXPECT_THAT(cleaned.baskets, ElementsAre("a", "a", "ab", "c"));
  EXPECT_EQ(cleaned.report.returns_matched, 1u);
}

TEST(BuildBaskets, CountsReturnsWithoutAPurchase) {
  const Cleaned cleaned = Clean({{"1", "", "a"}, {"C1", "", "a", -1000}, {"C2", "amy", "a", -1000}});
  EXPECT_THAT(cleaned.baskets, ElementsAre("a"));
  EXPECT_EQ(cleaned.report.returns_unmatched, 2u);
}

TEST(BuildBaskets, GivesABasketWithoutCustomerABuyerOfItsOwn) {
  const Cleaned cleaned = Clean({{"1", "", "a"}, {"2", "", "a"}, {"3", "amy", "a"}, {"4", "amy", "a"}});
  EXPECT_EQ(std::set<std::uint32_t>(cleaned.set.buyers.begin(), cleaned.set.buyers.end()).size(), 3u);
  EXPECT_TRUE(std::is_sorted(cleaned.set.buyers.begin(), cleaned.set.buyers.end()));
  EXPECT_EQ(cleaned.set.buyer_count, 3u);
}

TEST(BuildBaskets, TellsACustomerFromAnOrderOfTheSameId) {
  const Cleaned cleaned = Clean({{"7", "7", "a"}, {"8", "7", "b"}, {"9", "", "c"}});
  EXPECT_THAT(cleaned.set.buyers, ElementsAre(0, 0, 1));
}

TEST(BuildBaskets, RollsVariantsUp) {
  const OrderLog log = LogOf({{"1", "", "x"}, {"1", "", "y"}, {"1", "", "z"}});
  CleaningReport report;
  const std::vector<ProductIndex> index_of = {ProductAt(0), ProductAt(0), ProductAt(1)};
  const BasketSet set = BuildBaskets(log, index_of, 2, &report);
  EXPECT_THAT(set.basket(0), ElementsAre(ProductAt(0), ProductAt(1)));
  EXPECT_EQ(report.lines_duplicate, 1u);
  EXPECT_THAT(set.log_product_units, ElementsAre(1, 1, 1)) << "variants keep their own popularity";
}

TEST(BuildBaskets, OfNothingIsNothing) {
  const Cleaned cleaned = Clean({});
  EXPECT_EQ(cleaned.set.size(), 0u);
  EXPECT_THAT(cleaned.baskets, IsEmpty());
}

TEST(BuildBaskets, DoesNotDependOnTheOrderOfRows) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<Row> rows;
    for (int i = 0; i < 30; ++i) {
      rows.push_back(
          {std::to_string(random() % 8), random() % 3 == 0 ? "" : std::string(1, static_cast<char>('A' + random() % 2)),
           std::string(1, static_cast<char>('a' + random() % 3)), static_cast<std::int64_t>(random() % 5) * 1000 - 1000,
           random() % 12 == 0 ? LineStatus::kCancelled : LineStatus::kCompleted, 0});
      rows.back().time = (rows.back().order[0] - '0') / 2 * 10;  // two orders at each moment
    }
    const Cleaned reference = Clean(rows);
    std::shuffle(rows.begin(), rows.end(), random);
    const Cleaned shuffled = Clean(rows);
    EXPECT_EQ(shuffled.baskets, reference.baskets) << "round " << round;
    EXPECT_EQ(shuffled.report.returns_matched, reference.report.returns_matched) << "round " << round;
  }
}

// Dumps with dates only have many orders at one moment: which of them loses the product must not follow the rows.
TEST(BuildBaskets, TakesAReturnFromTheSameOrderOfAMomentWhateverTheRows) {
  const Row return_row = {"C9", "amy", "a", -1000, LineStatus::kCompleted, 30};
  const std::vector<Row> first = {{"1", "amy", "a", 1000, LineStatus::kCompleted, 10},
                                  {"1", "amy", "b", 1000, LineStatus::kCompleted, 10}};
  const std::vector<Row> second = {{"2", "amy", "a", 1000, LineStatus::kCompleted, 10},
                                   {"2", "amy", "c", 1000, LineStatus::kCompleted, 10}};
  std::vector<Row> rows = first;
  rows.insert(rows.end(), second.begin(), second.end());
  rows.push_back(return_row);
  std::vector<Row> swapped = second;
  swapped.insert(swapped.end(), first.begin(), first.end());
  swapped.push_back(return_row);
  EXPECT_EQ(Clean(rows).baskets, Clean(swapped).baskets);
}

// A shop without accounts gives all its orders to one customer "guest". Quadratic work would take minutes here.
TEST(BuildBaskets, SettlesAHundredThousandReturnsOfOneCustomer) {
  constexpr int kOrders = 100'000;
  std::vector<Row> rows;
  for (int i = 0; i < kOrders; ++i) {
    rows.push_back({std::to_string(i), "guest", "a", 1000, LineStatus::kCompleted, i});
    rows.push_back({"C" + std::to_string(i), "guest", "a", -1000, LineStatus::kCompleted, kOrders + i});
  }
  const Cleaned cleaned = Clean(rows);
  EXPECT_EQ(cleaned.report.returns_matched, static_cast<std::uint64_t>(kOrders));
  EXPECT_THAT(cleaned.baskets, IsEmpty());
}

TEST(MergeByBuyer, UnitesTheBasketsOfEachCustomer) {
  const OrderLog log = LogOf({{"1", "amy", "a", 1000, LineStatus::kCompleted, 5},
                              {"2", "amy", "b", 1000, LineStatus::kCompleted, 9},
                              {"2", "amy", "a", 1000, LineStatus::kCompleted, 9},
                              {"3", "", "c"}});
  CleaningReport report;
  const BasketSet merged = MergeByBuyer(BuildBaskets(log, ByLetter(log), 26, &report), 1);
  ASSERT_EQ(merged.size(), 1u);
  EXPECT_THAT(merged.basket(0), ElementsAre(ProductAt(0), ProductAt(1)));
  EXPECT_EQ(merged.time_micros[0], 9);
}

TEST(DropLargeBaskets, KeepsTheOthersAsTheyAre) {
  Cleaned cleaned = Clean({{"1", "amy", "a"},
                           {"1", "amy", "b"},
                           {"2", "bob", "a"},
                           {"2", "bob", "b"},
                           {"2", "bob", "c"},
                           {"3", "cem", "c"}});
  EXPECT_EQ(DropLargeBaskets(3, &cleaned.set), 0u);
  EXPECT_EQ(cleaned.set.size(), 3u);
  EXPECT_EQ(DropLargeBaskets(2, &cleaned.set), 1u);
  ASSERT_EQ(cleaned.set.size(), 2u);
  std::vector<ProductIndex> products;
  for (std::size_t b = 0; b < 2; ++b) {
    products.insert(products.end(), cleaned.set.basket(b).begin(), cleaned.set.basket(b).end());
    if (cleaned.set.basket(b).size() == 1) {
      EXPECT_THAT(cleaned.set.basket(b), ElementsAre(ProductAt(2)));
    }
  }
  EXPECT_THAT(products, ::testing::UnorderedElementsAre(ProductAt(0), ProductAt(1), ProductAt(2)));
  EXPECT_LT(cleaned.set.buyers[0], cleaned.set.buyers[1]);
  EXPECT_EQ(cleaned.set.time_micros.size(), 2u);
  EXPECT_EQ(DropLargeBaskets(0, &cleaned.set), 2u);
  EXPECT_EQ(cleaned.set.size(), 0u);
}

}  // namespace
}  // namespace awase::orders

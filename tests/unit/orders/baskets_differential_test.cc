// BuildBaskets and MergeByBuyer against the slow reference, on random dumps with everything that cleaning has a rule
// for.

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "awase/orders/baskets.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "orders/internal/hash_id.h"
#include "tests/testing/reference_baskets.h"

namespace awase::orders {
namespace {

using awase::testing::ReferenceCleanBasket;
using awase::testing::ReferenceCleaning;
using awase::testing::ReferenceLine;

const std::vector<std::string>& Customers() {
  static const auto* const customers = new std::vector<std::string>{"", "amy", "bob", "cem"};
  return *customers;
}

const std::map<std::string, std::string>& RootOf() {
  static const auto* const root_of = new std::map<std::string, std::string>{{"shirt-l", "shirt"}, {"shirt-s", "shirt"}};
  return *root_of;
}

// Few orders, moments and quantities, so that ties and matches are common; each order has its lines mostly together.
std::vector<ReferenceLine> RandomDump(std::mt19937* random) {
  const auto pick = [random](std::size_t count) { return static_cast<std::size_t>((*random)() % count); };
  const std::vector<std::string> products = {"milk", "shirt-l", "shirt-s", "shirt", "tea"};
  const std::size_t return_one_in = pick(2) == 0 ? 4 : 40;
  std::vector<ReferenceLine> lines;
  for (std::size_t order = 0; order < 12; ++order) {
    const std::string customer = Customers()[pick(Customers().size())];
    const std::int64_t time = pick(8) == 0 ? kNoTime : static_cast<std::int64_t>(pick(4)) * 10 - 10;
    const std::size_t order_lines = pick(40) == 0 ? 60 : 1 + pick(6);
    for (std::size_t i = 0; i < order_lines; ++i) {
      ReferenceLine line{"order " + std::to_string(order), customer, products[pick(products.size())]};
      line.time = pick(10) == 0 ? kNoTime : time;
      line.quantity_milli = static_cast<std::int64_t>(1 + pick(3)) * 1000;
      if (pick(return_one_in) == 0) line.quantity_milli = -line.quantity_milli;
      if (pick(30) == 0) line.quantity_milli *= 1'000'000;
      if (pick(return_one_in) == 0) line.status = LineStatus::kReturned;
      if (pick(25) == 0) line.status = LineStatus::kCancelled;
      if (pick(15) == 0) line.customer = Customers()[pick(Customers().size())];
      lines.push_back(line);
    }
  }
  if (pick(2) == 0) std::shuffle(lines.begin(), lines.end(), *random);
  return lines;
}

OrderLog LogOf(const std::vector<ReferenceLine>& lines, std::size_t shards, std::size_t threads) {
  OrderLogBuilder builder(shards);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    builder.shard(i * shards / lines.size())
        .Add({.order_id = lines[i].order,
              .product_id = lines[i].product,
              .customer_id = lines[i].customer,
              .quantity_milli = lines[i].quantity_milli,
              .ordered_at_micros = lines[i].time,
              .status = lines[i].status});
  }
  return builder.Build(threads);
}

// All roots, ascending, get the indices.
struct Roots {
  std::vector<std::string> ids;
  std::vector<ProductIndex> index_of;

  explicit Roots(const OrderLog& log) {
    std::set<std::string> roots;
    std::vector<std::string> root_ids;
    for (const std::string& id : log.product_ids) {
      const auto found = RootOf().find(id);
      root_ids.push_back(found == RootOf().end() ? id : found->second);
      roots.insert(root_ids.back());
    }
    ids.assign(roots.begin(), roots.end());
    for (const std::string& id : root_ids) {
      index_of.push_back(ProductAt(static_cast<std::size_t>(std::distance(roots.begin(), roots.find(id)))));
    }
  }
};

std::string CustomerName(const OrderLog& log, std::uint32_t buyer) {
  if (buyer >= log.customer_keys.size()) return "";
  for (const std::string& name : Customers()) {
    if (!name.empty() && orders_internal::KeyOf(orders_internal::IdKind::kCustomer, name) == log.customer_keys[buyer])
      return name;
  }
  return "?";
}

std::vector<ReferenceCleanBasket> BasketsOf(const OrderLog& log, const Roots& roots, const BasketSet& set) {
  std::vector<ReferenceCleanBasket> baskets;
  for (std::size_t b = 0; b < set.size(); ++b) {
    ReferenceCleanBasket basket{CustomerName(log, set.buyers[b]), set.time_micros[b], {}};
    for (const ProductIndex product : set.basket(b)) basket.products.push_back(roots.ids[Slot(product)]);
    baskets.push_back(basket);
  }
  std::sort(baskets.begin(), baskets.end());
  return baskets;
}

auto Figures(const CleaningReport& r) {
  return std::tie(r.lines_kept, r.lines_duplicate, r.lines_cancelled, r.lines_returned, r.lines_undone,
                  r.returns_matched, r.returns_unmatched, r.orders_kept, r.orders_emptied);
}

void ExpectCanonicalOrder(const BasketSet& set) {
  for (std::size_t b = 1; b < set.size(); ++b) {
    const auto rank = [&](std::size_t i) {
      return std::tuple(set.buyers[i], set.time_micros[i],
                        std::vector<ProductIndex>(set.basket(i).begin(), set.basket(i).end()));
    };
    EXPECT_LE(rank(b - 1), rank(b));
  }
}

// What also_bought counts, from the reference's baskets.
std::vector<ReferenceCleanBasket> MergeByReference(const std::vector<ReferenceCleanBasket>& baskets) {
  std::map<std::string, ReferenceCleanBasket> merged;
  for (const ReferenceCleanBasket& basket : baskets) {
    if (basket.customer.empty()) continue;
    ReferenceCleanBasket& all = merged[basket.customer];
    all.customer = basket.customer;
    all.time = std::max(all.time, basket.time);
    std::set<std::string> products(all.products.begin(), all.products.end());
    products.insert(basket.products.begin(), basket.products.end());
    all.products.assign(products.begin(), products.end());
  }
  std::vector<ReferenceCleanBasket> result;
  for (const auto& [unused, basket] : merged) result.push_back(basket);
  return result;
}

TEST(BuildBaskets, AgreesWithTheReferenceOnRandomDumps) {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const std::vector<ReferenceLine> lines = RandomDump(&random);
    const ReferenceCleaning expected = CleanByReference(lines, RootOf());

    const std::size_t threads = std::size_t{1} << random() % 4;
    const OrderLog log = LogOf(lines, 1 + random() % 3, threads);
    const Roots roots(log);
    CleaningReport report;
    const BasketSet set = BuildBaskets(log, roots.index_of, roots.ids.size(), &report, threads);
    EXPECT_EQ(BasketsOf(log, roots, set), expected.baskets);
    EXPECT_EQ(Figures(report), Figures(expected.report));
    EXPECT_EQ(log.orders_with_two_customers.size(), expected.orders_with_two_customers);
    for (std::size_t p = 0; p < log.product_ids.size(); ++p) {
      EXPECT_EQ(set.log_product_units[p], expected.units.at(log.product_ids[p])) << log.product_ids[p];
    }
    ExpectCanonicalOrder(set);

    const BasketSet merged = MergeByBuyer(set, static_cast<std::uint32_t>(log.customer_keys.size()), threads);
    EXPECT_EQ(BasketsOf(log, roots, merged), MergeByReference(expected.baskets));
    ExpectCanonicalOrder(merged);
    if (HasFailure()) break;
  }
}

// Whole pieces of work, many buckets and long orders: figures alone are compared, and every thread count gives the
// same.
TEST(BuildBaskets, IsTheSameOnAnyNumberOfThreadsAndForShuffledRows) {
  std::mt19937 random(11);
  std::vector<ReferenceLine> lines;
  for (std::size_t order = 0; order < 30'000; ++order) {
    const std::string customer = random() % 3 == 0 ? "" : "c" + std::to_string(random() % 9000);
    const std::size_t order_lines = order == 77 ? 40'000 : 1 + random() % 7;
    for (std::size_t i = 0; i < order_lines; ++i) {
      ReferenceLine line{std::to_string(order), customer, "p" + std::to_string(random() % 5000)};
      line.time = static_cast<std::int64_t>(order / 5000);
      if (random() % 50 == 0) line.quantity_milli = -1000;
      lines.push_back(line);
    }
  }
  BasketSet first;
  BasketSet first_merged;
  CleaningReport first_report;
  for (const std::size_t threads : {1, 2, 8}) {
    const OrderLog log = LogOf(lines, threads == 2 ? 5 : threads, threads);
    std::vector<ProductIndex> index_of;
    for (std::size_t p = 0; p < log.product_ids.size(); ++p) index_of.push_back(ProductAt(p / 2));
    CleaningReport report;
    const BasketSet set = BuildBaskets(log, index_of, index_of.size(), &report, threads);
    const BasketSet merged = MergeByBuyer(set, static_cast<std::uint32_t>(log.customer_keys.size()), threads);
    if (threads == 1) {
      first = set;
      first_merged = merged;
      first_report = report;
      ExpectCanonicalOrder(set);
      ASSERT_GT(set.size(), 20'000u);
    }
    for (const auto& [actual, expected] : {std::pair(&set, &first), std::pair(&merged, &first_merged)}) {
      EXPECT_TRUE(actual->products == expected->products && actual->offsets == expected->offsets);
      EXPECT_TRUE(actual->buyers == expected->buyers && actual->time_micros == expected->time_micros);
      EXPECT_EQ(actual->buyer_count, expected->buyer_count);
    }
    EXPECT_EQ(Figures(report), Figures(first_report));
    std::shuffle(lines.begin(), lines.end(), random);
  }
}

}  // namespace
}  // namespace awase::orders

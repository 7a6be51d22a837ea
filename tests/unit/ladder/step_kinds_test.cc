// Ladders of models, packs, subscriptions and brands together.

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/ladder/ladder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::ladder {
namespace {

using catalog::Catalog;
using catalog::Product;

Catalog RandomShop(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Product> products;
  for (unsigned i = 0; i < 60; ++i) {
    Product product;
    product.product_id = absl::StrCat("p", 100 + i);
    product.product_type = "Coffee";
    product.brand = random() % 3 == 0 ? "Store Brand" : absl::StrCat("maker ", random() % 3);
    product.price = Money{100 + static_cast<std::int64_t>(random() % 500), *CurrencyCode::Parse("USD")};
    product.pack_quantity = static_cast<std::uint32_t>(1 + random() % 8);
    product.pack_unit = "g";
    if (random() % 4 == 0) product.subscription_interval = random() % 2 == 0 ? "week" : "month";
    if (random() % 9 == 0) product.parent_id = "p100";
    products.push_back(std::move(product));
  }
  return Catalog::Build(std::move(products));
}

// Along all kinds of rungs: a price rises on higher ones and falls on lower ones, or a single purchase becomes a
// subscription, and never the other way round. So no chain of them comes back.
TEST(StepKinds, NoChainOfRungsComesBack) {
  std::size_t of_kind[kLastStepKind + 1] = {};
  for (unsigned seed = 1; seed <= 60; ++seed) {
    const Catalog catalog = RandomShop(seed);
    const std::vector<std::uint32_t> popularity(catalog.size(), 1);
    const LadderSet set = BuildLadders(catalog, {.popularity = popularity}, LadderOptions());
    ASSERT_EQ(set.rungs.size(), set.evidence.size());
    for (std::size_t i = 0; i < catalog.size(); ++i) {
      const Product& from = catalog.product(ProductAt(i));
      for (std::size_t r = 0; r < set.list(ProductAt(i)).size(); ++r) {
        const Rung& rung = set.list(ProductAt(i))[r];
        const Product& to = catalog.product(rung.other);
        const bool higher = rung.direction == Direction::kHigher;
        ++of_kind[static_cast<std::size_t>(set.evidence_of(ProductAt(i))[r].kind)];
        EXPECT_EQ(rung.price_delta_minor, to.price->minor_units - from.price->minor_units);
        EXPECT_NE(catalog.root(rung.other), catalog.root(ProductAt(i)));
        if (from.subscription_interval.empty() && !to.subscription_interval.empty()) {
          EXPECT_TRUE(higher) << from.product_id << " " << to.product_id << ", seed " << seed;
          continue;
        }
        EXPECT_EQ(from.subscription_interval.empty(), to.subscription_interval.empty());
        EXPECT_GT(higher ? rung.price_delta_minor : -rung.price_delta_minor, 0)
            << from.product_id << " " << to.product_id << ", seed " << seed;
      }
    }
  }
  for (const std::size_t count : of_kind) EXPECT_GT(count, 100u) << "else the test says little";
}

TEST(StepKinds, DoNotDependOnTheOrderOfTheCatalogue) {
  const Catalog shop = RandomShop(7);
  const Catalog reversed = Catalog::Build({shop.products().rbegin(), shop.products().rend()});
  const std::vector<std::uint32_t> popularity(shop.size(), 1);
  const LadderSet one = BuildLadders(shop, {.popularity = popularity}, LadderOptions());
  const LadderSet other = BuildLadders(reversed, {.popularity = popularity}, LadderOptions());
  EXPECT_EQ(one.rungs, other.rungs);
  EXPECT_EQ(one.evidence, other.evidence);
}

}  // namespace
}  // namespace awase::ladder

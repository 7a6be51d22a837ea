#include "bench/service/large_shop.h"

#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "bench/service/large_shop_rules.h"
#include "bench/service/shop_feed.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::load {
namespace {

using ::testing::SizeIs;

constexpr std::uint32_t kProducts = 4000;

std::vector<ShopProduct> AllProducts() {
  const LargeShop shop(kProducts);
  std::vector<ShopProduct> products;
  for (std::uint32_t i = 0; i < kProducts; ++i) products.push_back(shop.At(i));
  return products;
}

TEST(LargeShop, IdsAreThoseOfTheOrders) { EXPECT_EQ(LargeShop::IdOf(42), "p0000042"); }

TEST(LargeShop, TheSameNumberIsTheSameProductInAShopOfAnySize) {
  EXPECT_EQ(LargeShop(50).At(17).title, LargeShop(5'000'000).At(17).title);
}

TEST(LargeShop, AHigherTierOfAFamilyCostsMoreAndIsOfTheSameTypeAndBrand) {
  std::map<std::string, std::map<std::uint32_t, ShopProduct>> families;
  for (const ShopProduct& product : AllProducts()) families[product.family].emplace(product.tier, product);
  EXPECT_THAT(families, SizeIs(kProducts / LargeShop::kModels));
  for (const auto& [name, tiers] : families) {
    EXPECT_GE(tiers.size(), 3u) << name;
    for (auto tier = tiers.begin(); std::next(tier) != tiers.end(); ++tier) {
      const ShopProduct& higher = std::next(tier)->second;
      const double ratio = static_cast<double>(higher.price_cents) / static_cast<double>(tier->second.price_cents);
      EXPECT_GT(ratio, 1.2) << name;  // within the price band of one step
      EXPECT_LT(ratio, 1.4) << name;
      EXPECT_EQ(higher.type, tier->second.type);
      EXPECT_EQ(higher.brand, tier->second.brand);
    }
  }
}

TEST(LargeShop, WhatIsBoughtTogetherIsOfDifferentTypes) {
  const std::vector<ShopProduct> products = AllProducts();
  for (std::uint32_t first = 0; first < kProducts; first += LargeShop::kRoles) {
    std::set<std::string> types;
    for (std::uint32_t role = 0; role < LargeShop::kRoles; ++role) types.insert(products[first + role].type);
    EXPECT_THAT(types, SizeIs(LargeShop::kRoles));
  }
}

TEST(LargeShop, ColoursOfABagAreVariantsOfOneAtOnePrice) {
  const LargeShop shop(kProducts);
  std::uint32_t variants = 0;
  for (const ShopProduct& product : AllProducts()) {
    if (product.parent_id.empty()) continue;
    ++variants;
    const ShopProduct parent = shop.At(static_cast<std::uint32_t>(std::stoul(product.parent_id.substr(1))));
    EXPECT_EQ(parent.parent_id, "");
    EXPECT_EQ(parent.price_cents, product.price_cents);
    EXPECT_NE(parent.colour, product.colour);
  }
  EXPECT_EQ(variants, kProducts / 20);
}

TEST(LargeShop, EveryRowHasAFieldForEachColumn) {
  const std::string csv = LargeShop(kProducts).ProductsCsv();
  std::vector<std::string> lines = absl::StrSplit(csv, '\n');
  EXPECT_EQ(lines.back(), "");
  lines.pop_back();
  EXPECT_THAT(lines, SizeIs(kProducts + 1));
  for (const std::string& line : lines) {
    EXPECT_THAT(std::vector<std::string>(absl::StrSplit(line, ',')), SizeIs(19)) << line;
  }
}

TEST(LargeShopRules, ValidateAndAreAsMany) {
  const LargeShop shop(kProducts);
  const rules::LoadResult loaded = rules::LoadRules(LargeShopRules(shop, 1000, 1), nullptr);
  for (const rules::Diagnostic& found : loaded.diagnostics) {
    EXPECT_EQ(found.severity, rules::Severity::kWarning) << found.ToString();
  }
  ASSERT_NE(loaded.rules, nullptr);
  EXPECT_THAT(loaded.rules->rules, SizeIs(1000));
}

TEST(LargeShopRules, OfTwoSeedsDiffer) {
  const LargeShop shop(kProducts);
  EXPECT_EQ(LargeShopRules(shop, 50, 1).front().content, LargeShopRules(shop, 50, 1).front().content);
  EXPECT_NE(LargeShopRules(shop, 50, 1).front().content, LargeShopRules(shop, 50, 2).front().content);
}

TEST(ShopFeed, NamesEachProductOnceWithAPriceNearTheCatalogues) {
  const LargeShop shop(kProducts);
  std::set<std::string> seen;
  std::uint32_t sold_out = 0;
  for (std::uint32_t first = 0; first < 1000; first += 250) {
    const v1::UpdateProductsRequest request = UpdatesOf(shop, 1000, first, 250);
    for (const v1::ProductUpdate& update : request.updates()) {
      EXPECT_TRUE(seen.insert(update.product_id()).second) << update.product_id();
      const auto cents = shop.At(static_cast<std::uint32_t>(std::stoul(update.product_id().substr(1)))).price_cents;
      EXPECT_GE(update.price().minor_units(), cents * 89 / 100);
      EXPECT_LE(update.price().minor_units(), cents * 110 / 100);
      sold_out += update.stock() == 0 ? 1 : 0;
    }
  }
  EXPECT_THAT(seen, SizeIs(1000));
  EXPECT_GT(sold_out, 20u);
  EXPECT_LT(sold_out, 100u);
}

}  // namespace
}  // namespace awase::load

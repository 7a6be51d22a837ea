#include "awase/lists/classify_entries.h"

#include <cmath>
#include <map>
#include <random>
#include <set>

#include "awase/relations/build_relation.h"
#include "gtest/gtest.h"
#include "tests/testing/basket_builder.h"
#include "tests/testing/status_matchers.h"

namespace awase::lists {
namespace {

using relations::EntryClass;
using relations::Relation;
using relations::RelationEntry;

constexpr std::uint32_t kProducts = 40;

Relation Build(const orders::BasketSet& baskets, std::size_t top_k = 64) {
  relations::RelationOptions options;
  options.top_k = top_k;
  options.min_buyers = 1;
  auto relation = relations::BuildRelation(baskets, options);
  EXPECT_TRUE(relation.ok());
  return *std::move(relation);
}

std::vector<ProductIndex> OwnRoots() {
  std::vector<ProductIndex> roots;
  for (std::uint32_t p = 0; p < kProducts; ++p) roots.push_back(ProductAt(p));
  return roots;
}

// What a shop of two brands of milk (0, 1), coffee (2), two yarns (3, 4) and bread (5) sees; the rest is sold alone.
orders::BasketSet Shop() {
  std::vector<testing::ReferenceBasket> baskets;
  const auto add = [&](std::size_t times, std::vector<std::uint32_t> products) {
    for (std::size_t i = 0; i < times; ++i) {
      std::vector<ProductIndex> basket;
      for (const std::uint32_t p : products) basket.push_back(ProductAt(p));
      baskets.push_back({static_cast<std::uint32_t>(baskets.size()), basket});
    }
  };
  add(40, {0, 2});
  add(40, {1, 2});
  add(1, {0, 1});
  add(40, {3, 4});
  add(20, {0, 5});
  add(20, {1, 5});
  for (std::uint32_t p = 6; p < kProducts; ++p) add(30, {p, p % 5 + 6});
  return testing::BasketSetOf(kProducts, baskets);
}

ProductTypes Types() {
  ProductTypes types{5, std::vector<std::uint32_t>(kProducts, kNoType)};
  types.of[0] = types.of[1] = 0;
  types.of[2] = 1;
  types.of[3] = types.of[4] = 2;
  types.of[5] = 3;
  return types;
}

EntryClass ClassOf(const Relation& relation, std::uint32_t product, std::uint32_t other) {
  for (const RelationEntry& entry : relation.list(ProductAt(product))) {
    if (entry.other == ProductAt(other)) return entry.entry_class;
  }
  ADD_FAILURE() << "no entry " << product << " " << other;
  return EntryClass::kUndecided;
}

void Classify(const Relation& together, const ProductTypes& types, absl::Span<const ProductIndex> roots,
              Relation* relation, std::size_t threads = 1) {
  const Profiles profiles(together, threads);
  ClassifyEntries(&profiles, types, roots, relation, threads);
}

TEST(ClassifyEntries, TellsComplementsSubstitutesAndMultiPacksApart) {
  Relation relation = Build(Shop());
  Classify(relation, Types(), OwnRoots(), &relation);
  EXPECT_EQ(ClassOf(relation, 0, 2), EntryClass::kComplement);
  EXPECT_EQ(ClassOf(relation, 0, 1), EntryClass::kSubstitute);
  EXPECT_EQ(ClassOf(relation, 1, 0), EntryClass::kSubstitute);
  EXPECT_EQ(ClassOf(relation, 3, 4), EntryClass::kMultiPack);
}

TEST(ClassifyEntries, AVariantIsKnownByItsRoot) {
  Relation relation = Build(Shop());
  std::vector<ProductIndex> roots = OwnRoots();
  roots[2] = ProductAt(0);
  Classify(relation, Types(), roots, &relation);
  EXPECT_EQ(ClassOf(relation, 0, 2), EntryClass::kVariant);
}

TEST(ClassifyEntries, WithoutTypesNothingIsASubstitute) {
  Relation relation = Build(Shop());
  ClassifyEntries(/*together=*/nullptr, ProductTypes(), OwnRoots(), &relation);
  EXPECT_EQ(ClassOf(relation, 0, 1), EntryClass::kUndecided);
  EXPECT_EQ(ClassOf(relation, 3, 4), EntryClass::kComplement);
}

// Customers who buy both brands of milk buy one instead of the other: what is said of one type is said of orders.
TEST(ClassifyEntries, OfOneTypeOrdersDecideForCustomersToo) {
  const Relation together = Build(Shop());
  std::vector<testing::ReferenceBasket> customers;
  for (std::uint32_t c = 0; c < 50; ++c) customers.push_back({c, {ProductAt(0), ProductAt(1)}});
  for (std::uint32_t c = 50; c < 200; ++c) customers.push_back({c, {ProductAt(6), ProductAt(7)}});
  Relation also = Build(testing::BasketSetOf(kProducts, customers));
  Classify(together, Types(), OwnRoots(), &also);
  EXPECT_EQ(ClassOf(also, 0, 1), EntryClass::kSubstitute);
}

TEST(ClassifyEntries, ProfilesAreLikeThoseOfASlowReference) {
  std::mt19937_64 random(3);
  std::vector<testing::ReferenceBasket> baskets;
  for (std::uint32_t b = 0; b < 400; ++b) {
    std::set<ProductIndex> products;
    for (int i = 0; i < 4; ++i) products.insert(ProductAt(random() % kProducts));
    baskets.push_back({b, {products.begin(), products.end()}});
  }
  const Relation relation = Build(testing::BasketSetOf(kProducts, baskets), 12);
  const Profiles profiles(relation);
  const auto weights = [&](std::uint32_t product) {
    std::map<ProductIndex, double> of;
    for (const RelationEntry& entry : relation.list(ProductAt(product))) {
      of[entry.other] = std::max(0.0, std::log(static_cast<double>(entry.lift) / relations::ChanceOf(relation)));
    }
    return of;
  };
  for (std::uint32_t a = 0; a < kProducts; ++a) {
    for (std::uint32_t b = 0; b < kProducts; ++b) {
      double product = 0;
      double norm_a = 0;
      double norm_b = 0;
      auto of_b = weights(b);
      for (const auto& [other, weight] : weights(a)) {
        norm_a += weight * weight;
        product += of_b.count(other) > 0 ? weight * of_b[other] : 0;
      }
      for (const auto& [other, weight] : of_b) norm_b += weight * weight;
      const double expected = norm_a * norm_b > 0 ? product / std::sqrt(norm_a * norm_b) : 0;
      EXPECT_NEAR(profiles.Likeness(ProductAt(a), ProductAt(b)), expected, 1e-5);
    }
  }
}

TEST(ClassifyEntries, DoesNotDependOnThreads) {
  Relation one = Build(Shop());
  Relation many = one;
  Classify(one, Types(), OwnRoots(), &one);
  Classify(many, Types(), OwnRoots(), &many, 8);
  EXPECT_TRUE(std::equal(many.entries.begin(), many.entries.end(), one.entries.begin(), one.entries.end()));
}

}  // namespace
}  // namespace awase::lists

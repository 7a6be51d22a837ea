#include "awase/lists/rank_lists.h"

#include <random>
#include <set>

#include "awase/relations/build_relation.h"
#include "gtest/gtest.h"
#include "tests/testing/basket_builder.h"
#include "tests/testing/status_matchers.h"

namespace awase::lists {
namespace {

using relations::Relation;
using relations::RelationEntry;

constexpr std::size_t kProducts = 60;

// Product 59 is never sold.
orders::BasketSet RandomBaskets() {
  std::mt19937_64 random(7);
  std::vector<testing::ReferenceBasket> baskets;
  for (std::uint32_t b = 0; b < 500; ++b) {
    std::set<ProductIndex> products;
    const std::uint64_t first = random() % (kProducts - 1);
    for (std::uint64_t i = 0; i < 1 + random() % 5; ++i) products.insert(ProductAt((first + i * i) % (kProducts - 1)));
    baskets.push_back({b, {products.begin(), products.end()}});
  }
  return testing::BasketSetOf(kProducts, baskets);
}

ProductTypes Types() {
  ProductTypes types{5, {}};
  for (std::uint32_t p = 0; p < kProducts; ++p) types.of.push_back(p % 5);
  return types;
}

ListSettings Settings() {
  ListSettings settings;
  settings.ranking = {0.5, 0, 0};
  settings.popularity_orders = 3;
  settings.type_orders = 10;
  settings.same_type_bonus = 0.2;
  settings.coverage_bonus = 0.05;
  settings.expected_cases = 100;
  return settings;
}

Relation Counted(const orders::BasketSet& baskets) {
  relations::RelationOptions options;
  options.ranking = Settings().ranking;
  options.top_k = CountedListLength(8, kProducts);
  auto relation = relations::BuildRelation(baskets, options);
  EXPECT_TRUE(relation.ok());
  return *std::move(relation);
}

TEST(RankLists, KeepsTheEvidenceOfWhatIsCounted) {
  const orders::BasketSet baskets = RandomBaskets();
  const Relation counted = Counted(baskets);
  const Relation ranked = RankLists(counted, baskets, Types(), Settings(), 8);
  ASSERT_EQ(ranked.offsets.size(), counted.offsets.size());
  EXPECT_EQ(ranked.product_units, counted.product_units);
  std::size_t backed_off = 0;
  for (std::size_t p = 0; p < kProducts; ++p) {
    const auto list = ranked.list(ProductAt(p));
    EXPECT_EQ(list.size(), 8u) << "what is not counted is backed off, even for a product that was never sold";
    std::set<ProductIndex> seen;
    for (std::size_t i = 0; i < list.size(); ++i) {
      EXPECT_NE(list[i].other, ProductAt(p));
      EXPECT_TRUE(seen.insert(list[i].other).second);
      if (i > 0) {
        EXPECT_TRUE(list[i - 1].score > list[i].score ||
                    (list[i - 1].score == list[i].score && list[i - 1].other < list[i].other));
      }
      const auto of_counted = counted.list(ProductAt(p));
      const auto found = std::find_if(of_counted.begin(), of_counted.end(),
                                      [&](const RelationEntry& entry) { return entry.other == list[i].other; });
      RelationEntry expected{};
      if (found != of_counted.end()) expected = *found;
      expected.other = list[i].other;
      expected.score = list[i].score;
      if (found == of_counted.end()) {
        EXPECT_TRUE(list[i].source == relations::EntrySource::kType ||
                    list[i].source == relations::EntrySource::kPopularity);
        expected.source = list[i].source;
      }
      EXPECT_EQ(list[i], expected);
      backed_off += list[i].units_together == 0 ? 1 : 0;
    }
  }
  EXPECT_GT(backed_off, 0u);
}

TEST(RankLists, DoesNotDependOnThreads) {
  const orders::BasketSet baskets = RandomBaskets();
  const Relation counted = Counted(baskets);
  const Relation one = RankLists(counted, baskets, Types(), Settings(), 20, 1);
  for (const std::size_t threads : {2, 8}) {
    const Relation many = RankLists(counted, baskets, Types(), Settings(), 20, threads);
    EXPECT_EQ(many.offsets, one.offsets);
    EXPECT_TRUE(std::equal(many.entries.begin(), many.entries.end(), one.entries.begin(), one.entries.end()));
  }
}

TEST(RankLists, LikeProfilesMoveWhatIsCountedAndAddNothing) {
  const orders::BasketSet baskets = RandomBaskets();
  const Relation counted = Counted(baskets);
  ListSettings settings;
  settings.ranking = Settings().ranking;
  settings.coverage_bonus = 0.05;
  const Relation without = RankLists(counted, baskets, {}, settings, 1000);
  settings.similar_orders = 30;
  const Relation ranked = RankLists(counted, baskets, {}, settings, 1000);
  EXPECT_EQ(ranked.offsets, counted.offsets) << "what too few people bought is not said in a roundabout way";
  std::size_t moved = 0;
  for (std::size_t e = 0; e < ranked.entries.size(); ++e) {
    EXPECT_EQ(ranked.entries[e].source, relations::EntrySource::kCounted);
    moved += ranked.entries[e].other != without.entries[e].other ? 1 : 0;
  }
  EXPECT_GT(moved, 0u);
}

TEST(RankLists, OfLikeProfilesDoesNotDependOnThreads) {
  const orders::BasketSet baskets = RandomBaskets();
  const Relation counted = Counted(baskets);
  ListSettings settings = Settings();
  settings.similar_orders = 10;
  const Relation one = RankLists(counted, baskets, Types(), settings, 20, 1);
  const Relation three = RankLists(counted, baskets, Types(), settings, 20, 3);
  EXPECT_EQ(three.offsets, one.offsets);
  EXPECT_TRUE(std::equal(three.entries.begin(), three.entries.end(), one.entries.begin(), one.entries.end()));
}

TEST(RankLists, WithoutBackOffListsWhatIsCountedOnly) {
  const orders::BasketSet baskets = RandomBaskets();
  const Relation counted = Counted(baskets);
  ListSettings settings;
  settings.ranking = Settings().ranking;
  settings.coverage_bonus = 0.05;
  const Relation ranked = RankLists(counted, baskets, Types(), settings, 1000);
  EXPECT_EQ(ranked.entries.size(), counted.entries.size());
  EXPECT_EQ(ranked.claims.claims, counted.claims.claims);
}

}  // namespace
}  // namespace awase::lists

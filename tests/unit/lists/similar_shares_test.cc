#include "lists/internal/similar_shares.h"

#include <random>
#include <set>

#include "awase/relations/build_relation.h"
#include "gtest/gtest.h"
#include "tests/testing/basket_builder.h"
#include "tests/testing/status_matchers.h"

namespace awase::lists_internal {
namespace {

constexpr std::size_t kProducts = 50;

// Product 49 is never sold.
orders::BasketSet RandomBaskets() {
  std::mt19937_64 random(11);
  std::vector<testing::ReferenceBasket> baskets;
  for (std::uint32_t b = 0; b < 600; ++b) {
    std::set<ProductIndex> products;
    const std::uint64_t first = random() % 12;
    for (std::uint64_t i = 0; i < 2 + random() % 4; ++i) {
      products.insert(ProductAt((first + 12 * (random() % 5)) % (kProducts - 1)));
    }
    baskets.push_back({b, {products.begin(), products.end()}});
  }
  return testing::BasketSetOf(kProducts, baskets);
}

class SimilarSharesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    relations::RelationOptions options;
    options.ranking = {0.5, 0, 0};
    AWASE_ASSERT_OK_AND_ASSIGN(counted_, relations::BuildRelation(RandomBaskets(), options));
    shares_ = SharesOf(RandomBaskets(), options.ranking);
  }

  relations::Relation counted_;
  OrderShares shares_;
};

TEST_F(SimilarSharesTest, AreTheFormula) {
  const similarity::NearProducts near(counted_, {});
  const SimilarShares similar(counted_, shares_, near);
  std::size_t above_zero = 0;
  for (std::size_t i = 0; i < kProducts; ++i) {
    const std::vector<SimilarShare> found = similar.Of(ProductAt(i));
    for (std::size_t j = 0; j < kProducts; ++j) {
      double orders = 0;
      double together = 0;
      for (const similarity::NearProduct& k : near.Of(ProductAt(i))) {
        orders += static_cast<double>(k.cosine) * shares_.orders[Slot(k.product)];
        for (const relations::RelationEntry& entry : counted_.list(k.product)) {
          if (entry.other != ProductAt(j)) continue;
          together += static_cast<double>(k.cosine) * static_cast<double>(entry.score) / shares_.mean_weight;
        }
      }
      const double expected = orders > 0 && i != j ? together / orders : 0;
      EXPECT_NEAR(ShareOf(found, ProductAt(j)), expected, 1e-5);
      above_zero += expected > 0 ? 1 : 0;
    }
  }
  EXPECT_GT(above_zero, kProducts);
  EXPECT_TRUE(similar.Of(ProductAt(kProducts - 1)).empty()) << "never sold";
}

TEST(ShareOf, IsNothingForWhoIsNotThere) {
  const std::vector<SimilarShare> shares = {{ProductAt(1), 0.2F}, {ProductAt(4), 0.5F}};
  EXPECT_EQ(ShareOf(shares, ProductAt(4)), 0.5F);
  EXPECT_EQ(ShareOf(shares, ProductAt(2)), 0);
  EXPECT_EQ(ShareOf(shares, ProductAt(9)), 0);
  EXPECT_EQ(ShareOf({}, ProductAt(4)), 0);
}

}  // namespace
}  // namespace awase::lists_internal

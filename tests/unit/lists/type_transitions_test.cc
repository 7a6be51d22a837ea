#include "lists/internal/type_transitions.h"

#include <random>

#include "gmock/gmock.h"
#include "tests/testing/basket_builder.h"

namespace awase::lists_internal {
namespace {

using lists::kNoType;
using lists::ProductTypes;

TEST(TypeTransitions, AreWhatLoopsOverPairsOfLinesSay) {
  constexpr std::size_t kProducts = 10;
  const ProductTypes types{3, {0, 0, 1, 1, 1, 2, 2, kNoType, 0, 2}};
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    std::mt19937_64 random(seed);
    std::vector<testing::ReferenceBasket> baskets;
    for (std::uint32_t b = 0; b < 40; ++b) {
      testing::ReferenceBasket basket{b, {}};
      for (std::size_t p = 0; p < kProducts - 1; ++p) {
        if (random() % 3 == 0) basket.products.push_back(ProductAt(p));
      }
      baskets.push_back(basket);
    }
    const orders::BasketSet set = testing::BasketSetOf(kProducts, baskets);
    const OrderShares shares = SharesOf(set, {0.5, 0, 0});
    const TypeTransitions transitions(set, types, shares);
    ASSERT_FALSE(transitions.empty());

    // For each order and type in it: the products of each type, its own only if there are two.
    double table[3][3] = {};
    for (std::size_t b = 0; b < set.size(); ++b) {
      int in_basket[3] = {};
      for (const ProductIndex product : set.basket(b)) {
        if (types.of[Slot(product)] != kNoType) ++in_basket[types.of[Slot(product)]];
      }
      for (int from = 0; from < 3; ++from) {
        for (int to = 0; to < 3; ++to) {
          if (in_basket[from] == 0 || (from == to && in_basket[from] == 1)) continue;
          table[from][to] += double{shares.weights[b]} * in_basket[to];
        }
      }
    }
    for (std::size_t i = 0; i < kProducts; ++i) {
      for (std::size_t j = 0; j < kProducts; ++j) {
        double expected = 0;
        if (types.of[i] != kNoType && types.of[j] != kNoType) {
          const double* row = table[types.of[i]];
          double of_type = 0;
          for (std::size_t k = 0; k < kProducts; ++k) of_type += types.of[k] == types.of[j] ? shares.shares[k] : 0;
          expected = row[types.of[j]] / (row[0] + row[1] + row[2]) * shares.shares[j] / of_type;
        }
        EXPECT_NEAR(transitions(ProductAt(i), ProductAt(j)), expected, 1e-6) << seed << ": " << i << ", " << j;
      }
    }
  }
}

TEST(TypeTransitions, ProposeTheBestOfTheBestTypes) {
  const ProductTypes types{2, {0, 1, 1, 1}};
  const orders::BasketSet set = testing::BasketSetOf(
      4, {{0, {ProductAt(0), ProductAt(2)}}, {1, {ProductAt(0), ProductAt(2)}}, {2, {ProductAt(0), ProductAt(1)}}});
  const TypeTransitions transitions(set, types, SharesOf(set, {}));
  EXPECT_THAT(transitions.Best(ProductAt(0)), ::testing::ElementsAre(ProductAt(2), ProductAt(1)))
      << "product 3 was never sold";
  EXPECT_TRUE(transitions.SameType(ProductAt(1), ProductAt(3)));
}

TEST(TypeTransitions, KnowNothingWithoutTypes) {
  const orders::BasketSet set = testing::BasketSetOf(2, {{0, {ProductAt(0), ProductAt(1)}}});
  const TypeTransitions transitions(set, ProductTypes(), SharesOf(set, {}));
  EXPECT_TRUE(transitions.empty());
  EXPECT_EQ(transitions(ProductAt(0), ProductAt(1)), 0);
  EXPECT_FALSE(transitions.SameType(ProductAt(0), ProductAt(0)));
  EXPECT_TRUE(transitions.Best(ProductAt(0)).empty());
}

}  // namespace
}  // namespace awase::lists_internal

#include "lists/internal/list_scorer.h"

#include <cmath>

#include "gtest/gtest.h"

namespace awase::lists_internal {
namespace {

OrderShares TwoProducts() {
  OrderShares shares;
  shares.companions = 3;
  shares.orders = {20, 5};
  shares.shares = {0.8, 0.2};
  return shares;
}

TEST(ListScorer, IsTheFormula) {
  const OrderShares shares = TwoProducts();
  lists::ListSettings settings;
  settings.ranking.popularity_exponent = 0.1;
  settings.trend_exponent = 0.5;
  settings.popularity_orders = 7;
  settings.type_orders = 11;
  settings.similar_orders = 5;
  settings.same_type_bonus = 0.4;
  settings.type_lift_exponent = 0.2;
  const ListScorer score(shares, {0.3, -0.6}, {40, 10}, settings);
  const double mean_units = 0.8 * 40 + 0.2 * 10;
  const double relevance = (4 + 5 * 0.3 + 3 * (11 * 0.05 + (7 + 1e-6) * 0.2)) / (20 + 5 + 11 + 7);
  const double factor = std::exp(0.5 * -0.6) * std::pow(10 / mean_units, -0.1) * std::exp(0.4) *
                        std::pow((0.05 + 1e-6) / (0.2 + 1e-6), 0.2);
  EXPECT_NEAR(score(ProductAt(0), {ProductAt(1), 4, 0.05F, true, 0.3F}), relevance * factor, 1e-6);
}

TEST(ListScorer, WithoutBackOffIsTheShareOfTheAnchorsOrders) {
  const OrderShares shares = TwoProducts();
  const ListScorer score(shares, {0, 0}, {40, 10}, {});
  EXPECT_NEAR(score(ProductAt(0), {ProductAt(1), 4, 0, false}), 4.0 / 20, 1e-6);
  EXPECT_GT(score(ProductAt(0), {ProductAt(1), 4, 0, false}), 4.0F / 20) << "popularity breaks ties";
}

TEST(ListScorer, IsFiniteForAnAnchorThatWasNeverSold) {
  OrderShares shares = TwoProducts();
  shares.orders[0] = 0;
  lists::ListSettings settings;
  settings.type_orders = 30;
  const ListScorer score(shares, {0, 0}, {0, 10}, settings);
  EXPECT_NEAR(score(ProductAt(0), {ProductAt(1), 0, 0.05F, false}), 3 * 0.05, 1e-5);
}

}  // namespace
}  // namespace awase::lists_internal

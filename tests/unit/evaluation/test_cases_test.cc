#include "awase/evaluation/test_cases.h"

#include <algorithm>

#include "gmock/gmock.h"
#include "tests/testing/basket_builder.h"

namespace awase::evaluation {
namespace {

using ::testing::Contains;
using ::testing::Not;

std::vector<ProductIndex> Products(std::initializer_list<std::size_t> slots) {
  std::vector<ProductIndex> products;
  for (const std::size_t slot : slots) products.push_back(ProductAt(slot));
  return products;
}

TEST(DrawCases, AsksOnlyOfBasketsWithTwoKnownProducts) {
  const orders::BasketSet held_out = awase::testing::BasketSetOf(
      5, {{0, Products({0, 1, 4})}, {1, Products({2, 4})}, {2, Products({3})}, {3, Products({0, 1, 2, 3})}});
  const std::vector<std::uint8_t> is_known = {1, 1, 1, 1, 0};
  const TestCases cases = DrawCases(held_out, is_known);
  EXPECT_EQ(cases.baskets, 4u);
  EXPECT_EQ(cases.baskets_in_reach, 2u);
  ASSERT_EQ(cases.lists.size(), 2u);
  ASSERT_EQ(cases.carts.size(), 2u);
  EXPECT_EQ(cases.lists[0].targets.size(), 1u) << "the unknown product is not asked for";
  EXPECT_EQ(cases.lists[1].targets.size(), 3u);
  EXPECT_THAT(cases.lists[1].targets, Not(Contains(cases.lists[1].anchor)));
  EXPECT_EQ(cases.carts[1].cart.size(), 3u);
  EXPECT_THAT(cases.carts[1].cart, Not(Contains(cases.carts[1].hidden)));
}

TEST(DrawCases, TakesARandomPartOfTooMany) {
  std::vector<awase::testing::ReferenceBasket> baskets;
  for (std::uint32_t b = 0; b < 1000; ++b) baskets.push_back({b, {ProductAt(b), ProductAt(b + 1)}});
  const orders::BasketSet held_out = awase::testing::BasketSetOf(1001, baskets);
  const std::vector<std::uint8_t> is_known(1001, 1);
  CaseOptions options;
  options.max_list_cases = 100;
  options.max_cart_cases = 10;
  const TestCases cases = DrawCases(held_out, is_known, options);
  ASSERT_EQ(cases.lists.size(), 100u);
  ASSERT_EQ(cases.carts.size(), 10u);
  const auto early =
      std::count_if(cases.lists.begin(), cases.lists.end(), [](const ListCase& c) { return Slot(c.anchor) < 500; });
  EXPECT_GT(early, 25) << "from everywhere, not from the front";
  EXPECT_LT(early, 75);

  const TestCases again = DrawCases(held_out, is_known, options);
  options.seed = 2;
  const TestCases other = DrawCases(held_out, is_known, options);
  const auto anchors = [](const TestCases& c) {
    std::vector<ProductIndex> products;
    for (const ListCase& list : c.lists) products.push_back(list.anchor);
    return products;
  };
  EXPECT_EQ(anchors(cases), anchors(again));
  EXPECT_NE(anchors(cases), anchors(other));
}

TEST(DrawCases, SaysWhichBasketACaseIsOf) {
  const orders::BasketSet held_out = testing::BasketSetOf(6, {{0, {ProductAt(0)}},
                                                              {1, {ProductAt(1), ProductAt(2)}},
                                                              {2, {ProductAt(0), ProductAt(3)}},
                                                              {3, {ProductAt(4), ProductAt(5)}}});
  const std::vector<std::uint8_t> is_known = {1, 1, 1, 0, 1, 1};  // the third basket has one known product left
  const TestCases cases = DrawCases(held_out, is_known);
  ASSERT_EQ(cases.lists.size(), 2u);
  EXPECT_EQ(cases.lists[0].basket, 1u);
  EXPECT_EQ(cases.lists[1].basket, 3u);
}

}  // namespace
}  // namespace awase::evaluation

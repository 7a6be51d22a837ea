#include "awase/evaluation/claim_replication.h"

#include "gtest/gtest.h"
#include "tests/testing/basket_builder.h"

namespace awase::evaluation {
namespace {

TEST(ReplicateClaims, HoldsWhereThePairIsAboveTheNull) {
  // 100 baskets: 0 and 1 always together, 2 and 3 never, 4 alone.
  std::vector<testing::ReferenceBasket> baskets;
  for (std::uint32_t b = 0; b < 100; ++b) {
    std::vector<ProductIndex> products;
    if (b < 20) products = {ProductAt(0), ProductAt(1)};
    if (b >= 20 && b < 40) products = {ProductAt(2), ProductAt(4)};
    if (b >= 40 && b < 60) products = {ProductAt(3), ProductAt(4)};
    if (b >= 60) products = {ProductAt(4)};
    baskets.push_back({b, products});
  }
  const orders::BasketSet held_out = testing::BasketSetOf(6, baskets);
  const std::vector<ListedClaim> claims = {
      {ProductAt(0), ProductAt(1), 3},    // expected 3 · 20 · 20 / 100 = 12, found 20
      {ProductAt(2), ProductAt(3), 3},    // expected 12, found none
      {ProductAt(0), ProductAt(1), 1.2},  // expected 4.8: too few to tell
      {ProductAt(0), ProductAt(5), 9},    // not sold any more
  };
  const ClaimReplication replication = ReplicateClaims(claims, held_out);
  EXPECT_EQ(replication.listed, 4u);
  EXPECT_EQ(replication.tested, 2u);
  EXPECT_EQ(replication.held, 1u);
  EXPECT_EQ(replication.share(), 0.5);
  EXPECT_EQ(ReplicateClaims(claims, orders::BasketSet()).tested, 0u);
}

}  // namespace
}  // namespace awase::evaluation

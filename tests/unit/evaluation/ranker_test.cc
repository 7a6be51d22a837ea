#include "awase/evaluation/ranker.h"

#include "gmock/gmock.h"

namespace awase::evaluation {
namespace {

TEST(SumByProduct, NamesEachProductOnceWithItsSum) {
  const std::vector<ScoredProduct> sums =
      SumByProduct({{ProductAt(7), 1}, {ProductAt(2), 0.5F}, {ProductAt(7), -3}, {ProductAt(7), 0.25F}});
  ASSERT_EQ(sums.size(), 2u);
  EXPECT_EQ(sums[0].product, ProductAt(2));
  EXPECT_EQ(sums[0].score, 0.5F);
  EXPECT_EQ(sums[1].product, ProductAt(7));
  EXPECT_EQ(sums[1].score, -1.75F);
  EXPECT_TRUE(SumByProduct({}).empty());
}

}  // namespace
}  // namespace awase::evaluation

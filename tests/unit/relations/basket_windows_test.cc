#include "awase/relations/basket_windows.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/reference_windows.h"

namespace awase::relations {
namespace {

using orders::kNoTime;
using testing::BasketSetOf;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<testing::ReferenceEvent> TwoBuyers() {
  return {{0, 1, {ProductAt(0), ProductAt(1)}}, {0, 2, {ProductAt(1), ProductAt(2)}}, {1, 5, {ProductAt(0)}}};
}

TEST(CustomersWithin, LeavesOutWhoBoughtTooManyDistinctProducts) {
  const orders::BasketSet baskets = BasketSetOf(3, TwoBuyers());
  std::uint64_t too_large = 9;
  EXPECT_THAT(CustomersWithin(baskets, 2, 3, &too_large), ElementsAre(0, 1)) << "four lines of three products";
  EXPECT_EQ(too_large, 0u);
  EXPECT_THAT(CustomersWithin(baskets, 2, 2, &too_large), ElementsAre(1));
  EXPECT_EQ(too_large, 1u);
}

TEST(CustomersWithin, LeavesOutWhoIsNotKnown) {
  const orders::BasketSet baskets = BasketSetOf(3, TwoBuyers());
  std::uint64_t too_large = 9;
  EXPECT_THAT(CustomersWithin(baskets, 1, 5, &too_large), ElementsAre(0));
  EXPECT_THAT(CustomersWithin(baskets, 0, 5, &too_large), IsEmpty());
  EXPECT_EQ(too_large, 0u);
}

TEST(BasketWindows, AreEmptyWhereNothingIsLater) {
  const orders::BasketSet baskets = BasketSetOf(3, TwoBuyers());
  EXPECT_FALSE(WindowsAfter(baskets, {0, 1}, 1).IsEmpty());
  EXPECT_TRUE(WindowsAfter(baskets, {1}, 1).IsEmpty());
  const orders::BasketSet undated = BasketSetOf(3, {{0, kNoTime, {ProductAt(0)}}, {0, kNoTime, {ProductAt(1)}}});
  EXPECT_TRUE(WindowsAfter(undated, {0}, 1000).IsEmpty());
}

}  // namespace
}  // namespace awase::relations

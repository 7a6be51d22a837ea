#include "pricing/internal/reduce.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::pricing::internal {
namespace {

using ::testing::ElementsAre;
using Direction = UnitRounding::Direction;

constexpr std::int64_t kList = 10'000;

// Of a price in hundredths of a minor unit.
std::int64_t Round(const UnitRounding& rounding, std::int64_t hundredths, std::int64_t price = kList) {
  return RoundUnitPrice(rounding, absl::int128(hundredths) * 100, price);
}

TEST(RoundUnitPrice, IsAWholeMinorUnitByItself) {
  EXPECT_EQ(Round({}, 79'999), 799);
  EXPECT_EQ(Round({1, 0, Direction::kNearest}, 79'950), 799);  // a tie
  EXPECT_EQ(Round({1, 0, Direction::kNearest}, 79'951), 800);
}

TEST(RoundUnitPrice, MeetsAStepAndAnEnding) {
  EXPECT_EQ(Round({5, 0}, 79'900), 795);
  EXPECT_EQ(Round({5, 0, Direction::kNearest}, 79'900), 800);
  EXPECT_EQ(Round({100, 99}, 79'900), 799);
  EXPECT_EQ(Round({100, 99}, 79'800), 699);
  EXPECT_EQ(Round({100, 99, Direction::kNearest}, 79'800), 799);
  EXPECT_EQ(Round({100, 99, Direction::kNearest}, 74'900), 699);  // a tie
  EXPECT_EQ(Round({100, 0}, 10'000), 100);
}

TEST(RoundUnitPrice, LeavesWhatIsBelowTheEnding) {
  EXPECT_EQ(Round({100, 99}, 5050), 50);
  EXPECT_EQ(Round({100, 99, Direction::kNearest}, 9850), 98);
  EXPECT_EQ(Round({100, 99, Direction::kNearest}, 0), 0);
}

TEST(RoundUnitPrice, NeverExceedsThePriceBefore) {
  EXPECT_EQ(Round({100, 99, Direction::kNearest}, 79'800, 798), 699);
  EXPECT_EQ(Round({100, 99, Direction::kNearest}, 79'800, 799), 799);
  EXPECT_EQ(RoundUnitPrice({kMostMinor, 0, Direction::kNearest}, absl::int128(kMostMinor) * 9999, kMostMinor),
            kMostMinor);
}

TEST(RoundUnitPrice, FallsWithThePriceItRounds) {
  for (const UnitRounding& rounding :
       {UnitRounding{5, 0}, {7, 3, Direction::kNearest}, {100, 99}, {100, 99, Direction::kNearest}}) {
    for (std::int64_t hundredths = 0; hundredths < 30'000; ++hundredths) {
      EXPECT_LE(Round(rounding, hundredths, 300), Round(rounding, hundredths + 1, 300)) << hundredths;
    }
  }
}

TEST(ReduceEach, PricesEachUnitByItself) {
  EXPECT_THAT(ReduceEach({{1000, 2}, {300, 1}}, FixedPrice{400}, std::nullopt), ElementsAre(800, 300));
  EXPECT_THAT(ReduceEach({{1000, 2}, {300, 1}}, AmountOff{400}, std::nullopt), ElementsAre(1200, 0));
  EXPECT_THAT(ReduceEach({{1000, 2}, {300, 1}}, PercentOff{1050}, UnitRounding{}), ElementsAre(1790, 268));
}

TEST(ReduceEach, AFloorMakesNoOtherUnitCheaper) {
  EXPECT_THAT(ReduceEach({{1000, 2, 900}, {1000, 1}}, AmountOff{400}, std::nullopt), ElementsAre(1800, 600));
}

TEST(ReduceByPercent, RoundsDownOnce) {
  // 10 % off 3 × 1.05 and 0.99 is 3.726.
  EXPECT_THAT(ReduceByPercent({{105, 3}, {99, 1}}, {1000}), ElementsAre(283, 89));
  EXPECT_THAT(ReduceByPercent({{4, 1000}}, {1000}), ElementsAre(3600));
  EXPECT_THAT(ReduceByPercent({{5, 3}}, {kBasisPoints}), ElementsAre(0));
}

TEST(ReduceByPercent, AFloorMakesNoOtherUnitCheaper) {
  EXPECT_THAT(ReduceByPercent({{1000, 2, 950}, {1000, 1, 800}}, {1000}), ElementsAre(1900, 900));
  // 10 % of 11 and of 12 leave 9.9 and 10.8, in all 20: no share falls below its floor for that.
  EXPECT_THAT(ReduceByPercent({{11, 1, 9}, {12, 1, 10}}, {1000}), ElementsAre(10, 10));
}

TEST(ReduceTogether, OthersBearWhatAFloorKeepsAsFarAsTheyCan) {
  EXPECT_THAT(ReduceTogether({{1000, 1, 900}, {1000, 1}}, 1500), ElementsAre(900, 600));
  EXPECT_THAT(ReduceTogether({{1000, 1, 900}, {1000, 1, 800}}, 1500), ElementsAre(900, 800));
}

}  // namespace
}  // namespace awase::pricing::internal

#include "awase/base/ratio.h"

#include <cstdint>
#include <limits>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

TEST(Ratio, IsInLowestTerms) {
  EXPECT_EQ(Ratio::Of(6, 4), Ratio::Of(3, 2));
  EXPECT_EQ(Ratio::Of(0, 7), Ratio());
  EXPECT_EQ(Ratio::Of(8, 2).numerator(), 4);
  EXPECT_TRUE(Ratio::Of(8, 2).is_whole());
}

TEST(Ratio, ParsesPlainDecimalsExactly) {
  EXPECT_EQ(Ratio::ParseDecimal("14.25"), Ratio::Of(57, 4));
  EXPECT_EQ(Ratio::ParseDecimal(" .5 "), Ratio::Of(1, 2));
  EXPECT_EQ(Ratio::ParseDecimal("7."), Ratio(7));
  EXPECT_EQ(Ratio::ParseDecimal("999999999999999999"), Ratio::Of(999'999'999'999'999'999, 1));
  for (const char* text : {"", ".", "-1", "+1", "1e3", "1.2.3", "1,5", "0x1", "9999999999999999999"}) {
    EXPECT_EQ(Ratio::ParseDecimal(text), std::nullopt) << text;
  }
}

TEST(Ratio, ComparesByCrossMultiplicationWhereDoublesCannot) {
  const Ratio a = Ratio::Of(kMost, kMost - 1);
  const Ratio b = Ratio::Of(kMost - 1, kMost - 2);
  EXPECT_EQ(a.ToDouble(), b.ToDouble());
  EXPECT_LT(a, b);
  EXPECT_GT(Ratio::Of(1, 3), Ratio::Of(333'333'333'333, 1'000'000'000'000));
}

TEST(Ratio, MultipliesAndAddsOrSaysThatItDoesNotFit) {
  EXPECT_EQ(Multiply(Ratio::Of(2, 3), Ratio::Of(9, 4)), Ratio::Of(3, 2));
  EXPECT_EQ(Add(Ratio::Of(1, 3), Ratio::Of(1, 6)), Ratio::Of(1, 2));
  EXPECT_EQ(Multiply(Ratio::Of(kMost, 1), Ratio(2)), std::nullopt);
  EXPECT_EQ(Multiply(Ratio::Of(kMost, 1), Ratio::Of(2, kMost)), Ratio(2)) << "the terms shrink before they are judged";
  EXPECT_EQ(Add(Ratio::Of(kMost, 1), Ratio(1)), std::nullopt);
}

TEST(Ratio, IsPrintedAsTheDecimalItIsOrAsAFraction) {
  EXPECT_EQ(FormatRatio(Ratio::Of(43, 4)), "10.75");
  EXPECT_EQ(FormatRatio(Ratio::Of(1, 40)), "0.025");
  EXPECT_EQ(FormatRatio(Ratio(330)), "330");
  EXPECT_EQ(FormatRatio(Ratio::Of(7, 3)), "2 1/3");
  EXPECT_EQ(FormatRatio(Ratio::Of(1, 3)), "1/3");
}

}  // namespace
}  // namespace awase

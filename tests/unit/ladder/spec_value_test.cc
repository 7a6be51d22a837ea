#include "ladder/internal/spec_value.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::ladder_internal {
namespace {

using Kind = SpecValue::Kind;

TEST(ParseSpecValue, ReadsNumbersWithUnitsAndWords) {
  const SpecValue ssd = ParseSpecValue("256GB SSD");
  EXPECT_EQ(ssd.kind, Kind::kNumber);
  EXPECT_DOUBLE_EQ(ssd.number, 256e9);
  EXPECT_TRUE(ssd.IsComparableWith(ParseSpecValue("1 TB ssd")));
  EXPECT_FALSE(ssd.IsComparableWith(ParseSpecValue("256GB HDD")));
  EXPECT_FALSE(ssd.IsComparableWith(ParseSpecValue("256GB"))) << "of which kind?";
  EXPECT_DOUBLE_EQ(ParseSpecValue("1.37kg").number, 1370);
  EXPECT_DOUBLE_EQ(ParseSpecValue(" 8 GB ").number, 8e9);
  EXPECT_DOUBLE_EQ(ParseSpecValue("-3").number, -3);
  EXPECT_TRUE(ParseSpecValue("5.5-inch").IsComparableWith(ParseSpecValue("14 cm")));
  EXPECT_DOUBLE_EQ(ParseSpecValue("15.6\"").number, 15.6 * 0.0254);
}

TEST(ParseSpecValue, KeepsUnknownUnitsApart) {
  EXPECT_TRUE(ParseSpecValue("5 stars").IsComparableWith(ParseSpecValue("3 Stars")));
  EXPECT_FALSE(ParseSpecValue("5 stars").IsComparableWith(ParseSpecValue("5")));
}

TEST(ParseSpecValue, GuessesNothing) {
  for (const char* text : {"1,370", "1920x1080", "10-12 h", "4.2.1", "i5", "about 3", "3/4", "5-", "1e999"}) {
    EXPECT_EQ(ParseSpecValue(text).kind, Kind::kText) << text;
  }
}

TEST(ParseSpecValue, KnowsWhatIsNotGiven) {
  for (const char* text : {"", " ", "-", "n/a", "N/A", "unknown", "?"}) {
    EXPECT_EQ(ParseSpecValue(text).kind, Kind::kMissing) << text;
  }
}

TEST(ParseSpecValue, TellsTextsApartByAnythingButCase) {
  EXPECT_EQ(ParseSpecValue("Red").qualifier, ParseSpecValue(" red ").qualifier);
  EXPECT_NE(ParseSpecValue("Red").qualifier, ParseSpecValue("blue").qualifier);
}

}  // namespace
}  // namespace awase::ladder_internal

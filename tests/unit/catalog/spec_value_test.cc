#include "awase/catalog/spec_value.h"

#include <utility>

#include "absl/strings/str_format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::catalog {
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

TEST(ParseSpecValue, EqualAmountsAreEqualInEveryUnit) {
  const std::pair<const char*, const char*> kSame[] = {
      {"70 cl", "0.7 l"},     {"700 ml", "0.7 l"},      {"7 dl", "0.7 l"},       {"35 cm", "0.35 m"},
      {"350 mm", "0.35 m"},   {"1.005 kg", "1005 g"},   {"4.35 TB", "4350 GB"},  {"0.29 kW", "290 W"},
      {"1.1 h", "66 min"},    {"5.5 in", "13.97 cm"},   {"13.3\"", "33.782 cm"}, {"3.5 lb", "1587.573295 g"},
      {"4500 mAh", "4.5 Ah"}, {"0.1 TiB", "102.4 GiB"}, {"-1.5 m", "-150 cm"},   {"2.2 years", "26.4 months"},
      {"0.007 cl", "0.07 ml"}};
  for (const auto& [one, other] : kSame) {
    EXPECT_TRUE(ParseSpecValue(one).IsComparableWith(ParseSpecValue(other))) << one;
    EXPECT_EQ(ParseSpecValue(one).number, ParseSpecValue(other).number) << one << " is " << other;
  }
  // Past what whole numbers hold exactly it is still close.
  EXPECT_DOUBLE_EQ(ParseSpecValue("123456789012345678.9 kg").number, 123456789012345678900.0);
  EXPECT_DOUBLE_EQ(ParseSpecValue("0.00000000000000000000000001 mg").number, 1e-29);
}

// All amounts of litres of three digits, in all ways to write them.
TEST(ParseSpecValue, MillilitresAreThousandthsOfALitre) {
  for (int ml = 0; ml < 2000; ++ml) {
    const double litres = ParseSpecValue(absl::StrFormat("%d.%03d l", ml / 1000, ml % 1000)).number;
    EXPECT_EQ(ParseSpecValue(absl::StrFormat("%d ml", ml)).number, litres);
    EXPECT_EQ(ParseSpecValue(absl::StrFormat("%d.%d cl", ml / 10, ml % 10)).number, litres);
  }
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
}  // namespace awase::catalog

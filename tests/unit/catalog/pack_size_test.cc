#include "awase/catalog/pack_size.h"

#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::catalog {
namespace {

// "6 x 330 ml = 1980 ml", or why it was not read.
std::string Read(absl::string_view label) {
  PackFault fault{};
  const std::optional<PackSize> size = ParsePackSize(label, &fault);
  if (!size.has_value()) return std::string(PackFaultText(fault));
  return absl::StrCat(FormatPackSize(*size), " = ", FormatRatio(size->total), " ", BaseUnitName(size->unit));
}

TEST(PackSize, ReadsOneContent) {
  EXPECT_EQ(Read("22 LB"), "22 lb = 9979.03214 g");
  EXPECT_EQ(Read("500g"), "500 g = 500 g");
  EXPECT_EQ(Read("1.5 L"), "1.5 l = 1500 ml");
  EXPECT_EQ(Read("12 OZ"), "12 oz = 12 oz");
  EXPECT_EQ(Read("32 FL OZ"), "32 fl oz = 946.352946 ml");
  EXPECT_EQ(Read("12 OZ WT"), "12 oz wt = 340.1942775 g");
  EXPECT_EQ(Read("10 CT"), "10 piece = 10 piece");
  EXPECT_EQ(Read(" .5 GAL "), "0.5 gal = 1892.705892 ml");
  EXPECT_EQ(Read("10. OZ"), "10 oz = 10 oz");
  EXPECT_EQ(Read("12 OZ BTL"), "12 oz = 12 oz");
  EXPECT_EQ(Read("3-LB BAG"), "3 lb = 1360.77711 g");
  EXPECT_EQ(Read("2 L*"), "2 l = 2000 ml");
  EXPECT_EQ(Read("5 m2"), "5 m2 = 5 m2");
  EXPECT_EQ(Read("80 LOADS"), "80 load = 80 load");
  EXPECT_EQ(Read("2 IN"), "2 in = 5.08 cm");
}

TEST(PackSize, ReadsDecimalCommasUnlessTheyMayBeThousands) {
  EXPECT_EQ(Read("1,5 kg"), "1.5 kg = 1500 g");
  EXPECT_EQ(Read("0,500 kg"), "0.5 kg = 500 g");
  EXPECT_EQ(Read("1,500 kg"), "has two readings");
  EXPECT_EQ(Read("1,234.5 g"), "has two readings");
}

TEST(PackSize, ReadsFractionsAndMixedNumbers) {
  EXPECT_EQ(Read("1/2 GAL"), "0.5 gal = 1892.705892 ml");
  EXPECT_EQ(Read("3/4 L"), "0.75 l = 750 ml");
  EXPECT_EQ(Read("1/3 LB"), "1/3 lb = 151 59237/300000 g");
  EXPECT_EQ(Read("10 3/4 OZ"), "10.75 oz = 10.75 oz");
  EXPECT_EQ(Read("7-3/4 OZ"), "7.75 oz = 7.75 oz");
  EXPECT_EQ(Read("2 LB 3 OZ"), "35 oz wt = 992.233309375 g");
  EXPECT_EQ(Read("3/4 OZ"), "has two readings");
  EXPECT_EQ(Read("1/2 OZ"), "0.5 oz = 0.5 oz");
}

TEST(PackSize, MultipliesPacks) {
  EXPECT_EQ(Read("6 x 330 ml"), "6 x 330 ml = 1980 ml");
  EXPECT_EQ(Read("6X330ml"), "6 x 330 ml = 1980 ml");
  EXPECT_EQ(Read("500ml×24本"), "24 x 500 ml = 12000 ml");
  EXPECT_EQ(Read("500 ml x 24"), "24 x 500 ml = 12000 ml");
  EXPECT_EQ(Read("2 PK 16 OZ"), "2 x 16 oz = 32 oz");
  EXPECT_EQ(Read("12 PK/12 OZ"), "12 x 12 oz = 144 oz");
  EXPECT_EQ(Read("4.3 OZ/4 PK"), "4 x 4.3 oz = 17.2 oz");
  EXPECT_EQ(Read("10/6.75 OZ"), "10 x 6.75 oz = 67.5 oz");
  EXPECT_EQ(Read("12/.5 L"), "12 x 0.5 l = 6000 ml");
  EXPECT_EQ(Read("12/2 LB"), "12 x 2 lb = 10886.21688 g");
  EXPECT_EQ(Read("6-12 OZ"), "6 x 12 oz = 72 oz");
  EXPECT_EQ(Read("2 - 7.5 OZ"), "2 x 7.5 oz = 15 oz");
  EXPECT_EQ(Read("6 cans x 330 ml"), "6 x 330 ml = 1980 ml");
  EXPECT_EQ(Read("330 ml x 6 cans"), "6 x 330 ml = 1980 ml");
}

// How many boxes there are does not say what is in them.
TEST(PackSize, CountsContainersApartFromPieces) {
  EXPECT_EQ(Read("1 BOX"), "1 box = 1 box");
  EXPECT_EQ(Read("1 PK"), "1 pk = 1 pk");
  EXPECT_EQ(Read("6缶"), "6 can = 6 can");
  EXPECT_EQ(Read("2 PK 10 CT"), "2 x 10 piece = 20 piece");
  EXPECT_EQ(Read("2 x 3 BOX"), "2 x 3 box = 6 box");
  EXPECT_EQ(Read("4 boxes x 10 ct"), "4 x 10 piece = 40 piece");
  EXPECT_EQ(Read("100 BAGS 7 OZ"), "has two readings") << "each, or all together";
  EXPECT_EQ(Read("6 BOX/12 OZ"), "has two readings");
  EXPECT_EQ(Read("4-6 BOX"), "has two readings");
  EXPECT_EQ(Read("985739 BOX"), "has a number out of range");
}

TEST(PackSize, TakesNoThousandsForAFraction) {
  for (const char* label : {"1.500 g", "1.000 ml", "12.500 CT", "6 x 1.500 g"}) {
    EXPECT_EQ(Read(label), "has two readings") << label;
  }
  EXPECT_EQ(Read("1.750 L"), "1.75 l = 1750 ml");
  EXPECT_EQ(Read("0.500 g"), "0.5 g = 0.5 g");
  EXPECT_EQ(Read("12.125 OZ"), "12.125 oz = 12.125 oz");
  EXPECT_EQ(Read("1.50 g"), "1.5 g = 1.5 g");
}

TEST(PackSize, GuessesNothing) {
  for (const char* label : {"14-18 CT", "46-60 LB", "56/64 CT", "12 CT/11 OZ", "12 CT .9 OZ", "20 CT/13 GAL",
                            "528083 5 PK", "5 X 7 IN", "8 PK/5 IN", "2 X55 YD", "3/8 IN X 2", "2/3 g"}) {
    const std::string read = Read(label);
    EXPECT_TRUE(read == "has two readings" || read == "has no known form") << label << ": " << read;
  }
  for (const char* label : {"", "CTN", "LARGE", "GAL", "HALF GAL"}) EXPECT_EQ(Read(label), "has no number") << label;
  for (const char* label : {"12", "8 / 24"}) EXPECT_EQ(Read(label), "has no unit") << label;
  for (const char* label : {"80 XYZ", "1.1 Z", "5 ５"}) EXPECT_EQ(Read(label), "has an unknown unit") << label;
  for (const char* label : {"0 OZ", "985739 PK", "12345 x 1 g", "99999999999 g", "9999999999999999999 g"}) {
    EXPECT_EQ(Read(label), "has a number out of range") << label;
  }
  for (const char* label : {"SIZE 3", "(20) 60 IN", "10 OZ/320 ML", "12 OZ 5 LB 3 G", "6 x", "1.5 x 2 g", "12 OZ ZZ",
                            "2 LB 16 OZ", "10 OZ/"}) {
    EXPECT_EQ(Read(label), "has no known form") << label;
  }
  EXPECT_EQ(Read(std::string(65, '1')), "has no known form");
}

// A label made of random pieces of labels is refused or printed so that it is read again as the same.
TEST(PackSize, IsReadAgainFromItsPrintedForm) {
  constexpr const char* kPieces[] = {"1",  "2", "3",  "4",  "12", ".5",  "0.25", "1,5", "/",  "-",
                                     "x",  "×", " ",  " ",  " ",  "g",   "kg",   "lb",  "oz", "fl",
                                     "ml", "l", "pk", "ct", "in", "gal", "16",   "個",  "box"};
  std::mt19937 random(20'261'122);
  int read = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string label;
    for (std::size_t n = 2 + random() % 7; n > 0; --n) label += kPieces[random() % std::size(kPieces)];
    const std::optional<PackSize> size = ParsePackSize(label);
    if (!size.has_value()) continue;
    ++read;
    EXPECT_EQ(ParsePackSize(FormatPackSize(*size)), size) << label << " printed as " << FormatPackSize(*size);
    EXPECT_GT(size->total, Ratio());
  }
  EXPECT_GT(read, 5'000) << "else the test says little";
}

}  // namespace
}  // namespace awase::catalog

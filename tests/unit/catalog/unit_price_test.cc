#include "awase/catalog/unit_price.h"

#include <limits>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::catalog {
namespace {

Product Pack(std::int64_t price_minor, Ratio content) {
  Product product;
  product.price = Money{price_minor, *CurrencyCode::Parse("USD")};
  product.pack_quantity = content;
  return product;
}

TEST(UnitPrice, IsExact) {
  EXPECT_EQ(UnitPrice(Pack(999, 300)), UnitPrice(Pack(333, 100)));
  EXPECT_EQ(UnitPrice(Pack(450, Ratio::Of(45'359'237, 100'000))), Ratio::Of(45'000'000, 45'359'237));
}

TEST(UnitPrice, IsNothingWhereItIsNotKnown) {
  EXPECT_EQ(UnitPrice(Pack(0, 1)), std::nullopt);
  EXPECT_EQ(UnitPrice(Pack(5, Ratio())), std::nullopt);
  EXPECT_EQ(UnitPrice(Pack(std::numeric_limits<std::int64_t>::max(), Ratio::Of(1, 3))), std::nullopt) << "does not fit";
  Product product = Pack(5, 1);
  product.pack_quantity.reset();
  EXPECT_EQ(UnitPrice(product), std::nullopt);
  product = Pack(5, 1);
  product.price.reset();
  EXPECT_EQ(UnitPrice(product), std::nullopt);
}

std::string Texts(const PricedPack& from, const PricedPack& to, absl::string_view unit, const char* currency = "USD") {
  const UnitPriceTexts texts = FormatUnitPrices(from, to, unit, *CurrencyCode::Parse(currency));
  return std::to_string(texts.per) + ": " + texts.from + ", " + texts.to + ", " + texts.difference;
}

TEST(UnitPrice, IsPrintedAsPeopleReadIt) {
  EXPECT_EQ(Texts({325, 50}, {520, 100}, "g"), "100: USD 6.50, USD 5.20, USD 1.30");
  EXPECT_EQ(Texts({65, 1000}, {104, 2000}, "ml"), "100: USD 0.0650, USD 0.0520, USD 0.0130");
  EXPECT_EQ(Texts({123'456, 1}, {200'000, 2}, "piece"), "1: USD 1,234.56, USD 1,000.00, USD 234.56");
  EXPECT_EQ(Texts({498, 400}, {980, 800}, "g", "JPY"), "100: JPY 125, JPY 123, JPY 2");
  EXPECT_EQ(Texts({1000, 3}, {2000, 7}, "oz", "XXX"), "1: 3.33, 2.86, 0.47");
}

TEST(UnitPrice, IsPrintedUpToTheLargestAmount) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  const std::string most = "JPY 9,000,000,000,000,000,000";
  EXPECT_EQ(Texts({kMost, 1}, {100, 1}, "g", "JPY"), "100: " + most + ", JPY 10,000, " + most);
  // No pack holds so little, but a broken version may say so.
  const double least = std::numeric_limits<double>::denorm_min();
  EXPECT_EQ(Texts({1, least}, {1, least}, "piece", "JPY"), "1: " + most + ", " + most + ", " + most);
}

TEST(UnitPrice, HasEnoughDigitsForADifference) {
  EXPECT_EQ(Texts({100'000, 1}, {199'999, 2}, "piece"), "1: USD 1,000.000, USD 999.995, USD 0.005");
}

}  // namespace
}  // namespace awase::catalog

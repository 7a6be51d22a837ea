#include "awase/base/money.h"

#include <cstdint>
#include <limits>

#include "tests/testing/status_matchers.h"

namespace awase {
namespace {

using ::awase::testing::StatusIs;
using ::testing::HasSubstr;

CurrencyCode Currency(absl::string_view text) { return *CurrencyCode::Parse(text); }

TEST(Money, ParsesExactlyByTheDigitsOfTheCurrency) {
  EXPECT_EQ(ParseMoney("1299.9", Currency("USD"))->minor_units, 129990);
  EXPECT_EQ(ParseMoney("1200", Currency("JPY"))->minor_units, 1200);
  EXPECT_EQ(ParseMoney("1.234", Currency("KWD"))->minor_units, 1234);
  EXPECT_EQ(ParseMoney(" -0.05 ", Currency("EUR"))->minor_units, -5);
  EXPECT_EQ(ParseMoney(".5", Currency("EUR"))->minor_units, 50);
  EXPECT_EQ(ParseMoney("7.", Currency("EUR"))->minor_units, 700);
}

TEST(Money, RoundsFurtherDigitsHalfAwayFromZero) {
  EXPECT_EQ(*ParseMinorUnits("0.4149", 2), 41);
  EXPECT_EQ(*ParseMinorUnits("0.415", 2), 42);
  EXPECT_EQ(*ParseMinorUnits("-0.415", 2), -42);
  EXPECT_EQ(*ParseMinorUnits("99.5", 0), 100);
  EXPECT_EQ(*ParseMinorUnits("0.4149999999999", 2), 41);
}

TEST(Money, RefusesWhatIsNoDecimal) {
  for (const char* text : {"", ".", "-", "abc", "1,5", "1e3", "1.2.3", "--1", "0x10", "inf", "nan", "1 2"}) {
    EXPECT_THAT(ParseMinorUnits(text, 2), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("decimal"))) << text;
  }
}

TEST(Money, RefusesWhatDoesNotFit) {
  EXPECT_EQ(*ParseMinorUnits("92233720368547758.07", 2), std::numeric_limits<std::int64_t>::max());
  for (const char* text : {"92233720368547758.08", "92233720368547758.075", "1000000000000000000000000000000"}) {
    EXPECT_THAT(ParseMinorUnits(text, 2), StatusIs(absl::StatusCode::kOutOfRange)) << text;
  }
}

TEST(Money, FormatsWithCurrencyAndGroups) {
  EXPECT_EQ(FormatMoney({129990, Currency("USD")}), "USD 1,299.90");
  EXPECT_EQ(FormatMoney({-305, Currency("EUR")}), "-EUR 3.05");
  EXPECT_EQ(FormatMoney({1234567, Currency("JPY")}), "JPY 1,234,567");
  EXPECT_EQ(FormatMoney({5, CurrencyCode()}), "0.05");
  EXPECT_EQ(FormatMoney({std::numeric_limits<std::int64_t>::min(), Currency("JPY")}), "-JPY 9,223,372,036,854,775,808");
  EXPECT_EQ(FormatMoneyDifference({7000, Currency("USD")}), "+USD 70.00");
  EXPECT_EQ(FormatMoneyDifference({-7000, Currency("USD")}), "-USD 70.00");
}

TEST(CurrencyCode, IsThreeLettersInAnyCase) {
  EXPECT_EQ(Currency(" usd ").text(), "USD");
  for (const char* text : {"", "US", "USDT", "U$D", "12 "}) {
    EXPECT_THAT(CurrencyCode::Parse(text), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("ISO 4217"))) << text;
  }
}

}  // namespace
}  // namespace awase

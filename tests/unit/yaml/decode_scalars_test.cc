#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/yaml/decode_message.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sample.pb.h"
#include "tests/unit/yaml/sample_testing.h"

namespace awase::yaml {
namespace {

using ::awase::yaml_test::Sample;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(DecodeScalars, StringsAreAsTheyAreWritten) {
  for (const char* text : {"0012", "1e3", "true", "yes", "0x1F", "2026-07-01", "a b", "é"}) {
    EXPECT_EQ(DecodeSample(absl::StrCat("name: ", text)).name(), text);
    EXPECT_EQ(DecodeSample(absl::StrCat("name: \"", text, "\"")).name(), text);
  }
  EXPECT_EQ(DecodeSample("name: ''").name(), "");
  EXPECT_EQ(DecodeSample("name: 'null'").name(), "null");
  EXPECT_EQ(DecodeSample("name: |\n  two\n  lines\n").name(), "two\nlines\n");
}

TEST(DecodeScalars, IntegersReachTheEndsOfTheirRange) {
  const Sample sample = DecodeSample(
      "{small: -2147483648, large: -9223372036854775808, count: 4294967295, big_count: 18446744073709551615}");
  EXPECT_EQ(sample.small(), std::numeric_limits<std::int32_t>::min());
  EXPECT_EQ(sample.large(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(sample.count(), std::numeric_limits<std::uint32_t>::max());
  EXPECT_EQ(sample.big_count(), std::numeric_limits<std::uint64_t>::max());
}

TEST(DecodeScalars, ReportsIntegersOutOfRangeWithTheRange) {
  EXPECT_THAT(ProblemsOf("small: 2147483648\ncount: -1\nlarge: 99999999999999999999\nnumbers: [1, -2147483649]\n"),
              ElementsAre("1:8 small: want a whole number from -2147483648 to 2147483647, got \"2147483648\"",
                          "2:8 count: want a whole number from 0 to 4294967295, got \"-1\"",
                          HasSubstr("3:8 large: want a whole number from -9223372036854775808 to 9223372036854775807"),
                          HasSubstr("4:14 numbers[1]: want a whole number from -2147483648")));
}

TEST(DecodeScalars, RefusesWhatIsNoPlainInteger) {
  for (const char* text : {"1.0", "1e3", "0x10", "010", "1_000", "1,000", "+5", "'-'", "five", "' 5'", "true"}) {
    EXPECT_THAT(ProblemsOf(absl::StrCat("small: ", text)), ElementsAre(HasSubstr("want a whole number such as 10")))
        << text;
  }
  EXPECT_THAT(ProblemsOf("small: \"5\""),
              ElementsAre("1:8 small: want a whole number such as 10 without quotes, got the text \"5\""));
}

TEST(DecodeScalars, NumbersAreFiniteDecimals) {
  EXPECT_EQ(DecodeSample("ratio: 0.25").ratio(), 0.25);
  EXPECT_EQ(DecodeSample("ratio: -1e3").ratio(), -1000.0);
  EXPECT_EQ(DecodeSample("factor: 3").factor(), 3.0F);
  for (const char* text : {".nan", ".inf", "inf", "nan", "1e999", "0x1p3", "'1'", "a"}) {
    EXPECT_THAT(ProblemsOf(absl::StrCat("ratio: ", text)), ElementsAre(HasSubstr("want a number such as 0.25")))
        << text;
  }
  EXPECT_THAT(ProblemsOf("factor: 1e40"), ElementsAre(HasSubstr("within the range of 32 bits")));
}

TEST(DecodeScalars, BooleansAreTrueOrFalse) {
  EXPECT_TRUE(DecodeSample("flag: true").flag());
  EXPECT_FALSE(DecodeSample("flag: false").flag());
  for (const char* text : {"yes", "True", "on", "1", "'true'"}) {
    EXPECT_THAT(ProblemsOf(absl::StrCat("flag: ", text)), ElementsAre(HasSubstr("want true or false"))) << text;
  }
}

TEST(DecodeScalars, EnumsAreNames) {
  EXPECT_EQ(DecodeSample("colour: GREEN").colour(), Sample::GREEN);
  EXPECT_THAT(ProblemsOf("colour: GREN\ncolours: [violet]"),
              ElementsAre("1:9 colour: unknown value \"GREN\"; did you mean GREEN?",
                          "2:11 colours[0]: unknown value \"violet\"; want one of COLOUR_UNSPECIFIED, RED, GREEN"));
}

TEST(DecodeScalars, ListsOfEveryTypeKeepTheirOrder) {
  const Sample sample = DecodeSample(
      "{ratios: [1, 0.5], factors: [2, 1], flags: [true, false], colours: [RED, GREEN], larges: [2, 1],\n"
      " counts: [4, 3], big_counts: [6, 5], prices: [1.00 USD, EUR 2]}");
  EXPECT_THAT(sample.ratios(), ElementsAre(1, 0.5));
  EXPECT_THAT(sample.factors(), ElementsAre(2, 1));
  EXPECT_THAT(sample.flags(), ElementsAre(true, false));
  EXPECT_THAT(sample.colours(), ElementsAre(Sample::RED, Sample::GREEN));
  EXPECT_THAT(sample.larges(), ElementsAre(2, 1));
  EXPECT_THAT(sample.counts(), ElementsAre(4, 3));
  EXPECT_THAT(sample.big_counts(), ElementsAre(6, 5));
  EXPECT_EQ(sample.prices(1).minor_units(), 200);
}

TEST(DecodeScalars, OptionalFieldsKnowWhetherTheyAreGiven) {
  EXPECT_TRUE(DecodeSample("maybe: 0").has_maybe());
  EXPECT_FALSE(DecodeSample("name: a").has_maybe());
}

TEST(DecodeScalars, MoneyIsExactAndItsCurrencyMayComeFirst) {
  for (const char* text : {"49.90 USD", "USD 49.90", "49.9 usd", "'USD 49.90'", "  49.90   USD"}) {
    const Sample sample = DecodeSample(absl::StrCat("price: ", text));
    EXPECT_EQ(sample.price().currency_code(), "USD") << text;
    EXPECT_EQ(sample.price().minor_units(), 4990) << text;
  }
  EXPECT_EQ(DecodeSample("price: JPY 1200").price().minor_units(), 1200);
  EXPECT_EQ(DecodeSample("price: 1.234 KWD").price().minor_units(), 1234);
}

TEST(DecodeScalars, RefusesMoneyThatIsNotExactOrHasNoCurrency) {
  EXPECT_THAT(ProblemsOf("price: 49.90"),
              ElementsAre("1:8 price: want an amount with its currency such as 49.90 USD, got \"49.90\""));
  EXPECT_THAT(ProblemsOf("price: 49.905 USD"), ElementsAre("1:8 price: \"49.905 USD\" has 3 decimals, but USD has 2"));
  EXPECT_THAT(ProblemsOf("price: 49.90 JPY"), ElementsAre(HasSubstr("has 2 decimals, but JPY has 0")));
  EXPECT_THAT(ProblemsOf("price: 1,299.90 USD"), ElementsAre(HasSubstr("\"1,299.90\" is not a decimal number")));
  EXPECT_THAT(ProblemsOf("price: 5 DOLLARS"), ElementsAre(HasSubstr("\"DOLLARS\" is not a currency")));
  EXPECT_THAT(ProblemsOf("price: 99999999999999999999 USD"), ElementsAre(HasSubstr("too large")));
  for (const char* text : {"$5", "USD USD", "5 5", "5 USD each", "''", "USD"}) {
    EXPECT_THAT(ProblemsOf(absl::StrCat("price: ", text)), ElementsAre(HasSubstr("want an amount with its currency")))
        << text;
  }
}

TEST(DecodeScalars, DatesAreMidnightUtcAndTimesHaveAnOffset) {
  EXPECT_EQ(DecodeSample("at: 2026-07-01").at().seconds(), 1782864000);
  EXPECT_EQ(DecodeSample("at: '2026-07-01'").at().seconds(), 1782864000);
  EXPECT_EQ(DecodeSample("at: 2026-07-01T00:00:00Z").at().seconds(), 1782864000);
  EXPECT_EQ(DecodeSample("at: 2026-07-01T09:00:00+09:00").at().seconds(), 1782864000);
  EXPECT_EQ(DecodeSample("at: 1969-12-31T23:59:59.25Z").at().seconds(), -1);
  EXPECT_EQ(DecodeSample("at: 1969-12-31T23:59:59.25Z").at().nanos(), 250'000'000);
}

TEST(DecodeScalars, RefusesWhatIsNoDateOrTime) {
  EXPECT_THAT(ProblemsOf("at: 2026-07-01T09:00:00"),
              ElementsAre(HasSubstr("has no offset from UTC: end it with Z or one such as +09:00")));
  for (const char* text : {"2026-02-30", "2026-13-01", "2026-07-01T25:00:00Z", "2026-07-01T09:00:00Mars"}) {
    EXPECT_THAT(ProblemsOf(absl::StrCat("at: ", text)), ElementsAre(HasSubstr("there is no date or time"))) << text;
  }
  for (const char* text : {"tomorrow", "01.07.2026", "2026-7-1", "20260701", "infinite-future", "''", "1782864000"}) {
    EXPECT_THAT(ProblemsOf(absl::StrCat("at: ", text)), ElementsAre(HasSubstr("want a date such as 2026-07-01")))
        << text;
  }
}

TEST(DecodeScalars, DurationsHaveUnits) {
  EXPECT_EQ(DecodeSample("timeout: 1m30s").timeout().seconds(), 90);
  EXPECT_EQ(DecodeSample("timeout: 250ms").timeout().nanos(), 250'000'000);
  for (const char* text : {"5", "inf", "-inf", "soon"}) {
    EXPECT_THAT(ProblemsOf(absl::StrCat("timeout: ", text)), ElementsAre(HasSubstr("want a duration such as 250ms")))
        << text;
  }
}

TEST(DecodeScalars, LongAndUnprintableTextIsCutInMessages) {
  EXPECT_THAT(ProblemsOf(absl::StrCat("flag: ", std::string(1000, 'x'))),
              ElementsAre("1:7 flag: want true or false, got \"" + std::string(60, 'x') + "…\""));
  EXPECT_THAT(ProblemsOf("flag: \"\\e[31m\""), ElementsAre(HasSubstr("got the text \"\\033[31m\"")));
}

}  // namespace
}  // namespace awase::yaml

#include "ingest/internal/values.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ingest/internal/sql_text.h"
#include "ingest/internal/text_encoding.h"
#include "tests/testing/status_matchers.h"

namespace awase::ingest_internal {
namespace {

using awase::testing::StatusIs;
using ::testing::Optional;

constexpr std::int64_t kDay = 86'400'000'000;

TEST(ParseTimeMicros, ReadsDatesAndTimes) {
  EXPECT_THAT(ParseTimeMicros("1970-01-02"), Optional(kDay));
  EXPECT_THAT(ParseTimeMicros(" 1970/01/02 "), Optional(kDay));
  EXPECT_THAT(ParseTimeMicros("1970-01-02 00:01"), Optional(kDay + 60'000'000));
  EXPECT_THAT(ParseTimeMicros("1970-01-02T00:01:02.25"), Optional(kDay + 62'250'000));
  EXPECT_THAT(ParseTimeMicros("1970-01-01 00:00:00.123456789"), Optional(123'456));
  EXPECT_THAT(ParseTimeMicros("2000-02-29"), Optional(11016 * kDay));
  EXPECT_THAT(ParseTimeMicros("1969-12-31"), Optional(-kDay));
}

TEST(ParseTimeMicros, TurnsZonesIntoUtc) {
  EXPECT_THAT(ParseTimeMicros("1970-01-02 00:00:00Z"), Optional(kDay));
  EXPECT_THAT(ParseTimeMicros("1970-01-02 02:00:00+02"), Optional(kDay));
  EXPECT_THAT(ParseTimeMicros("1970-01-02 02:30:00 +0230"), Optional(kDay));
  EXPECT_THAT(ParseTimeMicros("1970-01-01T19:00:00-05:00"), Optional(kDay));
}

TEST(ParseTimeMicros, RefusesWhatIsNoDate) {
  for (const char* text : {"", "x", "1700000000", "20170702", "2023-02-29", "2023-13-01", "01/02/2023", "2023-1-2",
                           "2023-01-02 25:00", "2023-01-02 10", "2023-01-02 10:00:61", "2023-01-02 10:00:00+99",
                           "2023-01-02 10:00:00 x", "2023-01-02x", "infinity"}) {
    EXPECT_EQ(ParseTimeMicros(text), std::nullopt) << text;
  }
}

TEST(ParseQuantityMilli, KeepsThousandths) {
  EXPECT_EQ(ParseQuantityMilli("2").value_or(0), 2000);
  EXPECT_EQ(ParseQuantityMilli("-1.2505").value_or(0), -1251);
  EXPECT_EQ(ParseQuantityMilli("1000000000").value_or(0), 1'000'000'000'000);
}

TEST(ParseQuantityMilli, RefusesOtherText) {
  EXPECT_THAT(ParseQuantityMilli("two"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ParseQuantityMilli("1e3"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ParseQuantityMilli("1000000001"), StatusIs(absl::StatusCode::kOutOfRange));
  EXPECT_THAT(ParseQuantityMilli("99999999999999999999999"), StatusIs(absl::StatusCode::kOutOfRange));
}

TEST(ParseFlag, ReadsTheUsualWords) {
  EXPECT_THAT(ParseFlag("Yes"), Optional(true));
  EXPECT_THAT(ParseFlag(" 0 "), Optional(false));
  EXPECT_EQ(ParseFlag("maybe"), std::nullopt);
}

TEST(ParseNumber, ReadsFiniteDecimals) {
  EXPECT_THAT(ParseNumber("1.5e2"), Optional(150.0));
  for (const char* text : {"", "inf", "nan", "0x10", "128 GB", "1,5"})
    EXPECT_EQ(ParseNumber(text), std::nullopt) << text;
}

TEST(ParseWhole, ReadsWholeNumbers) {
  EXPECT_THAT(ParseWhole("12.0"), Optional(12));
  EXPECT_THAT(ParseWhole("-3"), Optional(-3));
  for (const char* text : {"", "1.5", "x", "99999999999999999999"}) EXPECT_EQ(ParseWhole(text), std::nullopt) << text;
}

TEST(Utf8Prefix, CutsNoCharacterInTwo) {
  EXPECT_EQ(Utf8Prefix("aé", 2), "a");
  EXPECT_EQ(Utf8Prefix("aé", 3), "aé");
}

TEST(SqlText, QuotesWhatWouldEndALiteralOrName) {
  EXPECT_EQ(QuoteLiteral("it's"), "'it''s'");
  EXPECT_EQ(QuoteName("a \"b\""), "\"a \"\"b\"\"\"");
  EXPECT_EQ(QuotePath("a[1]*?"), "'a[[]1][*][?]'");
}

}  // namespace
}  // namespace awase::ingest_internal

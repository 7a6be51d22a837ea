// What is read without a cast means the same as the text that a cast gives.

#include "ingest/internal/query_column.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/base/money.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ingest/internal/values.h"
#include "tests/testing/status_matchers.h"

namespace awase::ingest_internal {
namespace {

struct TypeCase {
  const char* name;
  std::string values;  // SELECT … AS v
};

// Values that are odd in some way, and a great many others.
std::string Doubles() {
  return "SELECT unnest([0, -0.0, 1, -1, 19.99, 0.1, 0.105, 1.005, 2.5, 0.125, 0.0005, 1e-4, 9.9999e-5, 1e-12, 5e-324, "
         "0.00002, 1e11, 99999999999.99, 1e14, 1e15, 123456789012345.6, 1e16, 1e22, 1.7e308, 'nan', 'inf', '-inf', "
         "13.986666666666666, 0.30000000000000004, 9007199254740993, -7.5, NULL]::DOUBLE[]) AS v "
         "UNION ALL SELECT (hash(i) % 100000000) / 100.0 FROM range(20000) t(i) "
         "UNION ALL SELECT (hash(i) % 100000000) / 1000.0 FROM range(20000) t(i) "
         "UNION ALL SELECT (hash(i) % 100000) / 100000.0 FROM range(20000) t(i) "
         "UNION ALL SELECT (hash(i) % 1000003) / 7.0 * pow(10, i % 22 - 8) FROM range(40000) t(i) "
         "UNION ALL SELECT ((hash(i) % 1000003) / 1000.0) * 1.19 FROM range(40000) t(i)";
}

std::string Wholes(const std::string& type, const std::string& least, const std::string& most) {
  return absl::StrCat("SELECT unnest([0, 1, 7, 100, ", least, ", ", most, ", NULL]::", type, "[]) AS v ",
                      "UNION ALL SELECT (hash(i) % 128)::", type, " FROM range(5000) t(i)");
}

std::string Decimals(int width, int scale) {
  const std::string type = absl::StrCat("DECIMAL(", width, ",", scale, ")");
  return absl::StrCat("SELECT unnest([0, NULL]::", type, "[]) AS v UNION ALL SELECT ((hash(i) % 1000000007) % pow(10, ",
                      width - scale, ")::HUGEINT * (i % 2 * 2 - 1))::", type, " FROM range(3000) t(i)",
                      " UNION ALL SELECT (((hash(i) % 1000003) / 1000003.0) * (i % 2 * 2 - 1) * 0.99)::", type,
                      " FROM range(3000) t(i)");
}

std::string Times(const std::string& type) {
  return absl::StrCat(
      "SELECT unnest(['1970-01-01', '1969-12-31 23:59:59.999999', '2024-02-29 12:30:05.25', "
      "'2000-01-01 00:00:00.000001', '1700-06-01 01:02:03', NULL]::",
      type, "[]) AS v UNION ALL SELECT (TIMESTAMP '1900-01-01' + INTERVAL (hash(i) % 6000000000) SECOND + ",
      "INTERVAL (hash(i) % 1000000) MICROSECOND)::", type, " FROM range(20000) t(i)");
}

std::string OddTimes(const std::string& type) {
  return absl::StrCat(
      "SELECT unnest(['0001-01-01', '9999-12-31', '0044-03-15 (BC)', '12024-01-01', 'infinity', "
      "'-infinity', '0001-12-31 (BC)', NULL]::",
      type, "[]) AS v");
}

// What the readers make of a column in one use, beside its text.
struct Seen {
  std::string text;  // TextExpression's
  std::string read;
  TypedValue value;
  std::string late_text;
};

struct Collector {
  QueryColumnReader reader;
  std::vector<Seen> seen;
};

void Collect(duckdb_function_info info, duckdb_data_chunk chunk, duckdb_vector result) {
  auto& collector = *static_cast<Collector*>(duckdb_scalar_function_get_extra_info(info));
  const std::size_t size = duckdb_data_chunk_get_size(chunk);
  QueryColumnReader text({"text", DUCKDB_TYPE_VARCHAR}, ColumnUse::kText);
  idx_t position = 0;
  text.Convert(chunk, &position, size);
  collector.reader.Convert(chunk, &position, size);
  for (std::size_t row = 0; row < size; ++row) {
    Seen& seen = collector.seen.emplace_back();
    seen.text = std::string(text.text(row));
    seen.read = std::string(collector.reader.text(row));
    if (collector.reader.has_values()) seen.value = collector.reader.value(row);
    if (seen.value.kind != TypedValue::Kind::kNone) seen.late_text = collector.reader.LateText(row);
    static_cast<bool*>(duckdb_vector_get_data(result))[row] = true;
  }
}

std::vector<Seen> ReadAll(const std::string& select, ColumnUse use) {
  auto session = DuckDbSession::Open(1);
  EXPECT_TRUE(session.ok()) << session.status();
  const auto described = (*session)->Describe(select);
  EXPECT_TRUE(described.ok()) << described.status();
  if (!described.ok()) return {};
  const QueryColumn& column = described->front();
  Collector collector{QueryColumnReader(column, use), {}};
  duckdb_scalar_function function = duckdb_create_scalar_function();
  duckdb_logical_type any = duckdb_create_logical_type(DUCKDB_TYPE_ANY);
  duckdb_logical_type flag = duckdb_create_logical_type(DUCKDB_TYPE_BOOLEAN);
  duckdb_scalar_function_set_name(function, "collect");
  duckdb_scalar_function_set_varargs(function, any);
  duckdb_scalar_function_set_special_handling(function);
  duckdb_scalar_function_set_volatile(function);
  duckdb_scalar_function_set_return_type(function, flag);
  duckdb_scalar_function_set_extra_info(function, &collector, nullptr);
  duckdb_scalar_function_set_function(function, Collect);
  EXPECT_EQ(duckdb_register_scalar_function((*session)->connection(), function), DuckDBSuccess);
  duckdb_destroy_logical_type(&flag);
  duckdb_destroy_logical_type(&any);
  duckdb_destroy_scalar_function(&function);
  // A table, so that nothing is folded before it is read.
  AWASE_EXPECT_OK((*session)->Execute(absl::StrCat("CREATE TABLE t AS ", select)));
  AWASE_EXPECT_OK(
      (*session)->Execute(absl::StrCat("SELECT count(collect(", TextExpression(column), ", ",
                                       absl::StrJoin(QueryColumnReader::Expressions(column, use), ", "), ")) FROM t")));
  EXPECT_FALSE(collector.seen.empty());
  return std::move(collector.seen);
}

class QueryColumnTypes : public ::testing::TestWithParam<TypeCase> {};

TEST_P(QueryColumnTypes, GiveTheTextOfACast) {
  for (const Seen& seen : ReadAll(GetParam().values, ColumnUse::kText)) {
    ASSERT_EQ(seen.read, seen.text);
    ASSERT_EQ(seen.value.kind, TypedValue::Kind::kNone);
  }
}

TEST_P(QueryColumnTypes, GiveTheDecimalsOfTheirTexts) {
  std::size_t settled = 0;
  for (const Seen& seen : ReadAll(GetParam().values, ColumnUse::kDecimal)) {
    const bool is_typed = seen.value.kind != TypedValue::Kind::kNone;
    ASSERT_EQ(is_typed ? seen.late_text : seen.read, seen.text);
    for (const int digits : {0, 2, 3}) {
      const auto value = DecimalOf(seen.value, digits);
      settled += value.has_value() ? 1 : 0;
      if (value.has_value()) {
        ASSERT_EQ(*value, ParseMinorUnits(seen.text, digits).value_or(-1)) << seen.text;
      }
    }
  }
  RecordProperty("settled", static_cast<int>(settled));
}

TEST_P(QueryColumnTypes, GiveTheTimesOfTheirTexts) {
  for (const Seen& seen : ReadAll(GetParam().values, ColumnUse::kTime)) {
    const bool is_typed = seen.value.kind != TypedValue::Kind::kNone;
    ASSERT_EQ(is_typed ? seen.late_text : seen.read, seen.text);
    if (!is_typed) continue;
    ASSERT_EQ(seen.value.kind, TypedValue::Kind::kMicros);
    ASSERT_THAT(ParseTimeMicros(seen.text), ::testing::Optional(seen.value.whole)) << seen.text;
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, QueryColumnTypes,
    ::testing::Values(
        TypeCase{"Double", Doubles()},
        TypeCase{"Float", "SELECT unnest([0, 1, 19.99, 0.1, 1e-5, 1e20, 'nan', 16777217, NULL]::FLOAT[]) AS v"},
        TypeCase{"TinyInt", Wholes("TINYINT", "-128", "127")}, TypeCase{"UTinyInt", Wholes("UTINYINT", "0", "255")},
        TypeCase{"SmallInt", Wholes("SMALLINT", "-32768", "32767")},
        TypeCase{"USmallInt", Wholes("USMALLINT", "0", "65535")},
        TypeCase{"Integer", Wholes("INTEGER", "-2147483648", "2147483647")},
        TypeCase{"UInteger", Wholes("UINTEGER", "0", "4294967295")},
        TypeCase{"BigInt", Wholes("BIGINT", "-9223372036854775808", "9223372036854775807")},
        TypeCase{"UBigInt", Wholes("UBIGINT", "0", "18446744073709551615")},
        TypeCase{"HugeInt", Wholes("HUGEINT", "-9223372036854775809", "9223372036854775808")},
        TypeCase{"Decimal4", Decimals(4, 2)}, TypeCase{"Decimal2", Decimals(2, 2)},
        TypeCase{"Decimal9", Decimals(9, 4)}, TypeCase{"Decimal18", Decimals(18, 6)},
        TypeCase{"Decimal18Whole", Decimals(18, 0)}, TypeCase{"Decimal18Small", Decimals(18, 18)},
        TypeCase{"Decimal38", Decimals(38, 10)}, TypeCase{"Boolean", "SELECT unnest([true, false, NULL]) AS v"},
        TypeCase{"Varchar", "SELECT unnest(['', 'a', '1.5', '2024-01-01', 'longer than twelve bytes', NULL]) AS v"},
        TypeCase{"Timestamp", Times("TIMESTAMP")}, TypeCase{"OddTimestamp", OddTimes("TIMESTAMP")},
        TypeCase{"TimestampTz", Times("TIMESTAMPTZ")}, TypeCase{"OddTimestampTz", OddTimes("TIMESTAMPTZ")},
        TypeCase{"TimestampS", Times("TIMESTAMP_S")}, TypeCase{"TimestampMs", Times("TIMESTAMP_MS")},
        TypeCase{"TimestampNs", Times("TIMESTAMP_NS")}, TypeCase{"Date", Times("DATE")},
        TypeCase{"OddDate", OddTimes("DATE")}, TypeCase{"Time", "SELECT unnest([TIME '12:30:05', NULL]) AS v"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(DecimalOf, RoundsHalfAwayFromZero) {
  TypedValue value;
  value.kind = TypedValue::Kind::kDecimal;
  value.scale = 3;
  value.whole = 1'505;
  EXPECT_THAT(DecimalOf(value, 2), ::testing::Optional(151));
  value.whole = -1'505;
  EXPECT_THAT(DecimalOf(value, 2), ::testing::Optional(-151));
  value.whole = 1'000'000'000'000'000;
  EXPECT_EQ(DecimalOf(value, 3), std::nullopt);
}

TEST(DecimalOf, LeavesDoublesNearAHalfToTheirText) {
  TypedValue value;
  value.kind = TypedValue::Kind::kDouble;
  value.number = 19.99;
  EXPECT_THAT(DecimalOf(value, 2), ::testing::Optional(1'999));
  value.number = 1.0049999999999;
  EXPECT_EQ(DecimalOf(value, 2), std::nullopt);
}

}  // namespace
}  // namespace awase::ingest_internal

#include "ingest/internal/query_column.h"

#include <charconv>
#include <cmath>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "ingest/internal/sql_text.h"

// A cast to text in DuckDB costs 50 to 150 ns a value, and parsing that text again 10 more: too much for the numbers
// and times of a file that has them as such. Only what is an id has to be text then; whole numbers become text here.
// Doubles come with a second column that holds TextExpression's text where it is not simply the shortest decimal, and
// NULL elsewhere; where a column's statistics say that it has no such values, DuckDB drops the test. Tested by
// query_column_test.cc, against TextExpression.

namespace awase::ingest_internal {
namespace {

constexpr std::size_t kTextBytes = 24;  // the longest int64 has 20

bool IsValid(const std::uint64_t* validity, std::size_t row) {
  return validity == nullptr || (validity[row / 64] >> (row % 64) & 1) != 0;
}

template <typename T>
T ValueAt(const void* values, std::size_t row) {
  return static_cast<const T*>(values)[row];
}

absl::string_view StringAt(const void* values, std::size_t row) {
  const duckdb_string_t& text = static_cast<const duckdb_string_t*>(values)[row];
  const std::uint32_t length = text.value.inlined.length;
  return {length <= sizeof(text.value.inlined.inlined) ? text.value.inlined.inlined : text.value.pointer.ptr, length};
}

// A whole number, or what a decimal or time is stored as.
std::int64_t WholeAt(const QueryColumn& column, const void* values, std::size_t row) {
  switch (column.type) {
    case DUCKDB_TYPE_TINYINT:
      return ValueAt<std::int8_t>(values, row);
    case DUCKDB_TYPE_UTINYINT:
      return ValueAt<std::uint8_t>(values, row);
    case DUCKDB_TYPE_SMALLINT:
      return ValueAt<std::int16_t>(values, row);
    case DUCKDB_TYPE_USMALLINT:
      return ValueAt<std::uint16_t>(values, row);
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_DATE:
      return ValueAt<std::int32_t>(values, row);
    case DUCKDB_TYPE_UINTEGER:
      return ValueAt<std::uint32_t>(values, row);
    case DUCKDB_TYPE_DECIMAL:
      if (column.width <= 4) return ValueAt<std::int16_t>(values, row);
      if (column.width <= 9) return ValueAt<std::int32_t>(values, row);
      return ValueAt<std::int64_t>(values, row);
    default:
      return ValueAt<std::int64_t>(values, row);
  }
}

// In microseconds since 1970-01-01 UTC; false outside the years 1 to 9999, whose text is no ISO 8601.
bool MicrosOf(duckdb_type type, std::int64_t stored, std::int64_t* micros) {
  constexpr std::int64_t kMicrosPerSecond = 1'000'000;
  constexpr std::int64_t kFirstSecond = -62'135'596'800;
  constexpr std::int64_t kLastSecond = 253'402'300'799;
  std::int64_t per_second = kMicrosPerSecond;  // of the stored unit
  if (type == DUCKDB_TYPE_TIMESTAMP || type == DUCKDB_TYPE_TIMESTAMP_TZ) {
    *micros = stored;
    return stored >= kFirstSecond * kMicrosPerSecond && stored < (kLastSecond + 1) * kMicrosPerSecond;
  }
  if (type == DUCKDB_TYPE_TIMESTAMP_S) per_second = 1;
  if (type == DUCKDB_TYPE_TIMESTAMP_MS) per_second = 1'000;
  if (type == DUCKDB_TYPE_TIMESTAMP_NS) per_second = 1'000'000'000;
  if (type == DUCKDB_TYPE_DATE) {
    constexpr std::int64_t kSecondsPerDay = 86'400;
    stored *= kSecondsPerDay;  // stored as 32 bits
    per_second = 1;
  }
  std::int64_t second = stored / per_second;
  std::int64_t rest = stored % per_second;
  if (rest < 0) {
    rest += per_second;
    --second;
  }
  if (second < kFirstSecond || second > kLastSecond) return false;
  *micros = second * kMicrosPerSecond +
            (per_second <= kMicrosPerSecond ? rest * (kMicrosPerSecond / per_second) : rest / 1'000);
  return true;
}

// Destroys what it is given.
std::string TakeText(duckdb_value value) {
  char* const text = duckdb_get_varchar(value);
  std::string taken(text == nullptr ? "" : text);
  duckdb_free(text);
  duckdb_destroy_value(&value);
  return taken;
}

duckdb_value TimeValue(duckdb_type type, std::int64_t stored) {
  switch (type) {
    case DUCKDB_TYPE_DATE:
      return duckdb_create_date({static_cast<std::int32_t>(stored)});
    case DUCKDB_TYPE_TIMESTAMP_S:
      return duckdb_create_timestamp_s({stored});
    case DUCKDB_TYPE_TIMESTAMP_MS:
      return duckdb_create_timestamp_ms({stored});
    case DUCKDB_TYPE_TIMESTAMP_NS:
      return duckdb_create_timestamp_ns({stored});
    case DUCKDB_TYPE_TIMESTAMP_TZ:
      return duckdb_create_timestamp_tz({stored});
    default:
      return duckdb_create_timestamp({stored});
  }
}

// The double's own text is TextExpression's. The test has two comparisons for nearly all values.
std::string HasOwnText(const std::string& name) {
  return absl::Substitute("($0 >= 1e-4 AND $0 < 1e15) OR $0 = 0 OR ($0 <= -1e-4 AND $0 > -1e15)", name);
}

}  // namespace

std::string TextExpression(const QueryColumn& column) {
  const std::string name = QuoteName(column.name);
  if (column.type == DUCKDB_TYPE_VARCHAR) return name;
  if (column.type != DUCKDB_TYPE_FLOAT && column.type != DUCKDB_TYPE_DOUBLE) {
    return absl::StrCat("CAST(", name, " AS VARCHAR)");
  }
  // DuckDB writes doubles from 1e15 and below 1e-4 with an exponent; what fits no decimal stays as it is and is
  // reported.
  return absl::Substitute(
      "CASE WHEN abs($0) < 1e15 AND $0 = trunc($0) THEN CAST(CAST($0 AS BIGINT) AS VARCHAR) "
      "WHEN abs($0) >= 1e-4 AND abs($0) < 1e15 THEN CAST($0 AS VARCHAR) "
      "ELSE coalesce(CAST(TRY_CAST($0 AS DECIMAL(38, 12)) AS VARCHAR), CAST($0 AS VARCHAR)) END",
      name);
}

QueryColumnReader::Form QueryColumnReader::FormOf(const QueryColumn& column, ColumnUse use) {
  switch (column.type) {
    case DUCKDB_TYPE_TINYINT:
    case DUCKDB_TYPE_UTINYINT:
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_USMALLINT:
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_UINTEGER:
    case DUCKDB_TYPE_BIGINT:
      return use == ColumnUse::kTime ? Form::kText : Form::kWhole;
    case DUCKDB_TYPE_DOUBLE:
      return use == ColumnUse::kTime ? Form::kText : Form::kDouble;
    case DUCKDB_TYPE_DECIMAL:
      // Up to 18 digits are stored in 64 bits.
      return use == ColumnUse::kDecimal && column.width <= 18 ? Form::kDecimal : Form::kText;
    case DUCKDB_TYPE_DATE:
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_S:
    case DUCKDB_TYPE_TIMESTAMP_MS:
    case DUCKDB_TYPE_TIMESTAMP_NS:
    case DUCKDB_TYPE_TIMESTAMP_TZ:
      return use == ColumnUse::kTime ? Form::kTime : Form::kText;
    default:
      return Form::kText;
  }
}

QueryColumnReader::QueryColumnReader(const QueryColumn& column, ColumnUse use)
    : column_(column), use_(use), form_(FormOf(column, use)), texts_(duckdb_vector_size()) {
  if (has_values()) values_.resize(duckdb_vector_size());
  if (form_ != Form::kText) bytes_.resize(duckdb_vector_size() * kTextBytes);
}

std::vector<std::string> QueryColumnReader::Expressions(const QueryColumn& column, ColumnUse use) {
  const Form form = FormOf(column, use);
  if (form == Form::kText) return {TextExpression(column)};
  const std::string name = QuoteName(column.name);
  if (form != Form::kDouble) return {name};
  return {name, absl::StrCat("CASE WHEN ", HasOwnText(name), " THEN NULL ELSE ", TextExpression(column), " END")};
}

QueryColumnReader::Vector QueryColumnReader::NextVector(duckdb_data_chunk chunk, idx_t* position) {
  const duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, (*position)++);
  return {duckdb_vector_get_data(vector), duckdb_vector_get_validity(vector)};
}

void QueryColumnReader::Convert(duckdb_data_chunk chunk, idx_t* position, std::size_t size) {
  vector_ = NextVector(chunk, position);
  if (form_ == Form::kText) {
    for (std::size_t row = 0; row < size; ++row) {
      texts_[row] = IsValid(vector_.validity, row) ? StringAt(vector_.values, row) : absl::string_view();
    }
    return;
  }
  const Vector odd = form_ == Form::kDouble ? NextVector(chunk, position) : Vector();
  odd_texts_.clear();
  for (std::size_t row = 0; row < size; ++row) {
    texts_[row] = {};
    if (has_values()) values_[row].kind = TypedValue::Kind::kNone;
    if (!IsValid(vector_.validity, row)) continue;
    if (odd.values != nullptr && IsValid(odd.validity, row)) {
      texts_[row] = StringAt(odd.values, row);
    } else if (!has_values() || !MakeValue(row, &values_[row])) {
      texts_[row] = MakeText(row);
    }
  }
}

bool QueryColumnReader::MakeValue(std::size_t row, TypedValue* value) const {
  switch (form_) {
    case Form::kWhole:
    case Form::kDecimal:
      value->kind = TypedValue::Kind::kDecimal;
      value->scale = static_cast<std::uint8_t>(column_.scale);
      value->whole = WholeAt(column_, vector_.values, row);
      return true;
    case Form::kDouble:
      value->kind = TypedValue::Kind::kDouble;
      value->number = ValueAt<double>(vector_.values, row);
      return true;
    case Form::kTime:
      if (!MicrosOf(column_.type, WholeAt(column_, vector_.values, row), &value->whole)) return false;
      value->kind = TypedValue::Kind::kMicros;
      return true;
    case Form::kText:
      break;
  }
  return false;
}

// Of a value that is not typed.
absl::string_view QueryColumnReader::MakeText(std::size_t row) {
  std::int64_t whole = 0;
  bool is_whole = form_ == Form::kWhole;
  if (is_whole) whole = WholeAt(column_, vector_.values, row);
  if (form_ == Form::kDouble) {
    const double number = ValueAt<double>(vector_.values, row);
    is_whole = number == std::trunc(number);
    if (is_whole) whole = static_cast<std::int64_t>(number);
  }
  if (!is_whole) return odd_texts_.emplace_back(LateText(row));
  char* const out = bytes_.data() + row * kTextBytes;
  return {out, static_cast<std::size_t>(std::to_chars(out, out + kTextBytes, whole).ptr - out)};
}

std::string QueryColumnReader::LateText(std::size_t row) const {
  const std::int64_t stored = form_ == Form::kDouble ? 0 : WholeAt(column_, vector_.values, row);
  switch (form_) {
    case Form::kDouble: {
      const double number = ValueAt<double>(vector_.values, row);
      if (number == std::trunc(number)) return absl::StrCat(static_cast<std::int64_t>(number));
      return TakeText(duckdb_create_double(number));
    }
    case Form::kDecimal: {
      duckdb_decimal decimal{static_cast<std::uint8_t>(column_.width), static_cast<std::uint8_t>(column_.scale), {}};
      decimal.value.lower = static_cast<std::uint64_t>(stored);
      decimal.value.upper = stored < 0 ? -1 : 0;
      return TakeText(duckdb_create_decimal(decimal));
    }
    case Form::kTime:
      return TakeText(TimeValue(column_.type, stored));
    case Form::kWhole:
    case Form::kText:
      break;
  }
  return absl::StrCat(stored);
}

}  // namespace awase::ingest_internal

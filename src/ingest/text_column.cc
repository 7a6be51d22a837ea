#include "ingest/internal/text_column.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "ingest/internal/sql_text.h"

// A cast to text in DuckDB costs 50 to 150 ns a value; whole numbers, times and short decimals take about 10 here. What
// a text made here could not be proved to equal is left to DuckDB: the values of such a type come with a second column,
// which holds the text of the odd values and is NULL for the others, and DuckDB makes only those texts.
//
// Why a double of up to four decimals is no odd value: with k = round(x · 10^4) and x = k / 10^4 (correctly rounded), x
// is the double nearest to that decimal. |k| < 10^15 has at most 15 digits, and no two decimals of at most 15 digits
// share a double, so this decimal is the shortest that reads back as x, which is what DuckDB writes.
//
// Tested by text_column_test.cc against TextExpression.

namespace awase::ingest_internal {
namespace {

constexpr std::size_t kMostBytes = 40;
constexpr double kDoubleScale = 1e4;
constexpr unsigned kDoubleDigits = 4;
constexpr const char* kMostDouble = "1e11";

bool IsValid(const std::uint64_t* validity, std::size_t row) {
  return validity == nullptr || (validity[row / 64] >> (row % 64) & 1) != 0;
}

absl::string_view TextOf(const duckdb_string_t& text) {
  const std::uint32_t length = text.value.inlined.length;
  return {length <= sizeof(text.value.inlined.inlined) ? text.value.inlined.inlined : text.value.pointer.ptr, length};
}

template <typename T>
T ValueAt(const void* values, std::size_t row) {
  return static_cast<const T*>(values)[row];
}

char* WriteWhole(std::int64_t value, char* out) { return std::to_chars(out, out + kMostBytes, value).ptr; }

char* WriteDigits(std::uint64_t value, unsigned digits, char* out) {
  for (unsigned i = digits; i > 0; --i, value /= 10) out[i - 1] = static_cast<char>('0' + value % 10);
  return out + digits;
}

// The digits of `value` / 10^scale, all of them.
char* WriteDecimal(std::int64_t value, unsigned scale, bool has_zero, char* out) {
  std::uint64_t magnitude = value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  std::uint64_t unit = 1;
  for (unsigned i = 0; i < scale; ++i) unit *= 10;
  if (value < 0) *out++ = '-';
  if (has_zero || magnitude >= unit) out = std::to_chars(out, out + kMostBytes / 2, magnitude / unit).ptr;
  if (scale == 0) return out;
  *out++ = '.';
  return WriteDigits(magnitude % unit, scale, out);
}

char* CutZeros(char* begin, char* end) {
  while (end != begin && end[-1] == '0') --end;
  return end;
}

// "2024-02-29", for years 1 to 9999.
char* WriteDate(std::int64_t days, char* out) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
  out = WriteDigits(static_cast<unsigned>(static_cast<int>(date.year())), 4, out);
  *out++ = '-';
  out = WriteDigits(static_cast<unsigned>(date.month()), 2, out);
  *out++ = '-';
  return WriteDigits(static_cast<unsigned>(date.day()), 2, out);
}

// "2024-02-29 12:30:05.25", for years 1 to 9999.
char* WriteTime(std::int64_t micros, char* out) {
  constexpr std::int64_t kMicrosPerDay = 86'400'000'000;
  const std::int64_t days = micros >= 0 ? micros / kMicrosPerDay : -((kMicrosPerDay - 1 - micros) / kMicrosPerDay);
  const auto of_day = static_cast<std::uint64_t>(micros - days * kMicrosPerDay);
  const std::uint64_t seconds = of_day / 1'000'000;
  out = WriteDate(days, out);
  *out++ = ' ';
  out = WriteDigits(seconds / 3600, 2, out);
  *out++ = ':';
  out = WriteDigits(seconds / 60 % 60, 2, out);
  *out++ = ':';
  out = WriteDigits(seconds % 60, 2, out);
  if (of_day % 1'000'000 == 0) return out;
  *out++ = '.';
  return CutZeros(out, WriteDigits(of_day % 1'000'000, 6, out));
}

std::size_t BytesOf(duckdb_type type) {
  switch (type) {
    case DUCKDB_TYPE_TINYINT:
    case DUCKDB_TYPE_UTINYINT:
      return 1;
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_USMALLINT:
      return 2;
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_UINTEGER:
    case DUCKDB_TYPE_DATE:
      return 4;
    default:
      return 8;
  }
}

// How a decimal of at most 18 digits is stored.
duckdb_type StorageOf(const QueryColumn& column) {
  if (column.type != DUCKDB_TYPE_DECIMAL) return column.type;
  return column.width <= 4 ? DUCKDB_TYPE_SMALLINT : column.width <= 9 ? DUCKDB_TYPE_INTEGER : DUCKDB_TYPE_BIGINT;
}

std::int64_t WholeAt(duckdb_type type, const void* values, std::size_t row) {
  switch (type) {
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
    default:
      return ValueAt<std::int64_t>(values, row);
  }
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

TextColumn::Form TextColumn::FormOf(const QueryColumn& column) {
  switch (column.type) {
    case DUCKDB_TYPE_TINYINT:
    case DUCKDB_TYPE_UTINYINT:
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_USMALLINT:
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_UINTEGER:
    case DUCKDB_TYPE_BIGINT:
      return Form::kWhole;
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_TZ:
      return Form::kTime;
    case DUCKDB_TYPE_DATE:
      return Form::kDate;
    case DUCKDB_TYPE_DOUBLE:
      return Form::kDouble;
    case DUCKDB_TYPE_DECIMAL:
      return column.width <= 18 ? Form::kDecimal : Form::kText;
    default:
      return Form::kText;
  }
}

bool TextColumn::HasOddValues(Form form) { return form == Form::kTime || form == Form::kDate || form == Form::kDouble; }

TextColumn::TextColumn(const QueryColumn& column)
    : form_(FormOf(column)),
      type_(StorageOf(column)),
      value_bytes_(BytesOf(type_)),
      scale_(column.scale),
      has_zero_(column.width > column.scale),
      suffix_(column.type == DUCKDB_TYPE_TIMESTAMP_TZ ? "+00" : ""),
      texts_(duckdb_vector_size()),
      bytes_(form_ == Form::kText ? 0 : duckdb_vector_size() * kMostBytes) {}

std::vector<std::string> TextColumn::Expressions(const QueryColumn& column) {
  const Form form = FormOf(column);
  if (form == Form::kText) return {TextExpression(column)};
  const std::string name = QuoteName(column.name);
  std::vector<std::string> expressions = {name};
  if (!HasOddValues(form)) return expressions;
  const std::string is_plain =
      form == Form::kDouble
          ? absl::Substitute("abs($0) < $1 AND $0 = round($0 * 1e4) / 1e4", name, kMostDouble)
          : absl::StrCat(name, form == Form::kDate ? " BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'"
                               : column.type == DUCKDB_TYPE_TIMESTAMP_TZ
                                   ? " BETWEEN TIMESTAMPTZ '0001-01-01 00:00:00+00' AND TIMESTAMPTZ "
                                     "'9999-12-31 00:00:00+00'"
                                   : " BETWEEN TIMESTAMP '0001-01-01' AND TIMESTAMP '9999-12-31'");
  expressions.push_back(absl::StrCat("CASE WHEN ", is_plain, " THEN NULL ELSE ", TextExpression(column), " END"));
  return expressions;
}

char* TextColumn::Write(const void* values, std::size_t row, char* out) const {
  switch (form_) {
    case Form::kWhole:
      return WriteWhole(WholeAt(type_, values, row), out);
    case Form::kDecimal:
      return WriteDecimal(WholeAt(type_, values, row), scale_, has_zero_, out);
    case Form::kDate:
      return WriteDate(WholeAt(type_, values, row), out);
    case Form::kTime:
      out = WriteTime(WholeAt(type_, values, row), out);
      std::memcpy(out, suffix_.data(), suffix_.size());
      return out + suffix_.size();
    case Form::kDouble: {
      const std::int64_t scaled = std::llround(ValueAt<double>(values, row) * kDoubleScale);
      if (scaled % 10'000 == 0) return WriteWhole(scaled / 10'000, out);
      return CutZeros(out, WriteDecimal(scaled, kDoubleDigits, /*has_zero=*/true, out));
    }
    case Form::kText:
      break;
  }
  return out;
}

bool TextColumn::SameAsBefore(const void* values, std::size_t row) const {
  const char* const value = static_cast<const char*>(values) + row * value_bytes_;
  return std::memcmp(value, value - value_bytes_, value_bytes_) == 0;
}

void TextColumn::Convert(duckdb_data_chunk chunk, idx_t* position, std::size_t size) {
  const duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, (*position)++);
  const void* const values = duckdb_vector_get_data(vector);
  const std::uint64_t* const validity = duckdb_vector_get_validity(vector);
  if (form_ == Form::kText) {
    const auto* const strings = static_cast<const duckdb_string_t*>(values);
    for (std::size_t row = 0; row < size; ++row) {
      texts_[row] = IsValid(validity, row) ? TextOf(strings[row]) : absl::string_view();
    }
    return;
  }
  const duckdb_string_t* odd = nullptr;
  const std::uint64_t* odd_validity = nullptr;
  if (HasOddValues(form_)) {
    const duckdb_vector odd_vector = duckdb_data_chunk_get_vector(chunk, (*position)++);
    odd = static_cast<const duckdb_string_t*>(duckdb_vector_get_data(odd_vector));
    odd_validity = duckdb_vector_get_validity(odd_vector);
  }
  bool last_is_written = false;
  for (std::size_t row = 0; row < size; ++row) {
    if (!IsValid(validity, row)) {
      texts_[row] = {};
      last_is_written = false;
    } else if (odd != nullptr && IsValid(odd_validity, row)) {
      texts_[row] = TextOf(odd[row]);
      last_is_written = false;
    } else if (last_is_written && SameAsBefore(values, row)) {
      texts_[row] = texts_[row - 1];
    } else {
      char* const out = bytes_.data() + row * kMostBytes;
      texts_[row] = absl::string_view(out, static_cast<std::size_t>(Write(values, row, out) - out));
      last_is_written = true;
    }
  }
}

}  // namespace awase::ingest_internal

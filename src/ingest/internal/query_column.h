#ifndef AWASE_INGEST_INTERNAL_QUERY_COLUMN_H_
#define AWASE_INGEST_INTERNAL_QUERY_COLUMN_H_

// A column of a query's results as texts or typed values, without DuckDB's slow casts where they can be done without.

#include <duckdb.h>

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "ingest/internal/duckdb_session.h"
#include "ingest/internal/row.h"
#include "ingest/internal/row_sink.h"

namespace awase::ingest_internal {

// An expression that gives the column as text. Floating-point columns give plain decimals without an exponent, and
// whole values of them without ".0": dumps hold ids in such columns.
std::string TextExpression(const QueryColumn& column);

// Reads the pieces of one column. Every value is the text that TextExpression gives, or is a typed one that means the
// same. single-thread.
class QueryColumnReader {
 public:
  QueryColumnReader(const QueryColumn& column, ColumnUse use);

  // What a query has to select for Convert.
  static std::vector<std::string> Expressions(const QueryColumn& column, ColumnUse use);

  // Takes the next expressions' vectors of `chunk`, from *position on, which it moves behind them. `size` is the
  // number of rows.
  void Convert(duckdb_data_chunk chunk, idx_t* position, std::size_t size);

  // False: all are texts.
  bool has_values() const { return form_ != Form::kText && use_ != ColumnUse::kText; }
  // Empty for NULL and for a typed value. Valid until the next Convert, and as long as the chunk.
  absl::string_view text(std::size_t row) const { return texts_[row]; }
  // REQUIRES: has_values().
  const TypedValue& value(std::size_t row) const { return values_[row]; }
  // The text of a typed value. REQUIRES: the last chunk is still there.
  std::string LateText(std::size_t row) const;

 private:
  enum class Form { kText, kWhole, kDecimal, kDouble, kTime };
  // As DuckDB lays them out.
  struct Vector {
    const void* values = nullptr;
    const std::uint64_t* validity = nullptr;
  };

  static Form FormOf(const QueryColumn& column, ColumnUse use);
  static Vector NextVector(duckdb_data_chunk chunk, idx_t* position);
  bool MakeValue(std::size_t row, TypedValue* value) const;
  absl::string_view MakeText(std::size_t row);

  QueryColumn column_;
  ColumnUse use_;
  Form form_;
  Vector vector_;
  std::vector<absl::string_view> texts_;
  std::vector<TypedValue> values_;
  std::vector<char> bytes_;            // of short texts made here, by row
  std::deque<std::string> odd_texts_;  // of others
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_QUERY_COLUMN_H_

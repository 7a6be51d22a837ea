#ifndef AWASE_INGEST_INTERNAL_TEXT_COLUMN_H_
#define AWASE_INGEST_INTERNAL_TEXT_COLUMN_H_

// A column of a query's results as text, without DuckDB's slow casts where the text can be made here.

#include <duckdb.h>

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "ingest/internal/duckdb_session.h"

namespace awase::ingest_internal {

// An expression that gives the column as text. Floating-point columns give plain decimals without an exponent, and
// whole values of them without ".0": dumps hold ids in such columns.
std::string TextExpression(const QueryColumn& column);

// Turns the pieces of one column into the very texts that TextExpression gives. single-thread.
class TextColumn {
 public:
  explicit TextColumn(const QueryColumn& column);

  // What a query has to select for Convert.
  static std::vector<std::string> Expressions(const QueryColumn& column);

  // Takes the next expressions' vectors of `chunk`, from *position on, which it moves behind them. `size` is the
  // number of rows.
  void Convert(duckdb_data_chunk chunk, idx_t* position, std::size_t size);

  // Empty for NULL. Valid until the next Convert, and as long as the chunk.
  absl::string_view at(std::size_t row) const { return texts_[row]; }

 private:
  enum class Form { kText, kWhole, kTime, kDate, kDouble, kDecimal };

  static Form FormOf(const QueryColumn& column);
  static bool HasOddValues(Form form);
  // Writes a value's text, of at most kMostBytes, to `out`; returns its end.
  char* Write(const void* values, std::size_t row, char* out) const;
  bool SameAsBefore(const void* values, std::size_t row) const;

  Form form_;
  duckdb_type type_;         // of the values
  std::size_t value_bytes_;  // of one of them
  unsigned scale_ = 0;       // of a decimal
  bool has_zero_ = true;     // before the point of a decimal below 1
  absl::string_view suffix_;
  std::vector<absl::string_view> texts_;
  std::vector<char> bytes_;  // of the texts made here
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_TEXT_COLUMN_H_

#ifndef AWASE_INGEST_INTERNAL_ROW_H_
#define AWASE_INGEST_INTERNAL_ROW_H_

// The rows of a dump on their way to a reader.

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "ingest/internal/columns.h"

namespace awase::ingest_internal {

// A value that a file holds as it is, so that no text need be made of it and parsed again.
struct TypedValue {
  enum class Kind : std::uint8_t { kNone, kDecimal, kDouble, kMicros };
  Kind kind = Kind::kNone;
  std::uint8_t scale = 0;  // of a decimal: `whole` / 10^scale; at most 18
  std::int64_t whole = 0;  // or microseconds since 1970-01-01 UTC
  double number = 0;
};

// The decimal times 10^digits, rounded half away from zero: what ParseMinorUnits gives for the value's text. Nothing
// when the text has to decide. REQUIRES: 0 <= digits <= 3.
std::optional<std::int64_t> DecimalOf(const TypedValue& value, int digits);

// Makes the texts of a row's typed values.
class LateTexts {
 public:
  virtual ~LateTexts() = default;
  virtual void Fill() = 0;
};

// One row; views are borrowed for the call. An empty field is "not given".
struct Row {
  absl::string_view label;  // of its file
  const ColumnSet& columns;
  absl::Span<const absl::string_view> fields;  // by position in `columns`
  const TypedValue* values = nullptr;          // likewise; null = all are texts. The field of a typed value is empty,
  LateTexts* late_texts = nullptr;             // until this fills them all

  bool IsTyped(std::size_t column) const { return values != nullptr && values[column].kind != TypedValue::Kind::kNone; }
  absl::string_view TextOf(std::size_t column) const {
    if (IsTyped(column)) late_texts->Fill();
    return fields[column];
  }
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_ROW_H_

#ifndef AWASE_INGEST_INTERNAL_VALUES_H_
#define AWASE_INGEST_INTERNAL_VALUES_H_

// The values of a dump's fields. Blanks around a value do not count.

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"

namespace awase::ingest_internal {

// True when there is nothing but white space (ASCII).
inline bool IsEmptyField(absl::string_view text) {
  // The first character settles nearly every field.
  if (text.empty()) return true;
  return absl::ascii_isspace(static_cast<unsigned char>(text.front())) && absl::StripAsciiWhitespace(text).empty();
}

// "2", "-1.25" in thousandths, rounded half away from zero. kInvalidArgument when it is no decimal number, kOutOfRange
// beyond a billion: sums of quantities then stay exact.
absl::StatusOr<std::int64_t> ParseQuantityMilli(absl::string_view text);
bool IsQuantityMilli(std::int64_t milli);  // within that range

// ParseMinorUnits: minor units of a currency with `digits` decimal places.
absl::StatusOr<std::int64_t> ParsePriceMinor(absl::string_view text, int digits);

// An ISO 8601 date or time, in microseconds since 1970-01-01 UTC: "2024-02-29", "2024-02-29 12:30",
// "2024-02-29T12:30:05.25Z", "2024-02-29 12:30:05+02:00"; "/" may stand for "-" in the date. Without a zone it is UTC;
// without a time it is midnight. Nothing for anything else, such as days first, plain numbers and dates that do not
// exist.
std::optional<std::int64_t> ParseTimeMicros(absl::string_view text);

// true/false, yes/no, 1/0, y/n, t/f without regard to case.
std::optional<bool> ParseFlag(absl::string_view text);

// A finite decimal number, also with an exponent.
std::optional<double> ParseNumber(absl::string_view text);

// A whole number; "12.0" is one.
std::optional<std::int64_t> ParseWhole(absl::string_view text);

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_VALUES_H_

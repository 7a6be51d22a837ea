#ifndef AWASE_RULES_INTERNAL_CONDITION_SCALARS_H_
#define AWASE_RULES_INTERNAL_CONDITION_SCALARS_H_

// Texts of conditions that mean something else: percentages, times of day, days, time zones.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

namespace awase::rules_internal {

// "12.5%" → 125,000 parts of a million. kInvalidArgument unless the text is a number of 0 or more with at most
// `most_decimals` (two or four; zeros behind them do not count) and '%' behind it, up to `most_percent`.
absl::StatusOr<std::int64_t> ParsePercentage(absl::string_view text, int most_percent, int most_decimals = 4);

// "1.5" → 15,000 of rules::kFactorParts. kInvalidArgument unless the text is a decimal above 1 and up to 1000 with at
// most four decimals.
absl::StatusOr<std::int64_t> ParseFactor(absl::string_view text);

// "09:00" → 540; "24:00" is the end of a day. kInvalidArgument for anything but HH:MM.
absl::StatusOr<int> ParseTimeOfDay(absl::string_view text);

// "7d" → 168 hours, "12h" → 12 hours. kInvalidArgument for anything but whole days or hours, 1h to 400d.
absl::StatusOr<absl::Duration> ParseTimeSpan(absl::string_view text);

// The words of CapAction::after.
inline constexpr char kAfterDismissed[] = "dismissed";
inline constexpr char kAfterBought[] = "bought";

// 0 for mon … 6 for sun; nothing for another word.
std::optional<std::size_t> FindDay(absl::string_view name);
absl::Span<const std::string> DayNames();

// By its IANA name, from the time zone data of the machine. kInvalidArgument when there is none of this name.
absl::StatusOr<absl::TimeZone> FindTimeZone(const std::string& name);

}  // namespace awase::rules_internal

#endif  // AWASE_RULES_INTERNAL_CONDITION_SCALARS_H_

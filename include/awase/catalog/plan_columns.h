#ifndef AWASE_CATALOG_PLAN_COLUMNS_H_
#define AWASE_CATALOG_PLAN_COLUMNS_H_

// The columns of products that speak of plans (docs/dataset_map.md). They reach us as attributes of those names.

#include "absl/strings/string_view.h"

namespace awase::catalog {

inline constexpr absl::string_view kFeeColumn = "fee";
inline constexpr absl::string_view kFeePerSeatColumn = "fee_per_seat";
inline constexpr absl::string_view kTrialDaysColumn = "trial_days";
inline constexpr absl::string_view kOptionOfColumn = "option_of";
inline constexpr absl::string_view kIncludesColumn = "includes";
inline constexpr absl::string_view kUseColumn = "spec.use";
inline constexpr absl::string_view kLimitPrefix = "limit.";
inline constexpr absl::string_view kOveragePrefix = "overage.";
inline constexpr absl::string_view kPerkPrefix = "perk.";
inline constexpr absl::string_view kUnlimited = "unlimited";

}  // namespace awase::catalog

#endif  // AWASE_CATALOG_PLAN_COLUMNS_H_

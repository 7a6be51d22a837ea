#ifndef AWASE_PLANS_INTERNAL_COLUMNS_H_
#define AWASE_PLANS_INTERNAL_COLUMNS_H_

// The columns of products that speak of plans (docs/dataset_map.md). They reach us as attributes of those names.

#include <algorithm>

#include "absl/strings/string_view.h"
#include "awase/catalog/product.h"

namespace awase::plans_internal {

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

// Empty when the product has no such column.
inline absl::string_view FindText(const catalog::Product& product, absl::string_view name) {
  const auto at =
      std::lower_bound(product.attributes.begin(), product.attributes.end(), name,
                       [](const catalog::Attribute& attribute, absl::string_view key) { return attribute.name < key; });
  return at != product.attributes.end() && at->name == name ? absl::string_view(at->text) : absl::string_view();
}

}  // namespace awase::plans_internal

#endif  // AWASE_PLANS_INTERNAL_COLUMNS_H_

#ifndef AWASE_RULES_INTERNAL_CONVERT_PRICE_ACTIONS_H_
#define AWASE_RULES_INTERNAL_CONVERT_PRICE_ACTIONS_H_

// Discounts and benefits: the same contracts as convert.h.

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "awase/rules/price_actions.h"
#include "awase/rules/rule_set.h"
#include "awase/v1/rule_set.pb.h"

namespace awase::rules_internal {

// "12.5%" → 1,250. kInvalidArgument unless the text is a percentage of at most two decimals and up to 100%.
absl::StatusOr<std::int64_t> ParseBasisPoints(absl::string_view text);

// Never fails: what cannot be read becomes what pricing::FindFaults finds fault with, or nothing.
rules::Discount ToDiscount(const v1::DiscountAction& proto);
rules::Benefit ToBenefit(const v1::BenefitAction& proto);

// What a bundle says beyond its products and its price.
void AddGroupsAndMargin(const v1::BundleAction& proto, rules::Bundle* bundle);

// REQUIRES: what `proto` says is valid.
void MakeCanonical(v1::DiscountAction* proto);
void MakeCanonical(v1::BundleAction* proto);

}  // namespace awase::rules_internal

#endif  // AWASE_RULES_INTERNAL_CONVERT_PRICE_ACTIONS_H_

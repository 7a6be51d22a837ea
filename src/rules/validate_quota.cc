// quota: how many of which products, and where.

#include <string>

#include "absl/strings/str_cat.h"
#include "awase/yaml/quoted.h"
#include "rules/internal/action_check.h"

namespace awase::rules_internal {
namespace {

constexpr std::uint32_t kMostOffers = 50;  // of a row

void CheckSlot(const ActionCheck& check, const std::string& slot) {
  if (!check.rule().Has(".quota.slot") || !check.rule().IsSound(".quota.slot") || slot == kQuotaSlot) return;
  const std::string problem = SlotProblem(slot);
  check.Error(".quota.slot", problem.empty()
                                 ? absl::StrCat("a quota has seats in also_bought alone, not in ", yaml::Quoted(slot))
                                 : problem);
}

}  // namespace

void CheckQuota(const ActionCheck& check, const v1::QuotaAction& quota) {
  CheckSubject(check, ".quota", quota.products(), quota.matching());
  if (check.rule().IsMissing(".quota", "at_least")) {
    check.Error(".quota", "has no at_least: say how many offers, such as at_least: 2");
  } else if (quota.has_at_least() && (quota.at_least() < 1 || quota.at_least() > kMostOffers)) {
    check.Error(".quota.at_least", absl::StrCat("want 1 to ", kMostOffers, ", got ", quota.at_least()));
  }
  CheckSlot(check, quota.slot());
}

}  // namespace awase::rules_internal

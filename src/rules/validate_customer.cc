// Conditions on the customer: empty lists, numbers out of range, and what cannot be true at once.

#include <string>

#include "absl/strings/str_cat.h"
#include "awase/yaml/quoted.h"
#include "rules/internal/condition_check.h"

namespace awase::rules_internal {
namespace {

constexpr std::int64_t kBestNps = 10;
constexpr std::int64_t kBestHealth = 100;
constexpr std::int64_t kMostDays = 3650;

void CheckDays(const ConditionCheck& check, absl::string_view below, const v1::DayRange& range) {
  if (!check.IsThere(below) || check.IsEmptyMap(below, range)) return;
  Bound low = {"at_least", range.at_least()};
  Bound high = {"at_most", std::nullopt};
  if (range.has_at_most()) high.value = range.at_most();
  check.Bounds(below, low, high, true, {-kMostDays, kMostDays});
}

void CheckUsage(const ConditionCheck& check, absl::string_view below, const v1::UsageCondition& usage) {
  if (!check.rule().Has(below)) return;
  const std::string metric = absl::StrCat(below, ".metric");
  const std::string range = absl::StrCat(below, ".of_limit");
  if (check.rule().IsMissing(below, "metric")) {
    check.Error(below, "has no metric: name one, such as storage_gb of a column limit.storage_gb");
  } else if (check.IsThere(metric) && usage.metric().empty()) {
    check.Error(metric, "is empty: want the name of a metric");
  }
  if (check.rule().IsMissing(below, "of_limit")) {
    check.Error(below, "has no of_limit: say how much of the limit is used, such as of_limit: {at_least: 80%}");
  }
  check.Percentages(range, usage.of_limit());
}

void CheckContradictions(const ConditionCheck& check, absl::string_view below, const v1::CustomerCondition& customer) {
  if (!check.rule().IsSound(below)) return;
  if (!customer.segments().empty() && HasAll(customer.lacks_segments(), customer.segments())) {
    check.Warn(absl::StrCat(below, ".lacks_segments"), "is never true with segments: it names all of them");
  }
  if (!customer.milestones_missing().empty() && HasAll(customer.milestones(), customer.milestones_missing())) {
    check.Warn(absl::StrCat(below, ".milestones_missing"), "is never true with milestones, which names all of these");
  }
}

}  // namespace

void CheckCustomer(const ConditionCheck& check, absl::string_view below, const v1::CustomerCondition& customer) {
  if (!check.rule().Has(below) || check.IsEmptyMap(below, customer)) return;
  const auto at = [below](absl::string_view key) { return absl::StrCat(below, ".", key); };
  check.List(at("segments"), customer.segments());
  check.List(at("lacks_segments"), customer.lacks_segments());
  check.List(at("tiers"), customer.tiers());
  check.List(at("interests"), customer.interests());
  check.List(at("milestones"), customer.milestones());
  check.List(at("milestones_missing"), customer.milestones_missing());
  check.Scores(at("nps"), customer.nps(), kBestNps);
  check.Scores(at("health"), customer.health(), kBestHealth);
  CheckProductSet(check, at("owns"), customer.owns());
  CheckProductSet(check, at("lacks"), customer.lacks());
  if (check.IsThere(at("birthday_month")) && !customer.birthday_month()) {
    check.Error(at("birthday_month"), "want true, or take the key away");
  }
  CheckDays(check, at("days_to_renewal"), customer.days_to_renewal());
  CheckDays(check, at("days_to_trial_end"), customer.days_to_trial_end());
  CheckUsage(check, at("usage"), customer.usage());
  CheckContradictions(check, below, customer);
}

}  // namespace awase::rules_internal

#include "rules/internal/validate_rule.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "awase/yaml/nearest_word.h"
#include "awase/yaml/quoted.h"

namespace awase::rules_internal {
namespace {

using ::awase::yaml::Quoted;

constexpr std::size_t kLongestId = 64;
constexpr int kHighestPriority = 1000;

const std::vector<std::string>& BuiltInPlacements() {
  static const auto& placements = *new std::vector<std::string>{
      "product_page", "cart", "checkout", "post_purchase", "mail", "plan_page", "renewal", "trial_end", "usage_alert"};
  return placements;
}

bool IsRuleId(absl::string_view id) {
  return !id.empty() && id.size() <= kLongestId && std::all_of(id.begin(), id.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '-' || c == '_' || c == '.';
  });
}

bool IsPlacementName(absl::string_view name) {
  return !name.empty() && name.size() <= kLongestId && absl::ascii_islower(static_cast<unsigned char>(name.front())) &&
         std::all_of(name.begin(), name.end(),
                     [](unsigned char c) { return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_'; });
}

void CheckId(const SourceRule& rule, Report* report) {
  if (rule.IsMissing("", "id")) {
    report->Error(rule, "", "has no id: give it one, such as id: summer-set");
  } else if (rule.Has(".id") && rule.IsSound(".id") && !IsRuleId(rule.rule.id)) {
    report->Error(
        rule, ".id",
        absl::StrCat("want 1 to 64 letters (a-z, A-Z), digits, \"-\", \"_\" or \".\", got ", Quoted(rule.rule.id)));
  }
}

void CheckPriority(const SourceRule& rule, Report* report) {
  const int priority = rule.rule.priority;
  if (priority < -kHighestPriority || priority > kHighestPriority) {
    report->Error(rule, ".priority", absl::StrCat("want -1000 to 1000, got ", priority));
  }
}

void CheckPlacements(const SourceRule& rule, Report* report) {
  if (!rule.IsSound(".placements")) return;
  const std::vector<std::string>& placements = rule.rule.placements;
  if (placements.empty() && rule.Has(".placements")) {
    report->Error(rule, ".placements", "is empty: name at least one, or take the key away for every placement");
  }
  const std::vector<std::string>& known = BuiltInPlacements();
  for (std::size_t i = 0; i < placements.size(); ++i) {
    const std::string& placement = placements[i];
    const std::string below = absl::StrCat(".placements[", i, "]");
    if (!IsPlacementName(placement)) {
      report->Error(rule, below,
                    absl::StrCat("want a name of at most 64 small letters, digits and \"_\" such as "
                                 "product_page, got ",
                                 Quoted(placement)));
      continue;
    }
    if (std::find(known.begin(), known.end(), placement) != known.end()) continue;
    const std::string nearest = yaml::NearestWord(placement, known);
    const std::string hint = nearest.empty() ? "" : absl::StrCat("; did you mean ", Quoted(nearest), "?");
    report->Warn(rule, below,
                 absl::StrCat("no built-in placement ", Quoted(placement), hint, hint.empty() ? "." : "",
                              " No request can name it yet, so it has no effect"));
  }
}

void CheckWindow(const SourceRule& rule, absl::Time now, Report* report) {
  if (!rule.IsSound(".from") || !rule.IsSound(".until")) return;
  if (rule.rule.from >= rule.rule.until) {
    report->Error(rule, ".until",
                  "is not after from: the rule applies in [from, until), so until is the first moment "
                  "after it");
  } else if (rule.rule.until <= now) {
    report->Warn(rule, ".until", "has passed: the rule does nothing any more");
  }
}

}  // namespace

void ValidateRule(const SourceRule& rule, const rules::CatalogueFacts* facts, absl::Time now, Report* report) {
  CheckId(rule, report);
  CheckPriority(rule, report);
  CheckPlacements(rule, report);
  CheckWindow(rule, now, report);
  if (rule.proto->action_case() != v1::Rule::ACTION_NOT_SET) {
    ValidateAction(rule, facts, report);
  } else if (rule.IsMissing("", "bundle") && rule.IsMissing("", "hide") && rule.IsMissing("", "pin") &&
             rule.IsMissing("", "rung")) {
    report->Error(rule, "", "has no action: want one of bundle, hide, pin, rung");
  }
}

}  // namespace awase::rules_internal

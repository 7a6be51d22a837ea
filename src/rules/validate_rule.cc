#include "rules/internal/validate_rule.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "awase/yaml/nearest_word.h"
#include "awase/yaml/quoted.h"
#include "google/protobuf/descriptor.h"

namespace awase::rules_internal {
namespace {

using ::awase::yaml::Quoted;

constexpr int kHighestPriority = 1000;

const std::vector<std::string>& BuiltInPlacements() {
  static const auto& placements = *new std::vector<std::string>{
      "product_page", "cart", "checkout", "post_purchase", "mail", "plan_page", "renewal", "trial_end", "usage_alert"};
  return placements;
}

bool IsRuleId(absl::string_view id) {
  return !id.empty() && id.size() <= kLongestName && std::all_of(id.begin(), id.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '-' || c == '_' || c == '.';
  });
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

void CheckPlacements(const SourceRule& rule, const rules::CatalogueFacts* facts, Report* report) {
  if (!rule.IsSound(".placements")) return;
  const std::vector<std::string>& placements = rule.rule.placements;
  if (placements.empty() && rule.Has(".placements")) {
    report->Error(rule, ".placements", "is empty: name at least one, or take the key away for every placement");
  }
  const bool is_configured = facts != nullptr && !facts->placements.empty();
  const std::vector<std::string>& known = is_configured ? facts->placements : BuiltInPlacements();
  for (std::size_t i = 0; i < placements.size(); ++i) {
    const std::string& placement = placements[i];
    const std::string below = absl::StrCat(".placements[", i, "]");
    if (!rules::IsPlacementName(placement)) {
      report->Error(rule, below,
                    absl::StrCat("want a name of at most 64 small letters, digits and \"_\" such as "
                                 "product_page, got ",
                                 Quoted(placement)));
      continue;
    }
    if (std::find(known.begin(), known.end(), placement) != known.end()) continue;
    const std::string nearest = report->MayHint() ? yaml::NearestWord(placement, known) : "";
    const std::string hint = nearest.empty() ? "" : absl::StrCat("; did you mean ", Quoted(nearest), "?");
    report->Warn(rule, below,
                 absl::StrCat("unknown placement ", Quoted(placement), hint, hint.empty() ? "." : "",
                              " It is not built in, nor in the configuration of the server (--config), so no request "
                              "can name it"));
  }
}

void CheckHasAction(const SourceRule& rule, Report* report) {
  const google::protobuf::OneofDescriptor& actions = *v1::Rule::descriptor()->FindOneofByName("action");
  std::vector<std::string> names;
  for (int i = 0; i < actions.field_count(); ++i) names.push_back(actions.field(i)->name());
  const auto is_missing = [&rule](const std::string& name) { return rule.IsMissing("", name); };
  if (std::all_of(names.begin(), names.end(), is_missing)) {
    report->Error(rule, "", absl::StrCat("has no action: want one of ", absl::StrJoin(names, ", ")));
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

// Where a control character begins in a text of UTF-8, U+0080 to U+009F among them; its end without any.
std::size_t FindControl(absl::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (absl::ascii_iscntrl(static_cast<unsigned char>(text[i]))) return i;
    if (text[i] == '\xC2' && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) return i;
  }
  return text.size();
}

// Of an action with a text, which is shown on one line.
void CheckText(const SourceRule& rule, Report* report) {
  const google::protobuf::Reflection& reflection = *rule.proto->GetReflection();
  const google::protobuf::OneofDescriptor* actions = v1::Rule::descriptor()->FindOneofByName("action");
  const google::protobuf::FieldDescriptor* action = reflection.GetOneofFieldDescriptor(*rule.proto, actions);
  const google::protobuf::FieldDescriptor* field = action->message_type()->FindFieldByName("text");
  const std::string below = absl::StrCat(".", action->name(), ".text");
  if (field == nullptr || !rule.Has(below) || !rule.IsSound(below)) return;
  const std::string text = reflection.GetMessage(*rule.proto, action)
                               .GetReflection()
                               ->GetString(reflection.GetMessage(*rule.proto, action), field);
  const std::size_t place = FindControl(text);
  if (place == text.size()) return;
  if (text[place] == '\n' && place + 1 == text.size()) {
    return report->Error(rule, below, "ends in a line break: write a text of several lines below >- instead of > or |");
  }
  if (text[place] == '\n') {
    return report->Error(rule, below, "has a line break: it is shown on one line; below >- lines are joined");
  }
  const unsigned code = static_cast<unsigned char>(text[place] == '\xC2' ? text[place + 1] : text[place]);
  report->Error(rule, below, absl::StrFormat("has the control character U+%04X: take it away", code));
}

}  // namespace

void ValidateRule(const SourceRule& rule, const rules::CatalogueFacts* facts, absl::Time now, Report* report) {
  CheckId(rule, report);
  CheckPriority(rule, report);
  CheckPlacements(rule, facts, report);
  CheckWindow(rule, now, report);
  ValidateCondition(rule, facts, report);
  if (rule.proto->action_case() != v1::Rule::ACTION_NOT_SET) {
    ValidateAction(rule, facts, report);
    CheckText(rule, report);
  } else {
    CheckHasAction(rule, report);
  }
}

}  // namespace awase::rules_internal

namespace awase::rules {

bool IsPlacementName(absl::string_view name) {
  return !name.empty() && name.size() <= rules_internal::kLongestName &&
         absl::ascii_islower(static_cast<unsigned char>(name.front())) &&
         std::all_of(name.begin(), name.end(),
                     [](unsigned char c) { return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_'; });
}

}  // namespace awase::rules

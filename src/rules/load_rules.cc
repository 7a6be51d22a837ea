#include "awase/rules/load_rules.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <memory>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/yaml/quoted.h"
#include "rules/internal/convert.h"
#include "rules/internal/convert_condition.h"
#include "rules/internal/overlap.h"
#include "rules/internal/report.h"
#include "rules/internal/source_rule.h"
#include "rules/internal/validate_rule.h"
#include "rules/internal/validate_set.h"

namespace awase::rules {
namespace {

using ::awase::rules_internal::Report;
using ::awase::rules_internal::SourceFile;
using ::awase::rules_internal::SourceRule;

// By name, so that the order in which files are given shows nowhere.
std::vector<const RuleFile*> SortByName(absl::Span<const RuleFile> files) {
  std::vector<const RuleFile*> sorted;
  for (const RuleFile& file : files) sorted.push_back(&file);
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->name < b->name; });
  return sorted;
}

std::vector<std::unique_ptr<const SourceFile>> Decode(absl::Span<const RuleFile> files, Report* report) {
  std::vector<std::unique_ptr<const SourceFile>> decoded;
  const RuleFile* previous = nullptr;
  for (const RuleFile* file : SortByName(files)) {
    const bool is_repeated = previous != nullptr && previous->name == file->name;
    previous = file;
    const std::string name = yaml::Printable(file->name);
    if (is_repeated) {
      report->Add(Severity::kError, name, yaml::Place(), "", "two files have this name");
      continue;
    }
    if (file->content.size() > kMaxRuleFileBytes) {
      report->Add(Severity::kError, name, yaml::Place(), "", "is larger than 4 MiB: split it into several files");
      continue;
    }
    auto source = std::make_unique<SourceFile>();
    source->name = name;
    source->decoded = yaml::DecodeMessage(file->content, yaml::DecodeOptions(), &source->proto);
    for (const yaml::Problem& problem : source->decoded.problems()) {
      report->Add(Severity::kError, name, problem.place, problem.path, problem.message);
    }
    // As a folder that has been emptied: more often a failed copy than a wish.
    if (absl::StripAsciiWhitespace(file->content).empty()) {
      report->Add(Severity::kError, name, yaml::Place(), "",
                  "there is nothing in it: a file without rules has rules: []");
    }
    decoded.push_back(std::move(source));
  }
  return decoded;
}

// What checks between rules ask again and again.
void PrepareComparisons(SourceRule* rule) {
  const Action& action = rule->rule.action;
  rule->placements = rules_internal::Sorted(rule->rule.placements);
  if (const auto* hide = std::get_if<Hide>(&action)) rule->anchors = rules_internal::Sorted(hide->anchors);
  if (const auto* pin = std::get_if<Pin>(&action)) rule->anchors = rules_internal::Sorted(pin->anchors);
  if (const auto* bundle = std::get_if<Bundle>(&action)) {
    rule->anchors =
        bundle->anchor.empty() ? rules_internal::Sorted(bundle->products) : std::vector<std::string>{bundle->anchor};
  }
  if (const auto* cap = std::get_if<Cap>(&action)) rule->rows = rules_internal::RowsOf(*cap);
  if (const auto* stop = std::get_if<Stop>(&action)) rule->stopped_actions = rules_internal::StoppedActions(*stop);
}

// All rules that can be judged, as they stand in the files.
std::vector<SourceRule> CollectRules(const std::vector<std::unique_ptr<const SourceFile>>& files) {
  std::vector<SourceRule> rules;
  for (const auto& file : files) {
    int count = file->proto.rules_size();
    // Where the text could not be read to its end, nobody knows what its last rule was to be.
    if (!file->decoded.whole() && count > 0) --count;
    for (int i = 0; i < count; ++i) {
      const v1::Rule& proto = file->proto.rules(i);
      SourceRule& rule = rules.emplace_back();
      rule.file = file.get();
      rule.proto = &proto;
      rule.path = absl::StrCat("rules[", i, "]");
      rule.rule = rules_internal::ToRule(proto);
      rule.condition_key = rules_internal::ConditionKeyOf(proto);
      PrepareComparisons(&rule);
    }
  }
  return rules;
}

void SortByApplication(std::vector<SourceRule>* rules) {
  std::stable_sort(rules->begin(), rules->end(), [](const SourceRule& a, const SourceRule& b) {
    return std::tie(b.rule.priority, a.rule.id) < std::tie(a.rule.priority, b.rule.id);
  });
}

}  // namespace

std::string Diagnostic::ToString() const {
  std::string text = file;
  if (line > 0) absl::StrAppend(&text, ":", line, ":", column);
  if (!path.empty()) absl::StrAppend(&text, ": ", path);
  return absl::StrCat(text, severity == Severity::kWarning ? ": warning: " : ": ", message);
}

std::string LeftOutText(std::size_t errors, std::size_t warnings) {
  const auto counted = [](std::size_t count, absl::string_view noun) {
    return count == 0 ? "" : absl::StrCat("and ", count, " more ", noun, count == 1 ? "" : "s");
  };
  return absl::StrCat(counted(errors, "error"), errors == 0 || warnings == 0 ? "" : " ", counted(warnings, "warning"));
}

std::string LoadResult::ToString() const { return ToString(std::numeric_limits<std::size_t>::max(), ""); }

std::string LoadResult::ToString(std::size_t most_bytes, absl::string_view how_to_see_all) const {
  std::vector<std::string> lines;
  std::size_t errors = error_count;
  std::size_t warnings = warning_count;
  std::size_t bytes = 0;
  for (const Diagnostic& diagnostic : diagnostics) {
    std::string line = diagnostic.ToString();
    bytes += line.size() + 1;
    if (bytes > most_bytes && !lines.empty()) break;
    --(diagnostic.severity == Severity::kError ? errors : warnings);
    lines.push_back(std::move(line));
  }
  if (errors + warnings > 0) lines.push_back(absl::StrCat(LeftOutText(errors, warnings), how_to_see_all));
  return absl::StrJoin(lines, "\n");
}

LoadResult LoadRules(absl::Span<const RuleFile> files, const CatalogueFacts* facts, absl::Time now) {
  Report report;
  const std::vector<std::unique_ptr<const SourceFile>> decoded = Decode(files, &report);
  std::vector<SourceRule> rules = CollectRules(decoded);
  for (const SourceRule& rule : rules) rules_internal::ValidateRule(rule, facts, now, &report);
  rules_internal::ReportRepeatedIds(rules, &report);

  // Between rules only whole ones count: what is to be mended may say something else then.
  rules.erase(std::remove_if(rules.begin(), rules.end(),
                             [&report](const SourceRule& rule) {
                               return !rule.IsSound("") || report.IsRefused(rule) ||
                                      rule.proto->action_case() == v1::Rule::ACTION_NOT_SET;
                             }),
              rules.end());
  SortByApplication(&rules);
  rules_internal::NumberScopes(absl::MakeSpan(rules));
  std::vector<SourceRule> stopped = rules_internal::TakeStoppedRules(&rules, &report);
  rules_internal::ReportHiddenProducts(rules, &report);
  rules_internal::ReportKeptApart(rules, &report);
  rules_internal::ReportShadowedPins(rules, &report);
  rules_internal::ReportContradictedRungs(rules, &report);
  rules_internal::ReportRungCircles(rules, &report);
  rules_internal::ReportOverlappingDiscounts(rules, &report);
  rules_internal::ReportIdleCaps(rules, &report);
  rules_internal::ReportIdleGates(rules, &report);
  rules_internal::ReportExcludedOffers(rules, &report);
  rules_internal::ReportShadowedBundles(rules, &report);

  std::move(stopped.begin(), stopped.end(), std::back_inserter(rules));
  SortByApplication(&rules);

  LoadResult result = report.Take();
  if (result.error_count > 0) return result;
  auto set = std::make_shared<RuleSet>();
  set->revision = rules_internal::RevisionOf(rules);
  for (SourceRule& rule : rules) set->rules.push_back(std::move(rule.rule));
  result.rules = std::move(set);
  return result;
}

}  // namespace awase::rules

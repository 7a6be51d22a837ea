#include "awase/rules/load_rules.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "rules/internal/convert.h"
#include "rules/internal/convert_condition.h"
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
    if (is_repeated) {
      report->Add(Severity::kError, file->name, yaml::Place(), "", "two files have this name");
      continue;
    }
    if (file->content.size() > kMaxRuleFileBytes) {
      report->Add(Severity::kError, file->name, yaml::Place(), "", "is larger than 4 MiB: split it into several files");
      continue;
    }
    auto source = std::make_unique<SourceFile>();
    source->name = file->name;
    source->decoded = yaml::DecodeMessage(file->content, yaml::DecodeOptions(), &source->proto);
    for (const yaml::Problem& problem : source->decoded.problems()) {
      report->Add(Severity::kError, file->name, problem.place, problem.path, problem.message);
    }
    decoded.push_back(std::move(source));
  }
  return decoded;
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
      rules.push_back({file.get(), &proto, absl::StrCat("rules[", i, "]"), rules_internal::ToRule(proto),
                       rules_internal::ConditionKeyOf(proto)});
    }
  }
  return rules;
}

void SortByApplication(std::vector<SourceRule>* rules) {
  std::stable_sort(rules->begin(), rules->end(), [](const SourceRule& a, const SourceRule& b) {
    return std::tie(b.rule.priority, a.rule.id) < std::tie(a.rule.priority, b.rule.id);
  });
}

bool HasError(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& diagnostic) { return diagnostic.severity == Severity::kError; });
}

}  // namespace

std::string Diagnostic::ToString() const {
  std::string text = file;
  if (line > 0) absl::StrAppend(&text, ":", line, ":", column);
  if (!path.empty()) absl::StrAppend(&text, ": ", path);
  return absl::StrCat(text, severity == Severity::kWarning ? ": warning: " : ": ", message);
}

LoadResult LoadRules(absl::Span<const RuleFile> files, const CatalogueFacts* facts, absl::Time now) {
  Report report;
  const std::vector<std::unique_ptr<const SourceFile>> decoded = Decode(files, &report);
  std::vector<SourceRule> rules = CollectRules(decoded);
  for (const SourceRule& rule : rules) rules_internal::ValidateRule(rule, facts, now, &report);
  rules_internal::ReportRepeatedIds(rules, &report);

  // Between rules only whole ones count.
  rules.erase(std::remove_if(rules.begin(), rules.end(),
                             [](const SourceRule& rule) {
                               return !rule.IsSound("") || rule.proto->action_case() == v1::Rule::ACTION_NOT_SET;
                             }),
              rules.end());
  SortByApplication(&rules);
  std::vector<SourceRule> stopped = rules_internal::TakeStoppedRules(&rules, &report);
  rules_internal::ReportHiddenProducts(rules, &report);
  rules_internal::ReportShadowedPins(rules, &report);
  rules_internal::ReportContradictedRungs(rules, &report);
  rules_internal::ReportRungCircles(rules, &report);
  rules_internal::ReportOverlappingDiscounts(rules, &report);
  rules_internal::ReportIdleCaps(rules, &report);
  rules_internal::ReportIdleGates(rules, &report);

  std::move(stopped.begin(), stopped.end(), std::back_inserter(rules));
  SortByApplication(&rules);

  LoadResult result;
  result.diagnostics = std::move(report.diagnostics());
  std::stable_sort(result.diagnostics.begin(), result.diagnostics.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
  });
  if (HasError(result.diagnostics)) return result;
  auto set = std::make_shared<RuleSet>();
  set->revision = rules_internal::RevisionOf(rules);
  for (SourceRule& rule : rules) set->rules.push_back(std::move(rule.rule));
  result.rules = std::move(set);
  return result;
}

}  // namespace awase::rules

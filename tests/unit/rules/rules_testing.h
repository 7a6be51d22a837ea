#ifndef AWASE_TESTS_UNIT_RULES_RULES_TESTING_H_
#define AWASE_TESTS_UNIT_RULES_RULES_TESTING_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "awase/rules/load_rules.h"
#include "gtest/gtest.h"

namespace awase::rules {

inline std::vector<std::string> ToTexts(const std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string> texts;
  for (const Diagnostic& diagnostic : diagnostics) texts.push_back(diagnostic.ToString());
  return texts;
}

// The diagnostics of one file, r.yaml.
inline std::vector<std::string> DiagnosticsOf(absl::string_view yaml, const CatalogueFacts* facts = nullptr,
                                              absl::Time now = absl::InfinitePast()) {
  const std::vector<RuleFile> files = {{"r.yaml", std::string(yaml)}};
  return ToTexts(LoadRules(files, facts, now).diagnostics);
}

// One rule: `fields` go into its map. Line 2 begins with "{id: a, ", so `fields` begin at 2:11.
inline std::string RuleOf(absl::string_view fields) { return absl::StrCat("rules:\n- {id: a, ", fields, "}\n"); }

// Rules "one" and "two" with these fields, on lines 2 and 3.
inline std::string TwoRules(absl::string_view one, absl::string_view two) {
  return absl::StrCat("rules:\n- {id: one, ", one, "}\n- {id: two, ", two, "}\n");
}

// REQUIRES: files without any diagnostic.
inline std::shared_ptr<const RuleSet> LoadClean(const std::vector<RuleFile>& files) {
  LoadResult result = LoadRules(files, nullptr);
  for (const Diagnostic& diagnostic : result.diagnostics) ADD_FAILURE() << diagnostic.ToString();
  if (result.rules == nullptr) return std::make_shared<RuleSet>();
  return std::move(result.rules);
}

}  // namespace awase::rules

#endif  // AWASE_TESTS_UNIT_RULES_RULES_TESTING_H_

#include "config/internal/config_report.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace awase::config_internal {

bool ConfigReport::IsMissing(absl::string_view path, absl::string_view key) const {
  const std::string below = absl::StrCat(path, ".", key);
  return !decoded_.HasUnknownKey(path) && IsSound(below) && !Has(below);
}

std::vector<std::string> ConfigReport::Findings(absl::string_view file) const {
  std::vector<yaml::Problem> sorted = problems_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const yaml::Problem& a, const yaml::Problem& b) { return a.place < b.place; });
  std::vector<std::string> findings;
  for (const yaml::Problem& problem : sorted) {
    std::string finding(file);
    if (problem.place.line > 0) absl::StrAppend(&finding, ":", problem.place.line, ":", problem.place.column);
    if (!problem.path.empty()) absl::StrAppend(&finding, ": ", problem.path);
    findings.push_back(absl::StrCat(finding, ": ", problem.message));
  }
  return findings;
}

}  // namespace awase::config_internal

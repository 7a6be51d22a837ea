#ifndef AWASE_RULES_INTERNAL_REPORT_H_
#define AWASE_RULES_INTERNAL_REPORT_H_

// The findings: the first of each kind, and how many there are.

#include <array>
#include <cstddef>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "awase/rules/load_rules.h"
#include "awase/yaml/decode_message.h"
#include "rules/internal/source_rule.h"

namespace awase::rules_internal {

// single-thread.
class Report {
 public:
  // Kept unless there are rules::kMostFindingsOfAKind of its kind already, or rules::kMostFindings of its severity.
  void Add(rules::Severity severity, absl::string_view file, yaml::Place place, absl::string_view path,
           absl::string_view message);
  void Error(const SourceRule& rule, absl::string_view below, absl::string_view message) {
    refused_.insert(rule.proto);
    AddAt(rules::Severity::kError, rule, below, message);
  }
  void Warn(const SourceRule& rule, absl::string_view below, absl::string_view message) {
    AddAt(rules::Severity::kWarning, rule, below, message);
  }

  // Whether there was an error of the rule, be it kept or not.
  bool IsRefused(const SourceRule& rule) const { return refused_.contains(rule.proto); }

  // Whether there may be one more search for the word that was meant: each takes its time, and a file can be wrong
  // about everything. As many times true as findings are kept.
  bool MayHint() { return hints_++ < rules::kMostFindings; }

  // The same of counting products of the catalogue, all of which are looked at: twenty times.
  bool MayCount() { return counts_++ < 20; }

  // What was found, without rules. The report is empty after that.
  rules::LoadResult Take();

 private:
  void AddAt(rules::Severity severity, const SourceRule& rule, absl::string_view below, absl::string_view message);

  rules::LoadResult result_;
  std::array<std::size_t, 2> kept_ = {};  // by severity
  absl::flat_hash_map<std::string, std::size_t> kinds_;
  absl::flat_hash_set<const v1::Rule*> refused_;
  std::size_t hints_ = 0;
  std::size_t counts_ = 0;
};

}  // namespace awase::rules_internal

#endif  // AWASE_RULES_INTERNAL_REPORT_H_

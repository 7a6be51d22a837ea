#ifndef AWASE_RULES_INTERNAL_SOURCE_RULE_H_
#define AWASE_RULES_INTERNAL_SOURCE_RULE_H_

// A decoded rule that still knows where it stands, and the list of findings.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "awase/rules/load_rules.h"
#include "awase/rules/rule_set.h"
#include "awase/v1/rule_set.pb.h"
#include "awase/yaml/decode_message.h"

namespace awase::rules_internal {

struct SourceFile {
  std::string name;
  v1::RuleSet proto;
  yaml::Decoded decoded;
};

// Borrows its file. `below` is a path from the rule down: "" or ".bundle.products[1]".
struct SourceRule {
  const SourceFile* file = nullptr;
  const v1::Rule* proto = nullptr;
  std::string path;  // "rules[3]"
  rules::Rule rule;  // `proto` converted
  // Equal where the conditions of two rules certainly hold for the same requests; empty without conditions.
  std::string condition_key;

  // Whether all that the file has at `below` was decoded. What was not is reported already, and must not be judged.
  bool IsSound(absl::string_view below) const { return !file->decoded.HasProblem(absl::StrCat(path, below)); }

  // Whether the file has something at `below`, be it empty or 0.
  bool Has(absl::string_view below) const { return file->decoded.Has(absl::StrCat(path, below)); }

  // Whether the missing key `key` of the map at `below` is to be complained of: not when it is there and wrong, and not
  // when the map has an unknown key, which probably is this one misspelled.
  bool IsMissing(absl::string_view below, absl::string_view key) const {
    return !file->decoded.HasUnknownKey(absl::StrCat(path, below)) && IsSound(absl::StrCat(below, ".", key)) &&
           !Has(absl::StrCat(below, ".", key));
  }

  // "summer.yaml:12:5", for references to this rule.
  std::string PlaceText(absl::string_view below) const {
    const yaml::Place place = file->decoded.PlaceOf(absl::StrCat(path, below));
    return absl::StrCat(file->name, ":", place.line, ":", place.column);
  }
};

// single-thread.
class Report {
 public:
  void Add(rules::Severity severity, absl::string_view file, yaml::Place place, absl::string_view path,
           absl::string_view message) {
    diagnostics_.push_back(
        {severity, std::string(file), place.line, place.column, std::string(path), std::string(message)});
  }
  void Error(const SourceRule& rule, absl::string_view below, absl::string_view message) {
    AddAt(rules::Severity::kError, rule, below, message);
  }
  void Warn(const SourceRule& rule, absl::string_view below, absl::string_view message) {
    AddAt(rules::Severity::kWarning, rule, below, message);
  }

  std::vector<rules::Diagnostic>& diagnostics() { return diagnostics_; }

 private:
  void AddAt(rules::Severity severity, const SourceRule& rule, absl::string_view below, absl::string_view message) {
    const std::string path = absl::StrCat(rule.path, below);
    Add(severity, rule.file->name, rule.file->decoded.PlaceOf(path), path, message);
  }

  std::vector<rules::Diagnostic> diagnostics_;
};

}  // namespace awase::rules_internal

#endif  // AWASE_RULES_INTERNAL_SOURCE_RULE_H_

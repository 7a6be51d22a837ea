#ifndef AWASE_RULES_INTERNAL_SOURCE_RULE_H_
#define AWASE_RULES_INTERNAL_SOURCE_RULE_H_

// A decoded rule that still knows where it stands.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
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
  // Of `rule`, each once, ascending: its placements, the anchors of a hide or a pin, and the pages of a bundle of
  // products.
  std::vector<std::string> placements;
  std::vector<std::string> anchors;
  // Of a stop: the actions that it stops, bit i for kActionNames[i].
  std::uint32_t stopped_actions = 0;
  // Of a cap of rows: these, a bit for each slot.
  std::uint32_t rows = 0;
  // Numbers that are equal for the same times and placements, and where the conditions are the same as well
  // (NumberScopes).
  std::size_t window = 0;
  std::size_t scope = 0;

  // Whether all that the file has at `below` was decoded. What was not is reported already, and must not be judged.
  bool IsSound(absl::string_view below) const { return !file->decoded.HasProblem(absl::StrCat(path, below)); }

  // Whether the file has something at `below`, be it empty or 0.
  bool Has(absl::string_view below) const { return file->decoded.Has(absl::StrCat(path, below)); }

  // Whether the missing key `key` of the map at `below` is to be complained of: not when it is there and wrong, not
  // when the map has an unknown key, which probably is this one misspelled, and not where there is no map.
  bool IsMissing(absl::string_view below, absl::string_view key) const {
    return Has(below) && !file->decoded.HasUnknownKey(absl::StrCat(path, below)) &&
           IsSound(absl::StrCat(below, ".", key)) && !Has(absl::StrCat(below, ".", key));
  }

  // "summer.yaml:12:5", for references to this rule.
  std::string PlaceText(absl::string_view below) const {
    const yaml::Place place = file->decoded.PlaceOf(absl::StrCat(path, below));
    return absl::StrCat(file->name, ":", place.line, ":", place.column);
  }
};

}  // namespace awase::rules_internal

#endif  // AWASE_RULES_INTERNAL_SOURCE_RULE_H_

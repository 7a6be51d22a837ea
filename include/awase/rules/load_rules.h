#ifndef AWASE_RULES_LOAD_RULES_H_
#define AWASE_RULES_LOAD_RULES_H_

// YAML → RuleSet, strictly: unknown or duplicate keys, wrong types, out-of-range values and overlapping or dead rules
// are all found in one go, each with its place. The language is described in docs/rules.md.
//
//   AWASE_ASSIGN_OR_RETURN(const std::vector<RuleFile> files, ReadRuleFolder("rules/"));
//   const LoadResult result = LoadRules(files, &facts, absl::Now());
//   for (const Diagnostic& diagnostic : result.diagnostics) std::cerr << diagnostic.ToString() << "\n";
//   if (result.rules == nullptr) …  // keep what serves

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "awase/base/money.h"
#include "awase/rules/rule_set.h"

namespace awase::rules {

struct RuleFile {
  std::string name;     // as it stands in diagnostics
  std::string content;  // YAML
};

enum class Severity : std::uint8_t { kError, kWarning };

struct Diagnostic {
  Severity severity = Severity::kError;
  std::string file;
  std::uint32_t line = 0;    // 1-based; 0 = the file as a whole
  std::uint32_t column = 0;  // 1-based
  std::string path;          // "rules[3].bundle.products"
  std::string message;

  // "summer.yaml:12:5: rules[3].bundle.products: want 2 to 4 products, got 1" ("warning: " before a warning's message;
  // no place for a file as a whole).
  std::string ToString() const;
};

// What the rules are checked against, besides themselves. Without it (no model yet) product ids are taken on trust.
struct CatalogueFacts {
  std::function<bool(absl::string_view product_id)> knows_product;
  std::function<std::optional<Money>(absl::string_view product_id)> price_of;
};

struct LoadResult {
  std::shared_ptr<const RuleSet> rules;  // null when any diagnostic is an error
  std::vector<Diagnostic> diagnostics;   // by file, line, column
};

// Decodes and checks all files as one set, whatever their order. Never fails otherwise than by diagnostics.
//   errors    all that yaml::DecodeMessage finds; ids that are missing, malformed or used twice; a rule without action;
//             what is missing, out of range, named twice or of the wrong form in an action; `from` not before `until`;
//             a set price above the sum of the list prices or in another currency; ladders of rung rules that go round
//             in a circle; a file over kMaxRuleFileBytes or given twice
//   warnings  unknown products (a model may come later than a rule); placements that are not built in; pins in the
//             bundle slot; rules that ended before `now`; shown products that another rule hides; pins behind another
//             pin in the same place; asserted steps that another rule forbids or that cost no more
// thread-safe. About linear in the text (a second for some MiB); products and places that thousands of rules share
// without naming anchors cost the square of their number, and so do rung rules of different times or placements that
// form circles.
LoadResult LoadRules(absl::Span<const RuleFile> files, const CatalogueFacts* facts,
                     absl::Time now = absl::InfinitePast());

inline constexpr std::size_t kMaxRuleFileBytes = std::size_t{4} << 20;

// All *.yaml and *.yml files directly in `folder` (symbolic links are followed), by name; hidden files and others, such
// as editors' backups, are passed over. An empty folder gives an empty list.
//   kNotFound         the folder is not there
//   kInvalidArgument  `folder` is no folder, a *.yaml in it is no file or is over kMaxRuleFileBytes
//   kUnavailable      a file went away while the folder was read: try again
// else as the system says.
absl::StatusOr<std::vector<RuleFile>> ReadRuleFolder(const std::string& folder);

}  // namespace awase::rules

#endif  // AWASE_RULES_LOAD_RULES_H_

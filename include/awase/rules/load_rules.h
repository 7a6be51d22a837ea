#ifndef AWASE_RULES_LOAD_RULES_H_
#define AWASE_RULES_LOAD_RULES_H_

// YAML → RuleSet, strictly: unknown or duplicate keys, wrong types, out-of-range values and overlapping or dead rules are
// all found in one go, each with its place.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
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

  // "summer.yaml:12:5: rules[3].bundle.products: want 2 to 4 products, got 1" ("warning: " before a warning's message).
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

// Never fails otherwise than by diagnostics. Unknown products are warnings (a model may come later than a rule);
// a set price above the sum of known list prices is an error. thread-safe.
LoadResult LoadRules(absl::Span<const RuleFile> files, const CatalogueFacts* facts);

// All *.yaml and *.yml files directly in `folder`, by name; hidden files are passed over. kNotFound when the folder is
// not there, kInvalidArgument for a file over 4 MiB, else as the system says.
absl::StatusOr<std::vector<RuleFile>> ReadRuleFolder(const std::string& folder);

}  // namespace awase::rules

#endif  // AWASE_RULES_LOAD_RULES_H_

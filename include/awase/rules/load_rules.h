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
  std::string name;     // stands in diagnostics, where what cannot be printed is written \xe9
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

// The columns of products whose words rules name. kCurrency: of prices.
enum class ProductColumn : std::uint8_t {
  kCategory,
  kBrand,
  kProductType,
  kAuthor,
  kSeries,
  kTag,
  kAttribute,
  kCurrency
};

// Small letters, digits and '_', a letter first, at most 64: names of placements and channels.
bool IsPlacementName(absl::string_view name);

// What the rules are checked against, besides themselves. Without it (no model yet) product ids are taken on trust.
struct CatalogueFacts {
  std::function<bool(absl::string_view product_id)> knows_product;
  std::function<std::optional<Money>(absl::string_view product_id)> price_of;
  std::function<std::string(absl::string_view product_id)> family_of;  // for people; empty = not known
  // What a product's price is paid for, for people (catalog::PriceBasisText); empty = not known.
  std::function<std::string(absl::string_view product_id)> price_basis_of;
  // All words of a column, each once, ascending: "A > B" and "A" of a category "A > B", the names of attributes.
  std::function<absl::Span<const std::string>(ProductColumn column)> words_of;
  // That requests can name; empty = those that are built in.
  std::vector<std::string> placements;
  // How many exposures of one customer a server keeps; 0 = not known.
  std::size_t kept_exposures = 0;
  // What a product costs the shop.
  std::function<std::optional<Money>(absl::string_view product_id)> cost_of;
  // The product that it is a variant of, itself where it is none; empty = not known.
  std::function<std::string(absl::string_view product_id)> root_of;
  // Why it cannot be sold now, for people: "is out of stock"; empty where it can, or is not known.
  std::function<std::string(absl::string_view product_id)> why_not_sold;
  // How many products are in a set, in time that is linear in all of them, and how many there are; 0 = not known.
  std::function<std::size_t(const ProductSet& set)> count_products;
  std::size_t product_count = 0;
};

// Of findings that are alike (about the same key of a rule, with messages that begin alike) so many are kept, those
// that are found first, and so many of a severity: a set that is wrong everywhere has more of them than anybody
// reads.
inline constexpr std::size_t kMostFindingsOfAKind = 100;
inline constexpr std::size_t kMostFindings = 1'000;

struct LoadResult {
  std::shared_ptr<const RuleSet> rules;  // null when there is any error
  std::vector<Diagnostic> diagnostics;   // those that are kept: errors before warnings, each by file, line, column
  // Of all findings, kept or not.
  std::size_t error_count = 0;
  std::size_t warning_count = 0;

  // One finding per line, and at last how many more there are: "and 99900 more warnings".
  std::string ToString() const;
  // The same of the first findings, those that fit into `most_bytes` (the first one in any case), and behind the number
  // of the others `how_to_see_all`.
  std::string ToString(std::size_t most_bytes, absl::string_view how_to_see_all) const;
};

// "and 12 more errors and 99900 more warnings"; empty for none of either.
std::string LeftOutText(std::size_t errors, std::size_t warnings);

// Decodes and checks all files as one set, whatever their order. Never fails otherwise than by diagnostics.
//   errors    all that yaml::DecodeMessage finds; ids that are missing, malformed or used twice; a rule without action;
//             what is missing, out of range, named twice or of the wrong form in an action; `from` not before `until`;
//             a set price above the sum of the list prices or in another currency; conditions that are empty, out of
//             range or contradict themselves, and time zones that are not known; discounts that pricing::FindFaults
//             finds fault with, or with two currencies; ladders of rung rules that go round in a circle; a file over
//             kMaxRuleFileBytes or given twice
//   warnings  unknown products, categories, brands and other words of the catalogue (a model may come later than a
//             rule); amounts in a currency in which it has no price; placements that no request can name; pins in the
//             bundle slot; rules that ended before `now`; conditions that are never true; requirements and price
//             bands of one slot that no product fits at once; quotas that cannot be filled, by themselves or beside
//             these or a cap; discounts that reduce nothing, or by more than the whole; pins in rows of steps on pages
//             from which they are none;
//             bundles behind another one of the same pages and priority; bundles of two variants, below cost without
//             a margin, or with lines that cannot be sold, and such gifts; requirements that leave less than half of
//             the catalogue on every page; shown products that another rule hides or keeps apart; pins behind another
//             pin in the same place; discounts of which another one takes the units first; asserted
//             steps that another rule forbids, that cost no more, that are paid for something else or that lead to
//             another family; caps in time that count more answers than the kept exposures are sure to hold
// thread-safe. About linear in the text (a second for some MiB), whatever the rules. Therefore not all is found between
// more rules than anybody keeps: for what other rules say of one product, place or slot under one condition, 500 rules
// of different times and placements are looked at; of contradicting rungs each is reported once; circles of rung rules
// are looked for under 100 conditions and in 50 million steps, and a warning says where that was not all.
LoadResult LoadRules(absl::Span<const RuleFile> files, const CatalogueFacts* facts,
                     absl::Time now = absl::InfinitePast());

inline constexpr std::size_t kMaxRuleFileBytes = std::size_t{4} << 20;

// All *.yaml and *.yml files directly in `folder` (symbolic links are followed), by name, with names as in diagnostics;
// hidden files and others, such as editors' backups, are passed over (IsRuleFileName). An empty folder gives an empty
// list.
//   kNotFound         the folder is not there
//   kInvalidArgument  `folder` is no folder, a *.yaml in it is no file or is over kMaxRuleFileBytes
//   kUnavailable      a file went away while the folder was read: try again
// else as the system says.
absl::StatusOr<std::vector<RuleFile>> ReadRuleFolder(const std::string& folder);

// The same for who has been given the folder to use it now: kInvalidArgument for one without rule files, too.
absl::StatusOr<std::vector<RuleFile>> ReadSomeRules(const std::string& folder);

// kInvalidArgument: what is wrong with a folder without rule files, and what to do.
absl::Status NoRuleFilesError(absl::string_view folder);

// "sale.yaml" and "sale.yml", but not ".sale.yaml".
bool IsRuleFileName(absl::string_view name);

}  // namespace awase::rules

#endif  // AWASE_RULES_LOAD_RULES_H_

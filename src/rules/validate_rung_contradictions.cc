// Rung rules of which one asserts a step that another forbids.

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "awase/yaml/quoted.h"
#include "rules/internal/overlap.h"
#include "rules/internal/validate_set.h"

namespace awase::rules_internal {
namespace {

using ::awase::rules::Rung;
using ::awase::yaml::Quoted;

// One rule is held against so many steps of others at most; a ladder of fifty products has a hundred.
constexpr std::size_t kMostStepsCompared = 1'000;

const Rung* RungOf(const SourceRule& rule) { return std::get_if<Rung>(&rule.rule.action); }

// One step, of those that both rules are about.
struct Contradiction {
  const SourceRule* assertion = nullptr;
  const SourceRule* forbid = nullptr;
  std::size_t lower = 0;  // places in the products of the assertion
  std::size_t higher = 0;
};

void ReportContradiction(const Contradiction& found, Report* report) {
  const std::vector<std::string>& products = RungOf(*found.assertion)->products;
  const std::string step =
      absl::StrCat(" the step from ", Quoted(products[found.lower]), " to ", Quoted(products[found.higher]));
  if (found.forbid < found.assertion) {
    report->Warn(*found.assertion, absl::StrCat(".rung.products[", found.higher, "]"),
                 absl::StrCat(NameOf(*found.forbid), " comes first and forbids", step, " at the same time and place"));
  } else {
    report->Warn(*found.forbid, ".rung",
                 absl::StrCat(NameOf(*found.assertion), " comes first and asserts", step,
                              " at the same time and place: it stays"));
  }
}

// A product under a condition. The first of two rules may not apply where the second does, which is how an exception is
// made: so only rules without a condition count, and those of the same.
using Key = std::pair<absl::string_view, absl::string_view>;

// The rules so far. thread-compatible.
class RungsBefore {
 public:
  void Add(const SourceRule& rule) {
    const Rung& rung = *RungOf(rule);
    for (std::size_t i = 0; i < rung.products.size(); ++i) {
      const Key key = {rung.products[i], rule.condition_key};
      if (rung.forbid) {
        forbids_[key].push_back(&rule);
      } else if (i + 1 < rung.products.size()) {
        ladders_[key].push_back({&rule, i});
      }
    }
    if (rung.forbid) forbidden_[&rule].insert(rung.products.begin(), rung.products.end());
  }

  // What the first rule to be found says against a step of the ladder `rule`.
  Contradiction FindForbid(const SourceRule& rule) const {
    std::size_t left = kMostStepsCompared;
    const std::size_t count = RungOf(rule)->products.size();
    for (const absl::string_view condition : ConditionsOf(rule)) {
      for (std::size_t lower = 0; lower < count; ++lower) {
        const std::size_t end = std::min(count, lower + rules::kFarthestStep + 1);
        for (std::size_t higher = lower + 1; higher < end; ++higher) {
          const SourceRule* forbid = FindForbid(rule, condition, lower, higher, &left);
          if (forbid != nullptr) return {&rule, forbid, lower, higher};
        }
      }
    }
    return {};
  }

  // The same for a rule that forbids.
  Contradiction FindLadder(const SourceRule& rule) const {
    std::size_t left = kMostStepsCompared;
    const std::vector<std::string>& products = RungOf(rule)->products;
    const absl::flat_hash_set<absl::string_view> forbidden(products.begin(), products.end());
    for (const absl::string_view condition : ConditionsOf(rule)) {
      for (const std::string& product : products) {
        const auto found = ladders_.find(Key(product, condition));
        if (found == ladders_.end()) continue;
        for (const auto& [ladder, lower] : found->second) {
          if (left-- == 0) return {};
          const std::size_t higher = FindForbidden(RungOf(*ladder)->products, lower, forbidden);
          if (higher != lower && Overlap(*ladder, rule)) return {ladder, &rule, lower, higher};
        }
      }
    }
    return {};
  }

 private:
  // Of a product and its place in a ladder.
  using Place = std::pair<const SourceRule*, std::size_t>;
  using Rules = std::vector<const SourceRule*>;

  static std::vector<absl::string_view> ConditionsOf(const SourceRule& rule) {
    if (rule.condition_key.empty()) return {""};
    return {"", rule.condition_key};
  }

  // The place of a product to which a forbidden step leads from the one at `lower`; `lower` when there is none.
  static std::size_t FindForbidden(const std::vector<std::string>& ladder, std::size_t lower,
                                   const absl::flat_hash_set<absl::string_view>& forbidden) {
    const std::size_t end = std::min(ladder.size(), lower + rules::kFarthestStep + 1);
    for (std::size_t higher = lower + 1; higher < end; ++higher) {
      if (forbidden.contains(ladder[higher])) return higher;
    }
    return lower;
  }

  const Rules* ForbidsOf(const std::string& product, absl::string_view condition) const {
    const auto found = forbids_.find(Key(product, condition));
    return found == forbids_.end() ? nullptr : &found->second;
  }

  // Looked for among those of the product that fewer name.
  const SourceRule* FindForbid(const SourceRule& rule, absl::string_view condition, std::size_t lower,
                               std::size_t higher, std::size_t* left) const {
    const std::vector<std::string>& products = RungOf(rule)->products;
    const Rules* of_lower = ForbidsOf(products[lower], condition);
    const Rules* of_higher = ForbidsOf(products[higher], condition);
    if (of_lower == nullptr || of_higher == nullptr) return nullptr;
    const bool is_lower_rarer = of_lower->size() < of_higher->size();
    const std::string& other = products[is_lower_rarer ? higher : lower];
    for (const SourceRule* forbid : is_lower_rarer ? *of_lower : *of_higher) {
      if (*left == 0) return nullptr;
      --*left;
      if (forbidden_.at(forbid).contains(other) && Overlap(*forbid, rule)) return forbid;
    }
    return nullptr;
  }

  absl::flat_hash_map<Key, std::vector<Place>> ladders_;
  absl::flat_hash_map<Key, Rules> forbids_;
  absl::flat_hash_map<const SourceRule*, absl::flat_hash_set<absl::string_view>> forbidden_;
};

}  // namespace

void ReportContradictedRungs(absl::Span<const SourceRule> rules, Report* report) {
  RungsBefore before;
  for (const SourceRule& rule : rules) {
    const Rung* rung = RungOf(rule);
    if (rung == nullptr) continue;
    const Contradiction found = rung->forbid ? before.FindLadder(rule) : before.FindForbid(rule);
    if (found.assertion != nullptr) ReportContradiction(found, report);
    before.Add(rule);
  }
}

}  // namespace awase::rules_internal

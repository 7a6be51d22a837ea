// Discounts that take each other's units: a unit takes part in one of them, unless a later one is on top.

#include <cstddef>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/hash/hash.h"
#include "absl/strings/str_cat.h"
#include "awase/pricing/discount.h"
#include "awase/rules/rule_set.h"
#include "rules/internal/distinct_rules.h"
#include "rules/internal/overlap.h"
#include "rules/internal/validate_set.h"

namespace awase::rules_internal {
namespace {

using ::awase::rules::Discount;
using ::awase::rules::ProductFilter;
using ::awase::rules::ProductSet;

bool HasEverything(const ProductSet& set) { return set == ProductSet(); }

// Of sets that are equal.
struct HashOfSet {
  std::size_t operator()(const ProductSet& set) const {
    return absl::HashOf(HashOf(set.in), set.not_in.has_value() ? HashOf(*set.not_in) : 0);
  }

 private:
  static std::size_t HashOf(const ProductFilter& filter) {
    const rules::MoneyRange price = filter.price.value_or(rules::MoneyRange());
    return absl::HashOf(filter.products, filter.categories, filter.brands, filter.product_types, filter.authors,
                        filter.series, filter.tags, filter.attributes, price.currency.text(), price.minor_units.low,
                        price.minor_units.high);
  }
};

// The discounts so far, so that those of other products and conditions need not be looked at: a shop may have one for
// each. A condition before what takes everything is how an exception is made.
class DiscountsBefore {
 public:
  void Add(const SourceRule& rule, const Discount& discount) {
    const absl::string_view condition = rule.condition_key;
    all_[condition].Add(rule);
    for (const ProductSet& set : discount.takes) {
      if (HasEverything(set)) everything_[condition].Add(rule);
      for (const std::string& product : set.in.products) by_product_[{product, condition}].Add(rule);
      if (!set.in.products.empty()) continue;
      const std::size_t number = numbers_.try_emplace(set, numbers_.size()).first->second;
      by_set_[{number, condition}].Add(rule);
    }
  }

  // The first one that is sure to take units of `rule`; null when there is none.
  const SourceRule* FindFirst(const SourceRule& rule, const Discount& discount) const {
    const SourceRule* found = FindUnder("", rule, discount);
    if (found == nullptr && !rule.condition_key.empty()) found = FindUnder(rule.condition_key, rule, discount);
    return found;
  }

 private:
  // Of those with this condition.
  const SourceRule* FindUnder(absl::string_view condition, const SourceRule& rule, const Discount& discount) const {
    const SourceRule* found = FirstOf(everything_, condition, rule);
    for (const ProductSet& set : discount.takes) {
      if (found == nullptr && HasEverything(set)) found = FirstOf(all_, condition, rule);
      for (const std::string& product : set.in.products) {
        if (found == nullptr) found = FirstOf(by_product_, std::pair(absl::string_view(product), condition), rule);
      }
      const auto number = numbers_.find(set);
      if (found == nullptr && number != numbers_.end()) {
        found = FirstOf(by_set_, std::pair(number->second, condition), rule);
      }
    }
    return found;
  }

  template <typename Map, typename Key>
  static const SourceRule* FirstOf(const Map& map, const Key& key, const SourceRule& rule) {
    const auto rules = map.find(key);
    if (rules == map.end()) return nullptr;
    return rules->second.Find([&rule](const SourceRule& before) { return Overlap(before, rule); });
  }

  absl::flat_hash_map<absl::string_view, DistinctRules> all_;  // by condition, as are the others
  absl::flat_hash_map<absl::string_view, DistinctRules> everything_;
  absl::flat_hash_map<std::pair<absl::string_view, absl::string_view>, DistinctRules> by_product_;
  absl::flat_hash_map<ProductSet, std::size_t, HashOfSet> numbers_;  // of sets that name no products
  absl::flat_hash_map<std::pair<std::size_t, absl::string_view>, DistinctRules> by_set_;
};

}  // namespace

void ReportOverlappingDiscounts(absl::Span<const SourceRule> rules, Report* report) {
  DiscountsBefore before;
  for (const SourceRule& rule : rules) {
    const auto* discount = std::get_if<Discount>(&rule.rule.action);
    if (discount == nullptr || discount->is_step_up) continue;
    if (discount->terms.stacking == pricing::Stacking::kExclusive) {
      if (const SourceRule* first = before.FindFirst(rule, *discount)) {
        report->Warn(rule, ".discount",
                     absl::StrCat("takes only what ", NameOf(*first),
                                  " leaves, at the same time and place: write on_top: true where both are to apply"));
      }
    }
    before.Add(rule, *discount);
  }
}

}  // namespace awase::rules_internal

// Discounts that take each other's units: a unit takes part in one of them, unless a later one is on top.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "awase/pricing/discount.h"
#include "awase/rules/rule_set.h"
#include "rules/internal/overlap.h"
#include "rules/internal/validate_set.h"

namespace awase::rules_internal {
namespace {

using ::awase::rules::Discount;
using ::awase::rules::ProductFilter;
using ::awase::rules::ProductSet;

using Rules = std::vector<const SourceRule*>;

bool HasEverything(const ProductSet& set) { return set == ProductSet(); }

// Equal for equal sets: the first word of its first list, with the list's place.
std::string KeyOf(const ProductSet& set) {
  const ProductFilter& in = set.in;
  int list = 0;
  for (const rules::Words* words : {&in.categories, &in.brands, &in.product_types, &in.authors, &in.series, &in.tags}) {
    ++list;
    if (!words->empty()) return absl::StrCat(list, words->front());
  }
  return in.attributes.empty() ? "" : absl::StrCat("a", in.attributes.front().first);
}

// The discounts so far, so that those of other products need not be looked at: a shop may have one for each.
class DiscountsBefore {
 public:
  void Add(const SourceRule& rule, const Discount& discount) {
    all_.push_back(&rule);
    for (const ProductSet& set : discount.takes) {
      if (HasEverything(set)) everything_.push_back(&rule);
      for (const std::string& product : set.in.products) by_product_[product].push_back(&rule);
      if (set.in.products.empty()) by_key_[KeyOf(set)].push_back({&rule, &set});
    }
  }

  // The first one that is sure to take units of `rule`; null when there is none.
  const SourceRule* FindFirst(const SourceRule& rule, const Discount& discount) const {
    const SourceRule* found = FirstOf(everything_, rule);
    for (const ProductSet& set : discount.takes) {
      if (found == nullptr && HasEverything(set)) found = FirstOf(all_, rule);
      for (const std::string& product : set.in.products) {
        const auto named = by_product_.find(product);
        if (found == nullptr && named != by_product_.end()) found = FirstOf(named->second, rule);
      }
      if (found == nullptr && set.in.products.empty()) found = FirstEqual(set, rule);
    }
    return found;
  }

 private:
  // A condition before what takes everything is how an exception is made.
  static bool Meets(const SourceRule& before, const SourceRule& rule) {
    return Overlap(before.rule, rule.rule) && HoldsWherever(before, rule);
  }

  static const SourceRule* FirstOf(const Rules& rules, const SourceRule& rule) {
    const auto found =
        std::find_if(rules.begin(), rules.end(), [&rule](const SourceRule* before) { return Meets(*before, rule); });
    return found == rules.end() ? nullptr : *found;
  }

  const SourceRule* FirstEqual(const ProductSet& set, const SourceRule& rule) const {
    const auto alike = by_key_.find(KeyOf(set));
    if (alike == by_key_.end()) return nullptr;
    for (const auto& [before, other] : alike->second) {
      if (*other == set && Meets(*before, rule)) return before;
    }
    return nullptr;
  }

  Rules all_;
  Rules everything_;
  absl::flat_hash_map<absl::string_view, Rules> by_product_;
  absl::flat_hash_map<std::string, std::vector<std::pair<const SourceRule*, const ProductSet*>>> by_key_;
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

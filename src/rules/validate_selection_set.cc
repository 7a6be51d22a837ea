// Rules that choose among the offers of one slot and exclude each other, so that nothing is left to offer or a quota
// has no seats; bundles that are never shown for another one.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "rules/internal/action_check.h"
#include "rules/internal/distinct_rules.h"
#include "rules/internal/overlap.h"
#include "rules/internal/validate_rule.h"
#include "rules/internal/validate_set.h"

namespace awase::rules_internal {
namespace {

using ::awase::rules::Bundle;
using ::awase::rules::Cap;
using ::awase::rules::MoneyRange;
using ::awase::rules::PriceBand;
using ::awase::rules::ProductFilter;
using ::awase::rules::Quota;
using ::awase::rules::Range;
using ::awase::rules::Require;
using ::awase::rules::Words;

bool AreApart(const Words& a, const Words& b) { return !a.empty() && !b.empty() && !Overlap(a, b); }

bool AreApart(const std::optional<Range>& a, const std::optional<Range>& b) {
  return a.has_value() && b.has_value() && std::max(a->low, b->low) > std::min(a->high, b->high);
}

// Amounts of two currencies do not compare.
bool AreApart(const std::optional<MoneyRange>& a, const std::optional<MoneyRange>& b) {
  return a.has_value() && b.has_value() && a->currency == b->currency &&
         AreApart(std::optional(a->minor_units), std::optional(b->minor_units));
}

// By the columns of which a product has one value.
bool AreApart(const ProductFilter& a, const ProductFilter& b) {
  return AreApart(a.products, b.products) || AreApart(a.brands, b.brands) ||
         AreApart(a.product_types, b.product_types) || AreApart(a.authors, b.authors) || AreApart(a.series, b.series) ||
         AreApart(a.price, b.price);
}

bool AreApart(const PriceBand& a, const PriceBand& b) {
  return AreApart(a.parts_of_anchor, b.parts_of_anchor) || AreApart(a.parts_of_cart, b.parts_of_cart) ||
         AreApart(a.price, b.price);
}

// Of a require or a quota; null of other rules.
const ProductFilter* FilterOf(const SourceRule& rule) {
  if (const auto* quota = std::get_if<Quota>(&rule.rule.action)) return &quota->matching.in;
  const auto* require = std::get_if<Require>(&rule.rule.action);
  return require == nullptr || !require->matching.has_value() ? nullptr : &require->matching->in;
}

// Whether no product is let through by both.
bool Exclude(const SourceRule& a, const SourceRule& b) {
  const auto* band = std::get_if<PriceBand>(&a.rule.action);
  const auto* other_band = std::get_if<PriceBand>(&b.rule.action);
  const ProductFilter* filter = FilterOf(a);
  const ProductFilter* other_filter = FilterOf(b);
  if (band != nullptr && other_band != nullptr) return AreApart(*band, *other_band);
  if (band != nullptr && other_filter != nullptr) return AreApart(band->price, other_filter->price);
  if (filter != nullptr && other_band != nullptr) return AreApart(filter->price, other_band->price);
  return filter != nullptr && other_filter != nullptr && AreApart(*filter, *other_filter);
}

// The column of a cap of which the set has one value; "" when there is none.
std::string OneValued(const ProductFilter& set) {
  if (set.brands.size() == 1) return "brand";
  if (set.product_types.size() == 1) return "product_type";
  if (set.authors.size() == 1) return "author";
  return set.series.size() == 1 ? "series" : "";
}

// Whether the cap keeps the quota from being filled.
bool IsBelow(const SourceRule& cap_rule, const Quota& quota) {
  const auto* cap = std::get_if<Cap>(&cap_rule.rule.action);
  if (cap == nullptr || cap->at_most >= quota.at_least) return false;
  return cap->matching == quota.matching || (!cap->per.empty() && cap->per == OneValued(quota.matching.in));
}

Words SlotsOf(const SourceRule& rule) {
  if (const auto* require = std::get_if<Require>(&rule.rule.action)) return require->slots;
  if (const auto* band = std::get_if<PriceBand>(&rule.rule.action)) return band->slots;
  const auto* cap = std::get_if<Cap>(&rule.rule.action);
  return cap == nullptr ? Words() : Words(cap->slots);
}

// What binds the offers of a slot, under a condition or always ("").
using BySlot = absl::flat_hash_map<std::pair<std::string, absl::string_view>, DistinctRules>;

// The first rule in the slot for which it holds of those that act wherever `rule` does, or null. Of two under one
// condition the later is reported, so only those before it count, unless `in_any_order`.
template <typename Matches>
const SourceRule* FindBeside(const BySlot& by_slot, const std::string& slot, const SourceRule& rule, bool in_any_order,
                             const Matches& matches) {
  for (const absl::string_view condition : {absl::string_view(), absl::string_view(rule.condition_key)}) {
    const auto found = by_slot.find(std::pair(slot, condition));
    if (found == by_slot.end()) continue;
    const bool is_other_condition = condition != rule.condition_key;
    const SourceRule* other = found->second.Find([&](const SourceRule& candidate) {
      return (in_any_order || is_other_condition || &candidate < &rule) && Overlap(candidate, rule) &&
             matches(candidate);
    });
    if (other != nullptr) return other;
  }
  return nullptr;
}

void CheckBinding(const BySlot& by_slot, const SourceRule& rule, absl::string_view below, Report* report) {
  for (const std::string& slot : SlotsOf(rule)) {
    const SourceRule* other = FindBeside(by_slot, slot, rule, /*in_any_order=*/false,
                                         [&rule](const SourceRule& before) { return Exclude(before, rule); });
    if (other == nullptr) continue;
    return report->Warn(rule, below,
                        absl::StrCat("nothing is left to offer in ", slot, ": no product fits both this and ",
                                     NameOf(*other), " at the same time and place"));
  }
}

void CheckQuota(const BySlot& by_slot, const SourceRule& rule, const Quota& quota, Report* report) {
  const SourceRule* other = FindBeside(by_slot, kQuotaSlot, rule, /*in_any_order=*/true,
                                       [&rule](const SourceRule& binding) { return Exclude(binding, rule); });
  if (other != nullptr) {
    report->Warn(rule, ".quota",
                 absl::StrCat("has no effect: ", NameOf(*other), " lets none of these products into ", kQuotaSlot,
                              " at the same time and place"));
  }
  other = FindBeside(by_slot, kQuotaSlot, rule, /*in_any_order=*/true,
                     [&quota](const SourceRule& cap) { return IsBelow(cap, quota); });
  if (other != nullptr) {
    report->Warn(rule, ".quota.at_least",
                 absl::StrCat("is never reached: ", NameOf(*other), " allows at most ",
                              std::get<Cap>(other->rule.action).at_most, " of the same at the same time and place"));
  }
}

}  // namespace

void ReportExcludedOffers(absl::Span<const SourceRule> rules, Report* report) {
  BySlot by_slot;
  for (const SourceRule& rule : rules) {
    for (const std::string& slot : SlotsOf(rule)) by_slot[{slot, rule.condition_key}].AddEach(rule);
  }
  for (const SourceRule& rule : rules) {
    if (std::holds_alternative<Require>(rule.rule.action)) CheckBinding(by_slot, rule, ".require", report);
    if (std::holds_alternative<PriceBand>(rule.rule.action)) CheckBinding(by_slot, rule, ".price_band", report);
    if (const auto* quota = std::get_if<Quota>(&rule.rule.action)) CheckQuota(by_slot, rule, *quota, report);
  }
}

void ReportShadowedBundles(absl::Span<const SourceRule> rules, Report* report) {
  using Key = std::tuple<std::string, std::int32_t, absl::string_view>;  // page, priority, condition
  absl::flat_hash_map<Key, DistinctRules> before;
  for (const SourceRule& rule : rules) {
    const auto* bundle = std::get_if<Bundle>(&rule.rule.action);
    if (bundle == nullptr || bundle->products.empty() || bundle->products.size() > kMostInBundle) continue;
    const Names& pages = rule.anchors;
    const auto find = [&](absl::string_view condition) {
      return before[{pages.front(), rule.rule.priority, condition}].Find(
          [&](const SourceRule& other) { return Covers(other.anchors, pages) && Overlap(other, rule); });
    };
    const SourceRule* other = find("");
    if (other == nullptr) other = find(rule.condition_key);
    if (other != nullptr) {
      report->Warn(rule, ".bundle",
                   absl::StrCat(NameOf(*other),
                                " comes first, by its id alone, on each page of this one at the same "
                                "time and place: say which is to be shown with priority"));
    }
    for (const std::string& page : pages) {
      before[{page, rule.rule.priority, rule.condition_key}].Add(rule, absl::StrJoin(pages, "\n"));
    }
  }
}

}  // namespace awase::rules_internal

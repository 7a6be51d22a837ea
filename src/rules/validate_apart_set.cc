// do_not_associate against rules that show what it keeps apart.

#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "awase/yaml/quoted.h"
#include "rules/internal/distinct_rules.h"
#include "rules/internal/overlap.h"
#include "rules/internal/validate_rule.h"
#include "rules/internal/validate_set.h"

namespace awase::rules_internal {
namespace {

using ::awase::rules::Bundle;
using ::awase::rules::DoNotAssociate;
using ::awase::rules::Pin;
using ::awase::yaml::Quoted;

// do_not_associate in SourceRule::stopped_actions.
const std::uint32_t kSeparates = std::uint32_t{1} << rules::Action(DoNotAssociate()).index();

// A set of ids and nothing else; of other sets only a catalogue and a request tell.
bool IsList(const rules::ProductSet& set) {
  return !set.in.products.empty() && set == rules::ProductSet{.in = {.products = set.in.products}};
}

class Separations {
 public:
  explicit Separations(absl::Span<const SourceRule> rules) {
    for (const SourceRule& rule : rules) {
      if ((rule.stopped_actions & kSeparates) != 0) stops_.Add(rule, absl::StrCat(rule.stopped_actions));
      const auto* apart = std::get_if<DoNotAssociate>(&rule.rule.action);
      if (apart == nullptr || !IsList(apart->these) || (apart->with.has_value() && !IsList(*apart->with))) continue;
      const rules::Words& these = apart->these.in.products;
      const rules::Words& with = apart->with.has_value() ? apart->with->in.products : these;
      Sides& sides = sides_[&rule];
      sides.these.insert(these.begin(), these.end());
      sides.with.insert(with.begin(), with.end());
      absl::flat_hash_set<absl::string_view> all(these.begin(), these.end());
      all.insert(with.begin(), with.end());
      for (const absl::string_view product : all) by_product_[product].AddEach(rule);
    }
  }

  bool empty() const { return sides_.empty(); }

  // The first rule that keeps the two apart where `shown` would show them beside each other, or null. Not one before
  // which a stop may stand: that is how an exception is made.
  const SourceRule* Find(const SourceRule& shown, absl::string_view a, absl::string_view b) const {
    const auto found = by_product_.find(a);
    if (found == by_product_.end()) return nullptr;
    return found->second.Find([&](const SourceRule& rule) {
      return KeepsApart(rule, a, b) && Overlap(rule, shown) && HoldsWherever(rule, shown) && !MayBeStopped(rule, shown);
    });
  }

 private:
  struct Sides {
    absl::flat_hash_set<absl::string_view> these;
    absl::flat_hash_set<absl::string_view> with;
  };

  bool KeepsApart(const SourceRule& rule, absl::string_view a, absl::string_view b) const {
    const Sides& sides = sides_.at(&rule);
    return (sides.these.contains(a) && sides.with.contains(b)) || (sides.these.contains(b) && sides.with.contains(a));
  }

  // Rules are told apart by their places in one list, in order of application.
  bool MayBeStopped(const SourceRule& rule, const SourceRule& shown) const {
    if (stops_.left_out() != nullptr) return true;
    return stops_.Find([&](const SourceRule& stop) { return &stop < &rule && Overlap(stop, shown); }) != nullptr;
  }

  absl::flat_hash_map<const SourceRule*, Sides> sides_;
  absl::flat_hash_map<absl::string_view, DistinctRules> by_product_;
  DistinctRules stops_;
};

std::string ApartText(const SourceRule& apart, const SourceRule& shown, absl::string_view a, absl::string_view b) {
  return absl::StrCat(NameOf(apart), " keeps ", Quoted(a), " and ", Quoted(b), " apart ",
                      Covers(apart, shown) ? "wherever" : "in a part of where",
                      " this rule shows the one beside the other");
}

void CheckBundle(const Separations& separations, const SourceRule& rule, const Bundle& bundle, Report* report) {
  if (bundle.products.size() > kMostInBundle) return;  // reported already
  for (std::size_t i = 0; i < bundle.products.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const SourceRule* apart = separations.Find(rule, bundle.products[j], bundle.products[i]);
      if (apart == nullptr) continue;
      return report->Warn(rule, absl::StrCat(".bundle.products[", i, "]"),
                          ApartText(*apart, rule, bundle.products[j], bundle.products[i]));
    }
  }
}

void CheckPin(const Separations& separations, const SourceRule& rule, const Pin& pin, Report* report) {
  for (std::size_t i = 0; i < pin.anchors.size(); ++i) {
    const SourceRule* apart = separations.Find(rule, pin.product, pin.anchors[i]);
    if (apart == nullptr) continue;
    report->Warn(rule, absl::StrCat(".pin.anchors[", i, "]"), ApartText(*apart, rule, pin.product, pin.anchors[i]));
  }
}

}  // namespace

void ReportKeptApart(absl::Span<const SourceRule> rules, Report* report) {
  const Separations separations(rules);
  if (separations.empty()) return;
  for (const SourceRule& rule : rules) {
    if (const auto* bundle = std::get_if<Bundle>(&rule.rule.action)) CheckBundle(separations, rule, *bundle, report);
    if (const auto* pin = std::get_if<Pin>(&rule.rule.action)) CheckPin(separations, rule, *pin, report);
  }
}

}  // namespace awase::rules_internal

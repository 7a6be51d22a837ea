#include "rules/internal/validate_set.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "awase/yaml/quoted.h"
#include "rules/internal/distinct_rules.h"
#include "rules/internal/overlap.h"
#include "rules/internal/rules_by_page.h"
#include "rules/internal/validate_rule.h"

namespace awase::rules_internal {
namespace {

using ::awase::rules::Bundle;
using ::awase::rules::Hide;
using ::awase::rules::kFarthestStep;
using ::awase::rules::Pin;
using ::awase::rules::Rung;
using ::awase::yaml::Quoted;
using Strings = ::google::protobuf::RepeatedPtrField<std::string>;

// Hides in SourceRule::stopped_actions.
const std::uint32_t kHides = std::uint32_t{1} << rules::Action(Hide()).index();

// What is known of one thing, by the condition under which it is so: "" for always.
using RulesOfProduct = absl::flat_hash_map<std::pair<absl::string_view, absl::string_view>, RulesByPage>;

struct Hiders {
  RulesOfProduct by_product;
  DistinctRules stops;  // those that stop hides
};

// The first rule behind which a hide may be stopped where `shown` acts, or null: that is how an exception is made.
// Rules are told apart by their places in one list, in order of application.
const SourceRule* FindException(const Hiders& hiders, const SourceRule& shown) {
  const SourceRule* stop = hiders.stops.Find([&](const SourceRule& rule) {
    const bool stops_shown = &rule < &shown && Stops(rule, shown);
    return !stops_shown && Overlap(rule, shown);
  });
  return stop != nullptr ? stop : hiders.stops.left_out();
}

// What one rule shows.
class HiddenProducts {
 public:
  HiddenProducts(const SourceRule& shown, const Hiders& hiders, Report* report)
      : shown_(shown), hiders_(hiders), exception_(FindException(hiders, shown)), report_(report) {}

  // Looks for a rule that hides `product`, which is shown on the pages of `anchors`; one that hides it everywhere is
  // reported rather than one that hides it here and there.
  void Check(absl::string_view below, const std::string& product, const Names& anchors) {
    const SourceRule* partly = nullptr;
    const SourceRule* wholly = FindWholly("", product, anchors, &partly);
    if (wholly == nullptr && !shown_.condition_key.empty()) {
      wholly = FindWholly(shown_.condition_key, product, anchors, &partly);
    }
    if (wholly != nullptr) {
      report_->Warn(shown_, below,
                    absl::StrCat("dead rule: ", NameOf(*wholly), " hides product ", Quoted(product),
                                 " wherever this rule shows it"));
    } else if (partly != nullptr) {
      report_->Warn(
          shown_, below,
          absl::StrCat(NameOf(*partly), " hides product ", Quoted(product), " in a part of where this rule shows it"));
    }
  }

  // Of an action that names its products in a list of its own.
  void Check(absl::string_view action, const Strings& products) {
    for (int i = 0; i < products.size(); ++i) Check(absl::StrCat(action, ".products[", i, "]"), products[i], {});
  }

 private:
  // A condition before what hides is how an exception is made, so only rules of this condition, or of none, count.
  // `*partly` becomes the first that hides it in a part, unless there is one.
  const SourceRule* FindWholly(absl::string_view condition, const std::string& product, const Names& anchors,
                               const SourceRule** partly) const {
    const auto found = hiders_.by_product.find(std::pair(absl::string_view(product), condition));
    if (found == hiders_.by_product.end()) return nullptr;
    return found->second.Find(anchors, [&](const SourceRule& hider) {
      const bool is_excepted = exception_ != nullptr && exception_ < &hider;
      if (is_excepted || !Overlap(hider, shown_)) return false;
      if (*partly == nullptr && Overlap(hider.anchors, anchors)) *partly = &hider;
      return Covers(hider, shown_) && Covers(hider.anchors, anchors);
    });
  }

  const SourceRule& shown_;
  const Hiders& hiders_;
  const SourceRule* exception_;
  Report* report_;
};

// The products on whose pages a ladder shows the one at `place`.
Names NeighboursOf(const Rung& rung, std::size_t place) {
  Names neighbours;
  const std::size_t first = place < kFarthestStep ? 0 : place - kFarthestStep;
  for (std::size_t i = first; i < std::min(rung.products.size(), place + kFarthestStep + 1); ++i) {
    if (i != place) neighbours.push_back(rung.products[i]);
  }
  return Sorted(std::move(neighbours));
}

// A pin on some pages, or under a condition, before one on every page is no shadow: that is how an exception is made.
const SourceRule* FindShadow(const RulesByPage& before, const SourceRule& rule) {
  const auto overlaps = [&rule](const SourceRule& other) {
    return Overlap(other.anchors, rule.anchors) && Overlap(other, rule);
  };
  return rule.anchors.empty() ? before.on_every_page().Find(overlaps) : before.Find(rule.anchors, overlaps);
}

Hiders CollectHiders(absl::Span<const SourceRule> rules) {
  Hiders hiders;
  for (const SourceRule& rule : rules) {
    if ((rule.stopped_actions & kHides) != 0) hiders.stops.Add(rule, absl::StrCat(rule.stopped_actions));
    const auto* hide = std::get_if<Hide>(&rule.rule.action);
    if (hide == nullptr) continue;
    for (const std::string& product : hide->products) {
      hiders.by_product[{product, rule.condition_key}].Add(rule, hide->products.size());
    }
  }
  return hiders;
}

void CheckBundle(const Bundle& bundle, const Names& pages, HiddenProducts* check) {
  if (bundle.products.size() > kMostInBundle) return;  // reported already
  for (std::size_t i = 0; i < bundle.products.size(); ++i) {
    check->Check(absl::StrCat(".bundle.products[", i, "]"), bundle.products[i], pages);
  }
}

}  // namespace

void ReportRepeatedIds(absl::Span<const SourceRule> rules, Report* report) {
  absl::flat_hash_map<absl::string_view, const SourceRule*> first_with_id;
  for (const SourceRule& rule : rules) {
    if (rule.rule.id.empty() || !rule.IsSound(".id")) continue;
    const auto [first, is_new] = first_with_id.try_emplace(rule.rule.id, &rule);
    if (is_new) continue;
    report->Error(rule, ".id",
                  absl::StrCat("id ", Quoted(rule.rule.id), " is already used at ", first->second->PlaceText(".id")));
  }
}

void ReportHiddenProducts(absl::Span<const SourceRule> rules, Report* report) {
  const Hiders hiders = CollectHiders(rules);
  if (hiders.by_product.empty()) return;
  for (const SourceRule& rule : rules) {
    HiddenProducts check(rule, hiders, report);
    if (const auto* pin = std::get_if<Pin>(&rule.rule.action)) {
      check.Check(".pin.product", pin->product, rule.anchors);
    }
    check.Check(".boost", rule.proto->boost().products());
    check.Check(".quota", rule.proto->quota().products());
    if (const auto* bundle = std::get_if<Bundle>(&rule.rule.action)) CheckBundle(*bundle, rule.anchors, &check);
    if (const auto* rung = std::get_if<Rung>(&rule.rule.action); rung != nullptr && !rung->forbid) {
      for (std::size_t i = 0; i < rung->products.size(); ++i) {
        check.Check(absl::StrCat(".rung.products[", i, "]"), rung->products[i], NeighboursOf(*rung, i));
      }
    }
  }
}

void ReportShadowedPins(absl::Span<const SourceRule> rules, Report* report) {
  // Of one place those under one condition, so that the others need not be looked at.
  absl::flat_hash_map<std::tuple<absl::string_view, std::uint32_t, absl::string_view>, RulesByPage> places;
  for (const SourceRule& rule : rules) {
    const auto* pin = std::get_if<Pin>(&rule.rule.action);
    if (pin == nullptr) continue;
    const SourceRule* shadow = FindShadow(places[{pin->slot, pin->position, ""}], rule);
    RulesByPage& place = places[{pin->slot, pin->position, rule.condition_key}];
    if (shadow == nullptr) shadow = FindShadow(place, rule);
    if (shadow != nullptr) {
      report->Warn(rule, ".pin",
                   absl::StrCat("shadowed: ", NameOf(*shadow), " comes first and takes position ", pin->position,
                                " of slot ", pin->slot, " at the same time and place"));
    }
    place.Add(rule);
  }
}

}  // namespace awase::rules_internal

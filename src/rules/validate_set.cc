#include "rules/internal/validate_set.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "awase/yaml/quoted.h"
#include "rules/internal/overlap.h"

namespace awase::rules_internal {
namespace {

using ::awase::rules::Bundle;
using ::awase::rules::Hide;
using ::awase::rules::kFarthestStep;
using ::awase::rules::Pin;
using ::awase::rules::Rung;
using ::awase::rules::Stop;
using ::awase::yaml::Quoted;
using Strings = ::google::protobuf::RepeatedPtrField<std::string>;

// Rules that act on pages, so that those of other pages need not be looked at: a shop may have a rule for
// each of its pages.
struct RulesByPage {
  std::vector<const SourceRule*> all;
  std::vector<const SourceRule*> on_every_page;
  absl::flat_hash_map<absl::string_view, std::vector<const SourceRule*>> on_page;  // by anchor

  void Add(const SourceRule& rule, const Names& anchors) {
    all.push_back(&rule);
    if (anchors.empty()) on_every_page.push_back(&rule);
    for (const std::string& anchor : anchors) on_page[anchor].push_back(&rule);
  }

  // Those that may act on the same page as a rule with these anchors; some more than once.
  std::vector<const SourceRule*> MayMeet(const Names& anchors) const {
    if (anchors.empty()) return all;
    std::vector<const SourceRule*> rules = on_every_page;
    for (const std::string& anchor : anchors) {
      const auto found = on_page.find(anchor);
      if (found != on_page.end()) rules.insert(rules.end(), found->second.begin(), found->second.end());
    }
    return rules;
  }
};

// The rules that hide a product, by product, and those that may stop them.
struct Hiders {
  absl::flat_hash_map<absl::string_view, RulesByPage> by_product;
  std::vector<const SourceRule*> stops;
};

// Whether a stop may keep the hider from acting where `shown` acts: that is how an exception is made. Rules are told
// apart by their places in one list, in order of application.
bool IsExcepted(const Hiders& hiders, const SourceRule& hider, const SourceRule& shown) {
  return std::any_of(hiders.stops.begin(), hiders.stops.end(), [&](const SourceRule* rule) {
    const Stop& stop = std::get<Stop>(rule->rule.action);
    const bool stops_shown = rule < &shown && Stops(stop, shown.rule);
    return rule < &hider && !stops_shown && Stops(stop, hider.rule) && Overlap(rule->rule, shown.rule);
  });
}

// Looks for a rule that hides `product`, which `shown` shows on the pages of `anchors`; one that hides it everywhere is
// reported rather than one that hides it here and there.
void ReportHidden(const SourceRule& shown, absl::string_view below, const std::string& product, const Names& anchors,
                  const Hiders& hiders, Report* report) {
  const auto found = hiders.by_product.find(product);
  if (found == hiders.by_product.end()) return;
  const SourceRule* partly = nullptr;
  for (const SourceRule* hider : found->second.MayMeet(anchors)) {
    const Names& hidden_on = std::get<Hide>(hider->rule.action).anchors;
    // A condition before what hides is how an exception is made.
    if (!Overlap(hider->rule, shown.rule) || !HoldsWherever(*hider, shown)) continue;
    if (IsExcepted(hiders, *hider, shown)) continue;
    if (Covers(*hider, shown) && Covers(hidden_on, anchors)) {
      report->Warn(shown, below,
                   absl::StrCat("dead rule: ", NameOf(*hider), " hides product ", Quoted(product),
                                " wherever this rule shows it"));
      return;
    }
    if (partly == nullptr) partly = hider;
  }
  if (partly == nullptr) return;
  report->Warn(
      shown, below,
      absl::StrCat(NameOf(*partly), " hides product ", Quoted(product), " in a part of where this rule shows it"));
}

// The products on whose pages a ladder shows the one at `place`.
Names NeighboursOf(const Rung& rung, std::size_t place) {
  Names neighbours;
  const std::size_t first = place < kFarthestStep ? 0 : place - kFarthestStep;
  for (std::size_t i = first; i < std::min(rung.products.size(), place + kFarthestStep + 1); ++i) {
    if (i != place) neighbours.push_back(rung.products[i]);
  }
  return neighbours;
}

// Of an action that names its products in a list of its own.
void ReportHidden(const SourceRule& shown, absl::string_view action, const Strings& products, const Hiders& hiders,
                  Report* report) {
  for (int i = 0; i < products.size(); ++i) {
    ReportHidden(shown, absl::StrCat(action, ".products[", i, "]"), products[i], {}, hiders, report);
  }
}

const SourceRule* FindOverlapping(const std::vector<const SourceRule*>& before, const SourceRule& rule) {
  const auto found = std::find_if(before.begin(), before.end(),
                                  [&rule](const SourceRule* other) { return Overlap(other->rule, rule.rule); });
  return found == before.end() ? nullptr : *found;
}

// A pin on some pages, or under a condition, before one on every page is no shadow: that is how an exception is made.
const SourceRule* FindShadow(const RulesByPage& before, const SourceRule& rule, const Pin& pin) {
  return FindOverlapping(pin.anchors.empty() ? before.on_every_page : before.MayMeet(pin.anchors), rule);
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
  Hiders hiders;
  for (const SourceRule& rule : rules) {
    if (std::holds_alternative<Stop>(rule.rule.action)) hiders.stops.push_back(&rule);
    const auto* hide = std::get_if<Hide>(&rule.rule.action);
    if (hide == nullptr) continue;
    for (const std::string& product : hide->products) hiders.by_product[product].Add(rule, hide->anchors);
  }
  if (hiders.by_product.empty()) return;
  for (const SourceRule& rule : rules) {
    if (const auto* pin = std::get_if<Pin>(&rule.rule.action)) {
      ReportHidden(rule, ".pin.product", pin->product, pin->anchors, hiders, report);
    }
    ReportHidden(rule, ".boost", rule.proto->boost().products(), hiders, report);
    ReportHidden(rule, ".quota", rule.proto->quota().products(), hiders, report);
    if (const auto* bundle = std::get_if<Bundle>(&rule.rule.action)) {
      const Names anchors = bundle->anchor.empty() ? bundle->products : Names{bundle->anchor};
      for (std::size_t i = 0; i < bundle->products.size(); ++i) {
        ReportHidden(rule, absl::StrCat(".bundle.products[", i, "]"), bundle->products[i], anchors, hiders, report);
      }
    }
    if (const auto* rung = std::get_if<Rung>(&rule.rule.action); rung != nullptr && !rung->forbid) {
      for (std::size_t i = 0; i < rung->products.size(); ++i) {
        ReportHidden(rule, absl::StrCat(".rung.products[", i, "]"), rung->products[i], NeighboursOf(*rung, i), hiders,
                     report);
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
    const SourceRule* shadow = FindShadow(places[{pin->slot, pin->position, ""}], rule, *pin);
    RulesByPage& place = places[{pin->slot, pin->position, rule.condition_key}];
    if (shadow == nullptr) shadow = FindShadow(place, rule, *pin);
    if (shadow != nullptr) {
      report->Warn(rule, ".pin",
                   absl::StrCat("shadowed: ", NameOf(*shadow), " comes first and takes position ", pin->position,
                                " of slot ", pin->slot, " at the same time and place"));
    }
    place.Add(rule, pin->anchors);
  }
}

}  // namespace awase::rules_internal

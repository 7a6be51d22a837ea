#include "reasons.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "awase/base/money.h"
#include "cut_text.h"
#include "pack_reasons.h"
#include "plan_reasons.h"
#include "reason_texts.h"
#include "set_choice.h"
#include "step_claims.h"
#include "weights.h"

namespace awase::engine {
namespace {

using relations::EntrySource;
using relations::RelationKind;

constexpr std::size_t kMaxDifferencesInSentence = 3;  // the whole list is in Offer::differences
constexpr std::size_t kMaxTitleInSentence = 80;

// What the page calls the product whose list spoke.
std::string NameSeed(const Context& context, ProductIndex seed) {
  if (seed == context.page_product) return std::string(TextIn(context.language, Text::kThisProduct));
  const artefact::ProductView view = context.model.product(seed);
  return Say(context.language, Text::kNamedProduct,
             {CutText(view.title().empty() ? view.product_id() : view.title(), kMaxTitleInSentence)});
}

// As "%.1f", digit for digit.
std::string WithOneDecimal(double value) {
  std::array<char, 320> text;  // the largest double has 309 digits before the point
  const std::to_chars_result result =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, 1);
  return {text.data(), result.ptr};
}

std::string EvidenceSentence(const Context& context, RelationKind kind, ProductIndex seed, const Evidence& evidence) {
  const std::string together = GroupThousands(evidence.units_together);
  const std::string of_seed = GroupThousands(evidence.units_anchor);
  const bool by_order = kind == RelationKind::kBoughtTogether;
  if (evidence.claim && evidence.expected_together > 0) {
    const double ratio = static_cast<double>(evidence.units_together) / evidence.expected_together;
    const Text text = by_order ? Text::kOrdersClaim : Text::kCustomersClaim;
    return Say(context.language, text, {together, of_seed, NameSeed(context, seed), WithOneDecimal(ratio)});
  }
  const Text text = by_order ? Text::kOrders : Text::kCustomers;
  return Say(context.language, text, {together, of_seed, NameSeed(context, seed)});
}

// No counts: those of the product itself are too few to be told, and those of its kind are not about this pair.
Text BackOffText(RelationKind kind, EntrySource source) {
  const bool by_order = kind == RelationKind::kBoughtTogether;
  switch (source) {
    case EntrySource::kFamily:
      return by_order ? Text::kFamilyOrders : Text::kFamilyCustomers;
    case EntrySource::kType:
      return by_order ? Text::kTypeOrders : Text::kTypeCustomers;
    case EntrySource::kCategory:
      return by_order ? Text::kCategoryOrders : Text::kCategoryCustomers;
    case EntrySource::kAuthor:
      return Text::kAuthor;
    case EntrySource::kSeries:
      return Text::kSeries;
    case EntrySource::kBrand:
      return Text::kBrand;
    case EntrySource::kCounted:
    case EntrySource::kPopularity:
      break;  // the one has counts, the other is on no page
  }
  return Text::kByShop;
}

// A pair's count says nothing about three products at once, so each companion of a larger set gets its own.
std::string SetSentence(const Context& context, const BundleDraft& set, const Evidence& first) {
  const ProductIndex anchor = set.products.front();
  std::string companions;
  for (std::size_t i = 1; i < set.products.size(); ++i) {
    const relations::RelationEntry* entry = FindTogether(context.model, anchor, context.model.root(set.products[i]));
    if (entry == nullptr) continue;
    const Text separator = i + 1 == set.products.size() ? Text::kSetAnd : Text::kSetComma;
    if (!companions.empty()) absl::StrAppend(&companions, TextIn(context.language, separator));
    absl::StrAppend(&companions, Say(context.language, Text::kSetPart,
                                     {NameSeed(context, set.products[i]), GroupThousands(entry->units_together)}));
  }
  return Say(context.language, Text::kSet, {GroupThousands(first.units_anchor), NameSeed(context, anchor), companions});
}

// "spec.storage_gb" → "storage_gb": the prefix tells the trainer the type, a reader nothing.
absl::string_view SpecName(absl::string_view name) {
  const std::size_t dot = name.find('.');
  return dot == absl::string_view::npos ? name : name.substr(dot + 1);
}

// "perk.free_shipping" → "free shipping".
std::string PerkName(absl::string_view name) {
  std::string text(SpecName(name));
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

// "; gains storage_gb 128 → 256, zoom_x 6 → 10; gives up weight_g 300 → 400": the first few, what is gained first.
std::string DifferencesText(Language language, const Offer& offer) {
  using Direction = SpecDifference::Direction;
  constexpr std::array<std::pair<Direction, Text>, 3> kGroups = {{{Direction::kGained, Text::kGains},
                                                                  {Direction::kGivenUp, Text::kGivesUp},
                                                                  {Direction::kChanged, Text::kChanges}}};
  std::string text;
  std::size_t said = 0;
  for (const auto& [direction, lead] : kGroups) {
    bool first = true;
    for (const SpecDifference& spec : offer.differences) {
      const bool is_perk = absl::StartsWith(spec.name, "perk.") && spec.anchor_value.empty();
      // What overage costs is in the table beside the product: "sms 0.09 → 0.05" would read like a limit.
      if (spec.direction != direction || absl::StartsWith(spec.name, "overage.")) continue;
      if (!is_perk && (spec.anchor_value.empty() || spec.offer_value.empty())) continue;
      if (said++ >= kMaxDifferencesInSentence) continue;
      absl::StrAppend(&text, TextIn(language, first ? lead : Text::kNextDifference),
                      is_perk ? PerkName(spec.name)
                              : absl::StrCat(SpecName(spec.name), " ", spec.anchor_value, " → ", spec.offer_value));
      first = false;
    }
  }
  if (said > kMaxDifferencesInSentence) {
    absl::StrAppend(&text, Say(language, Text::kMoreDifferences, {absl::StrCat(said - kMaxDifferencesInSentence)}));
  }
  return text;
}

// Only what speaks for the dearer product is worth saying, and only where it is not chance.
std::string MovesText(Language language, const ladder::RungEvidence* step) {
  if (step == nullptr || (step->flags & ladder::kBehaviour) == 0) return "";
  const std::uint64_t up = std::uint64_t{step->upgrades} + step->switches_up;
  const std::uint64_t all = up + step->downgrades + step->switches_down;
  return Say(language, Text::kMovedUp, {GroupThousands(up), GroupThousands(all)});
}

Text StepText(const Context& context, bool up, const Candidate& candidate) {
  if (!up) return candidate.rung == 2 && IsCheapestStep(context, candidate) ? Text::kTwoStepsDown : Text::kStepDown;
  if (!IsAsFarUpAsItsRung(context, candidate)) return Text::kSomeStepUp;
  return candidate.rung == 2 ? Text::kTwoStepsUp : Text::kStepUp;
}

std::string StepSentence(const Context& context, const SlotSpec& slot, const Candidate& candidate, const Offer& offer) {
  const bool up = slot.kind == SlotKind::kHigher;
  Money difference = *offer.price_difference;
  if (!up) difference.minor_units = -difference.minor_units;
  return absl::StrCat(Say(context.language, StepText(context, up, candidate),
                          {FormatMoney(difference), DifferencesText(context.language, offer)}),
                      up ? MovesText(context.language, candidate.step) : "");
}

}  // namespace

namespace {

// Those that moved the product, each once.
void AddWeightRules(const Context& context, ProductIndex product, Reason& reason) {
  if (!MayWeigh(context)) return;
  for (const BoundWeight* weight : WeightRulesOf(context, product)) {
    const std::string& id = weight->rule.rule->id;
    if (std::find(reason.rule_ids.begin(), reason.rule_ids.end(), id) == reason.rule_ids.end()) {
      reason.rule_ids.push_back(id);
    }
  }
}

}  // namespace

Evidence MakeEvidence(const artefact::Model& model, RelationKind kind, ProductIndex seed,
                      const relations::RelationEntry& entry) {
  Evidence evidence;
  evidence.units_together = entry.units_together;
  evidence.units_anchor = model.units(kind, seed);
  evidence.units_other = model.units_as_other(kind, entry.other);
  evidence.units_total = model.unit_count(kind);
  evidence.buyers_together = entry.buyers_together;
  if (evidence.units_total > 0) {
    evidence.expected_together = model.basket_size_factor(kind) * static_cast<double>(evidence.units_anchor) *
                                 static_cast<double>(evidence.units_other) / static_cast<double>(evidence.units_total);
  }
  evidence.lift = static_cast<double>(entry.lift);
  evidence.lift_low = static_cast<double>(entry.lift_low);
  evidence.lift_high = static_cast<double>(entry.lift_high);
  evidence.claim = entry.is_claim != 0;
  evidence.entry_class = entry.entry_class;
  return evidence;
}

Reason ExplainRowOffer(const Context& context, const SlotSpec& slot, const Candidate& candidate, const Offer& offer) {
  Reason reason;
  reason.source = candidate.source;
  if (candidate.pin != nullptr) reason.rule_ids.push_back(candidate.pin->rule.rule->id);
  if (slot.kind == SlotKind::kAlsoBought && candidate.pin == nullptr)
    AddWeightRules(context, candidate.product, reason);
  if (candidate.quota != nullptr) reason.rule_ids.push_back(candidate.quota->rule.rule->id);
  const BoundLadder* asserted_by = candidate.asserted_by;
  if (asserted_by != nullptr) {
    reason.rule_ids.push_back(asserted_by->rule.rule->id);
    if (context.request.explanation == Explanation::kTrace) reason.rule_author = asserted_by->rung->author;
  }
  if (context.request.explanation == Explanation::kNone) return reason;
  if (candidate.move != nullptr) {
    reason.text = PlanSentences(context, *candidate.move, offer);
  } else if (IsBackedOff(candidate)) {
    reason.back_off = candidate.entry->source;
    reason.text = std::string(TextIn(context.language, BackOffText(candidate.relation, reason.back_off)));
  } else if (candidate.entry != nullptr) {
    reason.evidence = MakeEvidence(context.model, candidate.relation, candidate.seed, *candidate.entry);
    // Whoever sees a second product of the kind on the page wonders what it is doing there.
    const bool is_multi_pack = reason.evidence->entry_class == relations::EntryClass::kMultiPack;
    reason.text = EvidenceSentence(context, candidate.relation, candidate.seed, *reason.evidence);
    if (is_multi_pack) reason.text = absl::StrCat(TextIn(context.language, Text::kMultiPack), reason.text);
  } else if (asserted_by != nullptr && slot.kind == SlotKind::kHigher && !asserted_by->rung->text.empty()) {
    reason.text = asserted_by->rung->text;
  } else if (slot.kind == SlotKind::kLower || (slot.kind == SlotKind::kHigher && candidate.rung > 0)) {
    // What is pinned as higher may be any model up, and of any kind: only of a rung is known that it is the next one.
    const bool is_model = candidate.step == nullptr || candidate.step->kind == ladder::StepKind::kModel;
    reason.text =
        is_model ? StepSentence(context, slot, candidate, offer)
                 : PackStepSentence(context.language, candidate.step->kind, context.model.product(context.page_product),
                                    context.model.product(candidate.product), *offer.price_difference);
  } else {
    reason.text = std::string(TextIn(context.language, Text::kByShop));
  }
  return reason;
}

Reason ExplainBundleOffer(const Context& context, const BundleDraft& set, const BundleOffer& offer) {
  Reason reason;
  reason.source = set.curated != nullptr ? Source::kRule : Source::kBoughtTogether;
  if (set.curated != nullptr) {
    reason.rule_ids.push_back(set.curated->rule.rule->id);
  } else {
    for (const ProductIndex product : absl::MakeConstSpan(set.products).subspan(1)) {
      AddWeightRules(context, product, reason);
    }
  }
  if (context.request.explanation == Explanation::kNone) return reason;
  if (set.curated == nullptr) {
    const ProductIndex anchor = set.products.front();
    reason.evidence = MakeEvidence(context.model, RelationKind::kBoughtTogether, anchor, *set.entry);
    reason.text = set.products.size() == 2
                      ? EvidenceSentence(context, RelationKind::kBoughtTogether, anchor, *reason.evidence)
                      : SetSentence(context, set, *reason.evidence);
    return reason;
  }
  const Money saving{offer.list_price.minor_units - offer.set_price.minor_units, offer.list_price.currency};
  if (!set.curated->bundle->text.empty()) {
    reason.text = set.curated->bundle->text;
  } else if (saving.minor_units > 0) {
    reason.text = Say(context.language, Text::kSetSaving, {FormatMoney(saving)});
  } else {
    reason.text = std::string(TextIn(context.language, Text::kSetPlain));
  }
  return reason;
}

}  // namespace awase::engine

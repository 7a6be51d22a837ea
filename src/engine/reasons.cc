#include "reasons.h"

#include <cstddef>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "awase/base/money.h"
#include "cut_text.h"

namespace awase::engine {
namespace {

using relations::RelationKind;

constexpr std::size_t kMaxDifferencesInSentence = 3;  // the whole list is in Offer::differences
constexpr std::size_t kMaxTitleInSentence = 80;

// What the page calls the product whose list spoke.
std::string NameSeed(const Context& context, ProductIndex seed) {
  if (seed == context.page_product) return "this product";
  const artefact::ProductView view = context.model.product(seed);
  return std::string(CutText(view.title().empty() ? view.product_id() : view.title(), kMaxTitleInSentence));
}

std::string EvidenceSentence(RelationKind kind, const std::string& seed_name, const Evidence& evidence) {
  const std::string together = GroupThousands(evidence.units_together);
  const std::string of_seed = GroupThousands(evidence.units_anchor);
  const bool by_order = kind == RelationKind::kBoughtTogether;
  if (evidence.claim && evidence.expected_together > 0) {
    const double ratio = static_cast<double>(evidence.units_together) / evidence.expected_together;
    const std::string times = absl::StrFormat(", %.1f times as often as by chance.", ratio);
    return by_order ? absl::StrCat("Bought together in ", together, " of ", of_seed, " orders with ", seed_name, times)
                    : absl::StrCat("Bought by ", together, " of ", of_seed, " customers who bought ", seed_name, times);
  }
  return by_order
             ? absl::StrCat("Also in ", together, " of ", of_seed, " orders with ", seed_name, ".")
             : absl::StrCat(together, " of ", of_seed, " customers who bought ", seed_name, " also bought this one.");
}

// No counts: those of the product itself are too few to be told, and those of its kind are not about this pair.
std::string BackOffSentence(RelationKind kind, relations::EntrySource source) {
  const char* bought = kind == RelationKind::kBoughtTogether ? "Often bought with " : "Often bought by buyers of ";
  switch (source) {
    case relations::EntrySource::kFamily:
      return absl::StrCat(bought, "products of this family.");
    case relations::EntrySource::kType:
      return absl::StrCat(bought, "products of this kind.");
    case relations::EntrySource::kCategory:
      return absl::StrCat(bought, "products of this category.");
    case relations::EntrySource::kAuthor:
      return "By the same author.";
    case relations::EntrySource::kSeries:
      return "From the same series.";
    case relations::EntrySource::kBrand:
      return "From the same brand.";
    case relations::EntrySource::kCounted:
    case relations::EntrySource::kPopularity:
      break;
  }
  return "Bought by many.";
}

// A pair's count says nothing about three products at once, so each companion of a larger set gets its own.
std::string SetSentence(const Context& context, const BundleDraft& set, const Evidence& first) {
  const ProductIndex anchor = set.products.front();
  std::string companions;
  for (std::size_t i = 1; i < set.products.size(); ++i) {
    const ProductIndex root = context.model.root(set.products[i]);
    for (const relations::RelationEntry& entry : context.model.related(RelationKind::kBoughtTogether, anchor)) {
      if (entry.other != root) continue;
      absl::StrAppend(&companions,
                      companions.empty()             ? ""
                      : i + 1 == set.products.size() ? " and "
                                                     : ", ",
                      NameSeed(context, set.products[i]), " in ", GroupThousands(entry.units_together));
    }
  }
  return absl::StrCat("Of ", GroupThousands(first.units_anchor), " orders with ", NameSeed(context, anchor), ": ",
                      companions, ".");
}

// "spec.storage_gb" → "storage_gb": the prefix tells the trainer the type, a reader nothing.
absl::string_view SpecName(absl::string_view name) {
  const std::size_t dot = name.find('.');
  return dot == absl::string_view::npos ? name : name.substr(dot + 1);
}

std::string StepSentence(const SlotSpec& slot, const Offer& offer) {
  const bool up = slot.kind == SlotKind::kHigher;
  const char* opening = up ? (offer.rung == 2 ? "Two models up: " : "The next model up: ")
                           : (offer.rung == 2 ? "The cheapest alternative nearby: " : "A cheaper alternative: ");
  Money difference = *offer.price_difference;
  if (!up) difference.minor_units = -difference.minor_units;
  std::string sentence = absl::StrCat(opening, FormatMoney(difference), up ? " more" : " less");
  const char* separator = "; ";
  std::size_t said = 0;
  for (const SpecDifference& spec : offer.differences) {
    if (said == kMaxDifferencesInSentence) break;
    if (spec.anchor_value.empty() || spec.offer_value.empty()) continue;
    absl::StrAppend(&sentence, separator, SpecName(spec.name), " ", spec.anchor_value, " → ", spec.offer_value);
    separator = ", ";
    ++said;
  }
  return absl::StrCat(sentence, ".");
}

}  // namespace

Evidence MakeEvidence(const artefact::Model& model, RelationKind kind, ProductIndex seed,
                      const relations::RelationEntry& entry) {
  Evidence evidence;
  evidence.units_together = entry.units_together;
  evidence.units_anchor = model.units(kind, seed);
  evidence.units_other = model.units(kind, entry.other);
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
  if (context.request.explanation == Explanation::kNone) return reason;
  if (IsBackedOff(candidate)) {
    reason.back_off = candidate.entry->source;
    reason.text = BackOffSentence(candidate.relation, candidate.entry->source);
  } else if (candidate.entry != nullptr) {
    reason.evidence = MakeEvidence(context.model, candidate.relation, candidate.seed, *candidate.entry);
    // Whoever sees a second product of the kind on the page wonders what it is doing there.
    const bool is_multi_pack = reason.evidence->entry_class == relations::EntryClass::kMultiPack;
    reason.text =
        absl::StrCat(is_multi_pack ? "People buy several of this kind. " : "",
                     EvidenceSentence(candidate.relation, NameSeed(context, candidate.seed), *reason.evidence));
  } else if (slot.kind != SlotKind::kAlsoBought) {
    reason.text = StepSentence(slot, offer);
  } else {
    reason.text = "Selected by the shop.";
  }
  return reason;
}

Reason ExplainBundleOffer(const Context& context, const BundleDraft& set, const BundleOffer& offer) {
  Reason reason;
  reason.source = set.curated != nullptr ? Source::kRule : Source::kBoughtTogether;
  if (set.curated != nullptr) reason.rule_ids.push_back(set.curated->rule.rule->id);
  if (context.request.explanation == Explanation::kNone) return reason;
  if (set.curated == nullptr) {
    const ProductIndex anchor = set.products.front();
    reason.evidence = MakeEvidence(context.model, RelationKind::kBoughtTogether, anchor, *set.entry);
    reason.text = set.products.size() == 2
                      ? EvidenceSentence(RelationKind::kBoughtTogether, NameSeed(context, anchor), *reason.evidence)
                      : SetSentence(context, set, *reason.evidence);
    return reason;
  }
  const Money saving{offer.list_price.minor_units - offer.set_price.minor_units, offer.list_price.currency};
  if (!set.curated->bundle->text.empty()) {
    reason.text = set.curated->bundle->text;
  } else if (saving.minor_units > 0) {
    reason.text = absl::StrCat("Together as a set, ", FormatMoney(saving), " less than separately.");
  } else {
    reason.text = "Together as a set.";
  }
  return reason;
}

}  // namespace awase::engine

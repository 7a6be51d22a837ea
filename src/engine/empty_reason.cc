#include "empty_reason.h"

#include <cstddef>
#include <cstdint>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "awase/relations/relation.h"
#include "candidates.h"
#include "plan_reasons.h"

namespace awase::engine {
namespace {

std::string NoCandidates(const Context& context, const SlotSpec& slot) {
  const bool is_rung = slot.kind == SlotKind::kLower || slot.kind == SlotKind::kHigher;
  if (is_rung && !context.plan_problem.empty()) return context.plan_problem;
  if (is_rung && context.plan_fit.has_value()) return NoPlanReason(*context.plan_fit, slot.intent);
  switch (slot.kind) {
    case SlotKind::kLower:
      return "when the model was trained, this family had no cheaper product within one price step, in the same "
             "currency";
    case SlotKind::kHigher:
      return "when the model was trained, this family had no better product within one price step, in the same "
             "currency";
    case SlotKind::kBundle:
    case SlotKind::kAlsoBought:
      break;
  }
  const relations::RelationKind relation =
      slot.kind == SlotKind::kBundle ? relations::RelationKind::kBoughtTogether : AlsoBoughtRelation(context.model);
  if (!context.model.has_relation(relation)) {
    return absl::StrCat("the model was trained without the relation ", relations::RelationName(relation));
  }
  return "no product is bought together with this one often enough";
}

}  // namespace

const char* CausePhrase(RemovalCause cause) {
  switch (cause) {
    case RemovalCause::kOutOfStock:
      return "out of stock";
    case RemovalCause::kNotVisible:
      return "not visible";
    case RemovalCause::kInCart:
      return "in the cart";
    case RemovalCause::kOwned:
      return "owned already";
    case RemovalCause::kVariantOfAnchor:
      return "a variant of the product itself";
    case RemovalCause::kCurrencyMismatch:
      return "without a price in the currency asked for";
    case RemovalCause::kAlreadyShown:
      return "shown already";
    case RemovalCause::kHiddenByRule:
      return "hidden by a rule";
    case RemovalCause::kSameProductType:
      return "of a product type that is there already";
    case RemovalCause::kNoEvidence:
      return "without enough evidence";
    case RemovalCause::kLimit:
      return "beyond the limit";
    case RemovalCause::kSubstitute:
      return "bought instead of the product, not with it";
    case RemovalCause::kPriceOutOfBounds:
      return "out of the bounds of price";
    case RemovalCause::kNotRequired:
      return "not what a rule requires";
    case RemovalCause::kKeptApart:
      return "kept apart by a rule";
    case RemovalCause::kCapped:
      return "beyond what a rule allows of their kind";
    case RemovalCause::kCappedInTime:
      return "offered to the customer as often as a rule allows";
    case RemovalCause::kExcluded:
      return "excluded by what another slot offers";
  }
  return "removed";
}

std::string EmptyReason(const Context& context, const SlotDraft& draft) {
  if (!draft.empty_reason.empty()) return draft.empty_reason;
  const std::uint32_t total = std::accumulate(draft.removed.begin(), draft.removed.end(), 0U);
  if (total == 0) return NoCandidates(context, draft.spec);
  const bool is_relation = draft.spec.kind == SlotKind::kBundle || draft.spec.kind == SlotKind::kAlsoBought;
  if (is_relation && draft.below_floor == 0 &&
      total == draft.removed[static_cast<std::size_t>(RemovalCause::kNoEvidence)]) {
    return absl::StrCat("no product is bought together with this one often enough: ", total,
                        total == 1 ? " candidate" : " candidates", " without enough evidence");
  }
  std::string sentence = absl::StrCat(total, total == 1 ? " candidate, removed: " : " candidates, all removed: ");
  const char* separator = "";
  if (draft.below_floor > 0) {
    absl::StrAppend(&sentence, draft.below_floor, " below the least_score ", context.placement.least_score, " of ",
                    context.placement.name);
    separator = ", ";
  }
  for (std::size_t cause = 0; cause < kRemovalCauseCount; ++cause) {
    const bool is_of_evidence = static_cast<RemovalCause>(cause) == RemovalCause::kNoEvidence;
    const std::uint32_t count = draft.removed[cause] - (is_of_evidence ? draft.below_floor : 0);
    if (count == 0) continue;
    const bool is_weak_step = !is_relation && is_of_evidence;
    absl::StrAppend(&sentence, separator, count, " ",
                    is_weak_step ? "not known to be a step, too far in price, or no step at the prices of now"
                                 : CausePhrase(static_cast<RemovalCause>(cause)));
    separator = ", ";
  }
  return sentence;
}

}  // namespace awase::engine

#include "awase/engine/recommend.h"

// The stages of docs/life_of_a_request.md, in their order; each has a file of its name here.

#include <string>
#include <utility>

#include "arbitration.h"
#include "awase/base/status_macros.h"
#include "awase/engine/differences.h"
#include "bundles.h"
#include "context.h"
#include "empty_reason.h"
#include "gates.h"
#include "plan_rows.h"
#include "pricing.h"
#include "reasons.h"
#include "request_check.h"
#include "rows.h"
#include "slot_draft.h"

namespace awase::engine {
namespace {

// Whether the slot says which plan fits, rather than what the neighbours of the page's product are.
bool IsPlanRow(const Context& context, const SlotSpec& slot) {
  return context.plan_fit.has_value() && (slot.kind == SlotKind::kLower || slot.kind == SlotKind::kHigher);
}

Offer MakeRowOffer(const Context& context, const SlotSpec& slot, const Candidate& candidate) {
  Offer offer;
  offer.product = candidate.product;
  offer.intent = slot.intent;
  offer.score = candidate.score;
  offer.rung = candidate.rung;
  offer.price = context.model.product(candidate.product).price();  // 10
  if (candidate.move != nullptr) {
    DescribePlanChange(context, *candidate.move, offer);
  } else if (slot.kind != SlotKind::kAlsoBought) {
    offer.price_difference = PriceDifference(context.model, context.page_product, candidate.product);
    offer.differences = FindDifferences(context.model, context.page_product, candidate.product, candidate.step);
  }
  offer.reason = ExplainRowOffer(context, slot, candidate, offer);  // 11
  return offer;
}

Offer MakeBundleOffer(const Context& context, const SlotSpec& slot, const BundleDraft& set) {
  Offer offer;
  offer.product = set.products[1];
  offer.intent = slot.intent;
  offer.score = set.score;
  offer.bundle = PriceBundle(context.model, set.products,
                             set.curated == nullptr ? std::nullopt : set.curated->bundle->price);  // 10
  offer.price = offer.bundle->set_price;
  offer.reason = ExplainBundleOffer(context, set, *offer.bundle);  // 11
  return offer;
}

// Stages 2 to 11 for one slot. Later slots see in the context what this one offers.
Slot FillSlot(const SlotSpec& spec, Context& context, std::vector<TraceEntry>* trace) {
  SlotDraft draft(spec, context.request, trace);
  draft.empty_reason = ClosedGate(context, spec);  // 2
  if (draft.empty_reason.empty()) {                // 3 to 8
    if (spec.kind == SlotKind::kBundle) {
      FillBundles(context, draft);
    } else if (IsPlanRow(context, spec)) {
      FillPlanRow(context, draft);
    } else {
      FillRow(context, draft);
    }
  }
  ClaimProducts(draft, context);  // 9

  Slot slot;
  slot.name = std::string(spec.name);
  slot.removed = draft.removed;
  slot.offers.reserve(draft.chosen.size() + draft.bundles.size());
  for (const BundleDraft& set : draft.bundles) slot.offers.push_back(MakeBundleOffer(context, spec, set));
  for (const Candidate& candidate : draft.chosen) slot.offers.push_back(MakeRowOffer(context, spec, candidate));
  if (slot.offers.empty()) slot.empty_reason = EmptyReason(context, draft);
  return slot;
}

}  // namespace

absl::StatusOr<Answer> Recommend(const Snapshot& snapshot, const Request& request, absl::Time now) {
  AWASE_RETURN_IF_ERROR(CheckRequest(request));
  Answer answer;
  Context context = ResolveContext(snapshot, request, now, answer.missing_ids);  // 1
  std::vector<TraceEntry>* trace = request.explanation == Explanation::kTrace ? &answer.trace : nullptr;
  answer.slots.reserve(context.placement.slots.size());
  for (const SlotSpec& spec : context.placement.slots) answer.slots.push_back(FillSlot(spec, context, trace));
  answer.language_code = std::string(LanguageTag(context.language));
  answer.first_day = snapshot.first_day();
  answer.last_day = snapshot.last_day();
  answer.model_version = snapshot.model().version();
  answer.rule_revision = snapshot.rules().revision;
  return answer;
}

}  // namespace awase::engine

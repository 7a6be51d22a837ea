#include "awase/engine/recommend.h"

// The stages of docs/life_of_a_request.md, in their order; each has a file of its name here.

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "arbitration.h"
#include "awase/base/status_macros.h"
#include "awase/engine/differences.h"
#include "benefits.h"
#include "bundles.h"
#include "cart_pricing.h"
#include "context.h"
#include "empty_reason.h"
#include "gates.h"
#include "judge_candidate.h"
#include "offer_prices.h"
#include "plan_rows.h"
#include "pricing.h"
#include "reasons.h"
#include "recommend_in.h"
#include "request_check.h"
#include "rows.h"
#include "slot_draft.h"
#include "step_up.h"

namespace awase::engine {
namespace {

// Whether the slot says which plan fits, rather than what the neighbours of the page's product are.
bool IsPlanRow(const Context& context, const SlotSpec& slot) {
  const bool is_advised = context.plan_fit.has_value() || !context.plan_problem.empty();
  return is_advised && (slot.kind == SlotKind::kLower || slot.kind == SlotKind::kHigher);
}

std::int64_t SavingOf(const Offer& offer) { return offer.list_price->minor_units - offer.price->minor_units; }

// Into an empty offer: offers are large, so that moving them shows.
void FillRowOffer(const Context& context, const SlotSpec& slot, const Candidate& candidate, Offer& offer) {
  offer.product = candidate.product;
  offer.intent = slot.intent;
  offer.score = candidate.score;
  offer.rung = candidate.rung;
  offer.price = context.model.product(candidate.product).price();  // 10
  const BoundDiscount* reduced_by = ReduceStepUp(context, slot, candidate, offer);
  if (candidate.move != nullptr) {
    DescribePlanChange(context, *candidate.move, offer);
  } else if (slot.kind != SlotKind::kAlsoBought) {
    offer.price_difference = PriceDifference(context.model, context.page_product, candidate.product);
    if (reduced_by != nullptr) offer.price_difference->minor_units -= SavingOf(offer);
    offer.differences = FindDifferences(context.model, context.page_product, candidate.product, candidate.step);
  }
  offer.reason = ExplainRowOffer(context, slot, candidate, offer);  // 11
  if (reduced_by != nullptr) offer.reason.rule_ids.push_back(reduced_by->rule.rule->id);
}

void FillBundleOffer(const Context& context, const SlotSpec& slot, const BundleDraft& set, Offer& offer) {
  offer.product = set.products[1];
  offer.intent = slot.intent;
  offer.score = set.score;
  offer.bundle =
      PriceBundle(context.model, set.products, set.curated == nullptr ? nullptr : set.curated->bundle);  // 10
  for (BundleLine& line : offer.bundle->lines) line.in_cart = LiesInCart(context, line.product);
  offer.price = offer.bundle->set_price;
  offer.reason = ExplainBundleOffer(context, set, *offer.bundle);  // 11
}

// Stages 2 to 8 for one slot.
void FillDraft(const Context& context, SlotDraft& draft) {
  draft.empty_reason = ClosedGate(context, draft.spec);  // 2
  if (!draft.empty_reason.empty()) return;
  if (draft.spec.kind == SlotKind::kBundle) {  // 3 to 8
    FillBundles(context, draft);
  } else if (IsPlanRow(context, draft.spec)) {
    FillPlanRow(context, draft);
  } else {
    FillRow(context, draft);
  }
}

using Drafts = absl::InlinedVector<SlotDraft, 4>;

// Stages 2 to 9. Later slots see in the context what earlier ones offer.
Drafts FillDrafts(Context& context, std::vector<TraceEntry>* trace) {
  Drafts drafts;
  for (const SlotSpec& spec : context.placement.slots) drafts.emplace_back(spec, context.request, trace);
  for (const std::size_t slot : FillOrder(context.placement)) {
    FillDraft(context, drafts[slot]);
    YieldToOtherStep(context, drafts, drafts[slot]);
    ClaimProducts(drafts[slot], context);
  }
  LimitOffers(context, absl::MakeSpan(drafts));
  return drafts;
}

void FillSlot(const Context& context, const SlotDraft& draft, Slot& slot) {
  slot.name = std::string(draft.spec.name);
  slot.removed = draft.removed;
  slot.offers.reserve(draft.chosen.size() + draft.bundles.size());
  for (const BundleDraft& set : draft.bundles) FillBundleOffer(context, draft.spec, set, slot.offers.emplace_back());
  for (const Candidate& candidate : draft.chosen) {
    FillRowOffer(context, draft.spec, candidate, slot.offers.emplace_back());
  }
  if (slot.offers.empty()) slot.empty_reason = EmptyReason(context, draft);
}

// Nothing where no rule is about prices: most shops have none, and pay nothing for them.
std::optional<CartPricing> PricesOf(const Context& context) {
  const Snapshot::BoundRules& bound = context.snapshot.bound_rules();
  if (bound.discounts.empty() && bound.benefits.empty()) return std::nullopt;
  return CartPricing(context);
}

}  // namespace

Answer RecommendIn(Context& context, std::vector<std::string> missing_ids) {
  const Snapshot& snapshot = context.snapshot;
  Answer answer;
  answer.missing_ids = std::move(missing_ids);
  std::vector<TraceEntry>* trace = context.request.explanation == Explanation::kTrace ? &answer.trace : nullptr;
  answer.slots.reserve(context.placement.slots.size());
  const std::optional<CartPricing> pricing = PricesOf(context);
  if (pricing.has_value()) answer.benefits = FindBenefits(context, *pricing, trace);
  for (const SlotDraft& draft : FillDrafts(context, trace)) {
    Slot& slot = answer.slots.emplace_back();
    FillSlot(context, draft, slot);
    if (pricing.has_value()) PriceOffers(*pricing, slot);  // 10
  }
  if (pricing.has_value()) answer.cart_price = pricing->PriceOfCart();  // 10
  answer.restraint = {DecisionsOf(context), StopsThatStopped(context)};
  answer.language_code = std::string(LanguageTag(context.language));
  answer.first_day = snapshot.first_day();
  answer.last_day = snapshot.last_day();
  answer.model_version = snapshot.model().version();
  answer.rule_revision = snapshot.rules().revision;
  return answer;
}

absl::StatusOr<Answer> Recommend(const Snapshot& snapshot, const Request& request, absl::Time now) {
  AWASE_RETURN_IF_ERROR(CheckRequest(request, snapshot.placements()));
  std::vector<std::string> missing_ids;
  Context context = ResolveContext(snapshot, request, now, missing_ids);  // 1
  return RecommendIn(context, std::move(missing_ids));
}

}  // namespace awase::engine

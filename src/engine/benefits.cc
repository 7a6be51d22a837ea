#include "benefits.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "applying_rules.h"
#include "awase/pricing/thresholds.h"
#include "candidates.h"
#include "eligibility.h"
#include "gates.h"
#include "judge_candidate.h"
#include "kept_apart.h"
#include "price_texts.h"
#include "score.h"
#include "slot_draft.h"

namespace awase::engine {
namespace {

using Products = std::vector<ProductIndex>;

// Products that may close a gap, with what the cart costs more with each.
struct Fillers {
  Products products;
  std::vector<pricing::GapOffer> offers;
};

Fillers FindFillers(const Context& context, const CartPricing& pricing) {
  Fillers fillers;
  const auto& slots = context.placement.slots;
  const auto also_bought =
      std::find_if(slots.begin(), slots.end(), [](const SlotSpec& slot) { return slot.kind == SlotKind::kAlsoBought; });
  if (also_bought == slots.end() || !ClosedGate(context, *also_bought).empty()) return fillers;
  // Which accessories go only with what the answer advises to leave, nobody knows before the steps are chosen.
  if (context.placement.advises_plans) return fillers;
  const SlotDraft empty_row(*also_bought, context.request, nullptr);
  Candidates candidates = GatherCandidates(context, *also_bought);
  RankCandidates(context, *also_bought, candidates);
  MarkBelowFloor(context, *also_bought, candidates);
  for (Candidate& candidate : candidates) {
    if (fillers.products.size() == kMostGapCandidates) break;
    const bool is_good = candidate.score >= kLeastGapScore && candidate.entry != nullptr && !IsBackedOff(candidate);
    if (!is_good) continue;
    const Verdict verdict = JudgeCandidate(context, *also_bought, candidate);
    if (verdict.cause.has_value() || !context.model.product(verdict.product).price().has_value()) continue;
    candidate.product = verdict.product;
    if (JudgeInRow(context, empty_row, candidate).cause.has_value()) continue;
    const std::optional<std::int64_t> price = pricing.TotalWith({candidate.product});
    if (!price.has_value()) continue;
    fillers.products.push_back(candidate.product);
    fillers.offers.push_back({*price - *pricing.Total(), candidate.score});
  }
  return fillers;
}

// Two products that close a gap together are one proposal: no two of a kind, and none that a rule keeps apart.
bool GoTogether(const Context& context, ProductIndex a, ProductIndex b) {
  const artefact::StringId type = context.model.product(a).product_type_id();
  const bool is_one_kind = type != artefact::kEmptyString && type == context.model.product(b).product_type_id();
  return !is_one_kind && SeparatingRule(context, b, absl::MakeConstSpan(&a, 1)) == nullptr;
}

// With discounts two products may cost less together than one by one: what does not reach the amount is left out.
std::vector<GapOffer> CloseGap(const Context& context, const CartPricing& pricing, const Fillers& fillers,
                               const BenefitOffer& benefit) {
  std::vector<GapOffer> offers;
  for (const pricing::GapFill& fill :
       pricing::CloseGap(benefit.gap_minor, fillers.offers, kLeastGapScore, 2 * kMostGapOffers)) {
    GapOffer offer;
    offer.products = {fillers.products[fill.first]};
    if (fill.second.has_value()) offer.products.push_back(fillers.products[*fill.second]);
    if (offer.products.size() == 2 && !GoTogether(context, offer.products[0], offer.products[1])) continue;
    const std::optional<std::int64_t> total = pricing.TotalWith(offer.products);
    if (!total.has_value() || *total < benefit.above->minor_units) continue;
    offer.price_minor = *total - *pricing.Total();
    offer.overshoot_minor = *total - benefit.above->minor_units;
    offers.push_back(std::move(offer));
  }
  std::stable_sort(offers.begin(), offers.end(),
                   [](const GapOffer& a, const GapOffer& b) { return a.overshoot_minor < b.overshoot_minor; });
  if (offers.size() > kMostGapOffers) offers.resize(kMostGapOffers);
  return offers;
}

// What is given, whether or not it is reached.
BenefitOffer Describe(const BoundBenefit& bound) {
  BenefitOffer benefit;
  benefit.rule_id = bound.rule.rule->id;
  benefit.text = bound.benefit->text;
  benefit.above = bound.benefit->above;
  benefit.gift = bound.gift;
  if (bound.gift != kNoProduct) benefit.kind = BenefitKind::kGift;
  if (const auto* points = std::get_if<rules::Points>(&bound.benefit->gives)) {
    benefit.kind = BenefitKind::kPoints;
    benefit.points = points->points;
    benefit.points_factor = points->factor;
  }
  if (const auto* coupon = std::get_if<rules::Coupon>(&bound.benefit->gives)) {
    benefit.kind = BenefitKind::kCoupon;
    benefit.coupon_code = coupon->code;
  }
  return benefit;
}

// Whether the shop cannot give it, which is said.
bool IsGone(const Context& context, const BoundBenefit& bound, std::vector<TraceEntry>* trace) {
  if (bound.gift == kNoProduct) return false;
  std::optional<RemovalCause> cause = WhyNotSellable(context, bound.gift, PriceNeed::kSameIfAny);
  if (!cause.has_value() || *cause == RemovalCause::kCurrencyMismatch) return false;  // it is not sold, but given
  if (trace != nullptr) {
    trace->push_back({.slot = "benefits",
                      .product_id = std::string(context.model.product(bound.gift).product_id()),
                      .cause = *cause,
                      .rule_id = bound.rule.rule->id,
                      .rule_wanted_it = true});
  }
  return true;
}

// Whether what the cart costs can be held against the amount.
bool CanBeReached(const Context& context, const CartPricing& pricing, const Money& above) {
  return !context.placement.cart_is_paid && context.currency == above.currency && pricing.Total().has_value();
}

}  // namespace

std::vector<BenefitOffer> FindBenefits(const Context& context, const CartPricing& pricing,
                                       std::vector<TraceEntry>* trace) {
  std::vector<BenefitOffer> benefits;
  std::optional<Fillers> fillers;  // the same for all
  const Snapshot::BoundRules& rules = context.snapshot.bound_rules();
  for (const BoundBenefit* bound : ApplyingRules(context, rules.benefits, RuleList::kBenefits)) {
    const std::optional<Money>& above = bound->benefit->above;
    if (above.has_value() && !CanBeReached(context, pricing, *above)) continue;
    if (IsGone(context, *bound, trace)) continue;
    BenefitOffer benefit = Describe(*bound);
    if (above.has_value()) benefit.gap_minor = pricing::FindGap(*pricing.Total(), above->minor_units);
    benefit.reached = benefit.gap_minor == 0;
    if (!benefit.reached) {
      if (!fillers.has_value()) fillers = FindFillers(context, pricing);
      benefit.gap_offers = CloseGap(context, pricing, *fillers, benefit);
    }
    if (benefit.text.empty() && context.request.explanation != Explanation::kNone) {
      benefit.text = BenefitSentence(context, benefit);
    }
    benefits.push_back(std::move(benefit));
  }
  return benefits;
}

}  // namespace awase::engine

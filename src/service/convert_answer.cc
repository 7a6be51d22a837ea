#include "service/convert_answer.h"

#include <cstddef>
#include <string>

#include "awase/service/convert.h"
#include "service/convert_evidence.h"
#include "service/convert_plans.h"
#include "service/convert_prices.h"

namespace awase::service {
namespace {

void BundleToProto(const engine::BundleOffer& bundle, const artefact::Model& model, v1::Bundle* proto) {
  for (const engine::BundleLine& line : bundle.lines) {
    v1::BundleLine* line_proto = proto->add_lines();
    OfferedProductToProto(model, line.product, line_proto->mutable_product());
    MoneyToProto({line.list_price_minor, bundle.list_price.currency}, line_proto->mutable_list_price());
    MoneyToProto({line.set_price_minor, bundle.set_price.currency}, line_proto->mutable_set_price());
    line_proto->set_in_cart(line.in_cart);
  }
  MoneyToProto(bundle.list_price, proto->mutable_list_price());
  MoneyToProto(bundle.set_price, proto->mutable_set_price());
  MoneyToProto({bundle.list_price.minor_units - bundle.set_price.minor_units, bundle.list_price.currency},
               proto->mutable_saving());
}

void ReasonToProto(const engine::Reason& reason, const engine::Answer& answer, v1::Reason* proto) {
  proto->set_source(SourceToProto(reason.source));
  proto->set_text(reason.text);
  for (const std::string& rule_id : reason.rule_ids) proto->add_rule_ids(rule_id);
  proto->set_rule_author(reason.rule_author);
  proto->set_backed_off_to(BackOffToProto(reason.back_off));
  if (!reason.evidence.has_value()) return;
  EvidenceToProto(*reason.evidence, answer, proto->mutable_evidence());
}

void OfferToProto(const engine::Offer& offer, const engine::Answer& answer, engine::Explanation explanation,
                  const artefact::Model& model, v1::Offer* proto) {
  OfferedProductToProto(model, offer.product, proto->mutable_product());
  if (offer.price.has_value()) MoneyToProto(*offer.price, proto->mutable_price());
  if (offer.list_price.has_value()) {
    MoneyToProto(*offer.list_price, proto->mutable_list_price());
    MoneyToProto({offer.list_price->minor_units - offer.price->minor_units, offer.price->currency},
                 proto->mutable_saving());
  }
  proto->set_intent(IntentToProto(offer.intent));
  proto->set_score(offer.score);
  if (offer.price_difference.has_value()) MoneyToProto(*offer.price_difference, proto->mutable_price_difference());
  for (const engine::SpecDifference& difference : offer.differences) {
    SpecDifferenceToProto(difference, proto->add_differences());
  }
  proto->set_rung(offer.rung);
  if (offer.bundle.has_value()) BundleToProto(*offer.bundle, model, proto->mutable_bundle());
  if (offer.plan_change.has_value()) {
    OfferedPlanChangeToProto(*offer.plan_change, model, proto->mutable_plan_change());
  }
  if (explanation != engine::Explanation::kNone) ReasonToProto(offer.reason, answer, proto->mutable_reason());
}

void SlotToProto(const engine::Slot& slot, const engine::Answer& answer, engine::Explanation explanation,
                 const artefact::Model& model, v1::Slot* proto) {
  proto->set_name(slot.name);
  proto->mutable_offers()->Reserve(static_cast<int>(slot.offers.size()));
  for (const engine::Offer& offer : slot.offers) OfferToProto(offer, answer, explanation, model, proto->add_offers());
  for (std::size_t cause = 0; cause < engine::kRemovalCauseCount; ++cause) {
    if (slot.removed[cause] == 0) continue;
    v1::Removal* removal = proto->add_removed();
    removal->set_cause(CauseToProto(static_cast<engine::RemovalCause>(cause)));
    removal->set_count(slot.removed[cause]);
  }
  proto->set_empty_reason(slot.empty_reason);
}

}  // namespace

v1::SpecDifference::Direction DirectionToProto(engine::SpecDifference::Direction direction) {
  switch (direction) {
    case engine::SpecDifference::Direction::kChanged:
      return v1::SpecDifference::CHANGED;
    case engine::SpecDifference::Direction::kGained:
      return v1::SpecDifference::GAINED;
    case engine::SpecDifference::Direction::kGivenUp:
      return v1::SpecDifference::GIVEN_UP;
  }
  return v1::SpecDifference::DIRECTION_UNSPECIFIED;
}

void OfferedPlanChangeToProto(const engine::PlanChange& change, const artefact::Model& model, v1::PlanChange* proto) {
  OfferedProductToProto(model, change.from, proto->mutable_from());
  OfferedProductToProto(model, change.to, proto->mutable_to());
  PlanChangeToProto(change, model, proto);
}

void RestraintToProto(const engine::Restraint& restraint, v1::Restraint* proto) {
  for (const engine::IntentDecision& decision : restraint.intents) {
    v1::IntentDecision* out = proto->add_intents();
    out->set_intent(IntentToProto(decision.intent));
    out->set_closed(decision.closed);
    out->set_rule_id(decision.rule_id);
    out->set_reason(decision.reason);
  }
  for (const std::string& id : restraint.stop_rule_ids) proto->add_stop_rule_ids(id);
}

void TraceEntryToProto(const engine::TraceEntry& entry, v1::RemovedCandidate* proto) {
  proto->set_slot(entry.slot);
  proto->set_product_id(entry.product_id);
  proto->set_cause(CauseToProto(entry.cause));
  proto->set_rule_id(entry.rule_id);
  proto->set_rule_author(entry.rule_author);
  if (!entry.set.has_value()) return;
  proto->mutable_set()->set_rule_id(entry.set->rule_id);
  proto->mutable_set()->mutable_product_ids()->Assign(entry.set->product_ids.begin(), entry.set->product_ids.end());
}

void AnswerToProto(const engine::Answer& answer, engine::Explanation explanation, const artefact::Model& model,
                   v1::RecommendResponse* proto) {
  proto->mutable_slots()->Reserve(static_cast<int>(answer.slots.size()));
  for (const engine::Slot& slot : answer.slots) SlotToProto(slot, answer, explanation, model, proto->add_slots());
  for (const std::string& id : answer.missing_ids) proto->add_missing_ids(id);
  for (const engine::TraceEntry& entry : answer.trace) TraceEntryToProto(entry, proto->add_trace());
  proto->set_model_version(answer.model_version);
  proto->set_rule_revision(answer.rule_revision);
  proto->set_degraded(answer.degraded);
  proto->set_language_code(answer.language_code);
  if (answer.cart_price.has_value()) CartPriceToProto(*answer.cart_price, model, proto->mutable_cart_price());
  for (const engine::BenefitOffer& benefit : answer.benefits) BenefitToProto(benefit, model, proto->add_benefits());
  if (answer.restraint != engine::Restraint()) RestraintToProto(answer.restraint, proto->mutable_restraint());
}

// The engine's enums count from zero in the order of the proto's, which start with UNSPECIFIED; tests compare the
// names.
static_assert(static_cast<int>(v1::Removal::Cause_MAX) == static_cast<int>(engine::kRemovalCauseCount));

v1::Intent IntentToProto(engine::Intent intent) { return static_cast<v1::Intent>(static_cast<int>(intent) + 1); }

v1::Reason::Source SourceToProto(engine::Source source) {
  return static_cast<v1::Reason::Source>(static_cast<int>(source) + 1);
}

v1::Removal::Cause CauseToProto(engine::RemovalCause cause) {
  return static_cast<v1::Removal::Cause>(static_cast<int>(cause) + 1);
}

}  // namespace awase::service

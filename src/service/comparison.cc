#include "awase/service/comparison.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "awase/service/convert.h"
#include "service/convert_prices.h"

namespace awase::service {
namespace {

using whatif::Comparison;

std::uint32_t Count(std::uint64_t count) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(count, std::numeric_limits<std::uint32_t>::max()));
}

void ChangeToProto(const whatif::Change<std::uint64_t>& change, v1::CountChange* proto) {
  proto->set_before(static_cast<double>(change.before));
  proto->set_after(static_cast<double>(change.after));
}

void ValueToProto(const whatif::ExpectedValue& value, v1::ExpectedValue* proto) {
  proto->set_revenue_minor(value.revenue_minor);
  proto->set_margin_minor(value.margin_minor);
  proto->set_offers_with_chance(static_cast<double>(value.with_chance));
  proto->set_offers_with_cost(static_cast<double>(value.with_cost));
}

void SlotToProto(const whatif::SlotChange& slot, v1::SlotComparison* proto) {
  proto->set_placement(slot.placement);
  proto->set_slot(slot.slot);
  proto->set_asked(Count(slot.asked));
  proto->set_changed(Count(slot.changed));
  proto->set_gained(Count(slot.gained));
  proto->set_lost(Count(slot.lost));
  proto->set_moved(Count(slot.moved));
  proto->set_repriced(Count(slot.repriced));
  proto->set_reworded(Count(slot.reworded));
  ChangeToProto(slot.offers, proto->mutable_offers());
  ChangeToProto(slot.empty, proto->mutable_empty());
}

void RuleToProto(const whatif::RuleUse& rule, v1::RuleUse* proto) {
  proto->set_rule_id(rule.id);
  proto->set_before(rule.present.before);
  proto->set_after(rule.present.after);
  ChangeToProto(rule.reached, proto->mutable_reached());
  ChangeToProto(rule.fired, proto->mutable_fired());
  for (std::size_t cause = 0; cause < rule.blocked.size(); ++cause) {
    if (rule.blocked[cause] == 0) continue;
    v1::RuleUse::Blocked* blocked = proto->add_blocked();
    blocked->set_cause(engine::RemovalCauseName(static_cast<engine::RemovalCause>(cause)));
    blocked->set_count(Count(rule.blocked[cause]));
  }
}

void OfferToProto(const artefact::Model& model, const whatif::ShownOffer& offer, v1::ShownOffer* proto) {
  for (const ProductIndex product : offer.products) {
    proto->add_product_ids(std::string(model.product(product).product_id()));
  }
  if (offer.price.has_value()) MoneyToProto(*offer.price, proto->mutable_price());
  proto->set_text(offer.text);
  proto->mutable_rule_ids()->Assign(offer.rule_ids.begin(), offer.rule_ids.end());
}

void CartToProto(const artefact::Model& model, const whatif::ShownCart& cart, v1::ShownCart* proto) {
  if (cart.price.has_value()) CartPriceToProto(*cart.price, model, proto->mutable_price());
  for (const engine::BenefitOffer& benefit : cart.benefits) BenefitToProto(benefit, model, proto->add_benefits());
}

void CartChangeToProto(CurrencyCode currency, const whatif::CartChange& change, v1::CartComparison* proto) {
  proto->set_currency_code(std::string(currency.text()));
  proto->set_carts(Count(change.carts));
  proto->set_cheaper(Count(change.cheaper));
  proto->set_dearer(Count(change.dearer));
  ChangeToProto(change.reduced, proto->mutable_reduced());
  proto->mutable_saving_minor()->set_before(change.saving_minor.before);
  proto->mutable_saving_minor()->set_after(change.saving_minor.after);
}

void DifferenceToProto(const ComparedRules& compared, const whatif::Difference& difference, v1::PageDifference* proto) {
  const whatif::ReplayedRequest& asked = compared.requests[difference.request];
  proto->set_request(Count(difference.request + 1));
  proto->set_placement(asked.request.placement);
  proto->mutable_product_ids()->Assign(asked.request.product_ids.begin(), asked.request.product_ids.end());
  for (const engine::CartLine& line : asked.request.cart) proto->add_cart_product_ids(line.product_id);
  TimeToProto(asked.time, proto->mutable_time());
  proto->set_slot(difference.slot);
  for (const whatif::ShownOffer& offer : difference.offers.before) {
    OfferToProto(compared.model, offer, proto->add_before());
  }
  for (const whatif::ShownOffer& offer : difference.offers.after) {
    OfferToProto(compared.model, offer, proto->add_after());
  }
  if (difference.slot.empty()) {
    CartToProto(compared.model, difference.cart.before, proto->mutable_cart_before());
    CartToProto(compared.model, difference.cart.after, proto->mutable_cart_after());
  }
  proto->mutable_rule_ids_before()->Assign(difference.rule_ids.before.begin(), difference.rule_ids.before.end());
  proto->mutable_rule_ids_after()->Assign(difference.rule_ids.after.begin(), difference.rule_ids.after.end());
  proto->set_alike(Count(difference.alike));
}

void TotalsToProto(const Comparison& comparison, v1::RuleComparison* proto) {
  proto->set_requests(Count(comparison.requests));
  proto->set_requests_changed(Count(comparison.requests_changed));
  proto->set_weight(static_cast<double>(comparison.weight));
  proto->set_weight_changed(static_cast<double>(comparison.weight_changed));
  proto->set_slots(Count(comparison.slots));
  proto->set_slots_changed(Count(comparison.slots_changed));
  proto->set_refused(Count(comparison.refused));
  proto->set_first_refusal(comparison.first_refusal);
  proto->set_with_unknown_placement(Count(comparison.with_unknown_placement));
  proto->set_first_unknown_placement(comparison.first_unknown_placement);
  proto->set_with_unknown_products(Count(comparison.with_unknown_products));
  ChangeToProto(comparison.offers, proto->mutable_offers());
}

}  // namespace

void ComparisonToProto(const ComparedRules& compared, v1::RuleComparison* proto) {
  const Comparison& comparison = compared.comparison;
  proto->set_before_revision(compared.before_revision);
  proto->set_after_revision(compared.after_revision);
  proto->set_requests_from(compared.requests_from);
  TotalsToProto(comparison, proto);
  proto->set_unreadable(Count(compared.unreadable));
  proto->set_first_unreadable(compared.first_unreadable);
  for (const whatif::SlotChange& slot : comparison.by_slot) SlotToProto(slot, proto->add_by_slot());
  for (const whatif::ProductChange& change : comparison.by_product) {
    const artefact::ProductView product = compared.model.product(change.product);
    v1::ProductComparison* product_proto = proto->add_by_product();
    product_proto->set_product_id(std::string(product.product_id()));
    product_proto->set_title(std::string(product.title()));
    product_proto->set_pages_gained(Count(change.pages_gained));
    product_proto->set_pages_lost(Count(change.pages_lost));
  }
  for (const auto& [currency, cart] : comparison.by_cart) CartChangeToProto(currency, cart, proto->add_by_cart());
  proto->set_benefits_changed(Count(comparison.benefits_changed));
  for (const auto& [currency, value] : comparison.value) {
    v1::ValueComparison* value_proto = proto->add_value();
    value_proto->set_currency_code(std::string(currency.text()));
    ValueToProto(value.before, value_proto->mutable_before());
    ValueToProto(value.after, value_proto->mutable_after());
  }
  for (const whatif::RuleUse& rule : comparison.rules) RuleToProto(rule, proto->add_rules());
  for (const whatif::Difference& difference : comparison.differences) {
    DifferenceToProto(compared, difference, proto->add_differences());
  }
  for (const rules::Diagnostic& finding : compared.findings) DiagnosticToProto(finding, proto->add_findings());
  proto->set_finding_count(static_cast<std::uint32_t>(compared.finding_count));
}

}  // namespace awase::service

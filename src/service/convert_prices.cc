#include "service/convert_prices.h"

#include <string>

#include "awase/service/convert.h"

namespace awase::service {
namespace {

void LineToProto(const engine::CartLinePrice& line, CurrencyCode currency, const artefact::Model& model,
                 v1::CartLinePrice* proto) {
  proto->set_product_id(std::string(model.product(line.product).product_id()));
  proto->set_quantity(line.quantity);
  MoneyToProto({line.price.list_minor, currency}, proto->mutable_list_price());
  MoneyToProto({line.price.price_minor, currency}, proto->mutable_price());
  for (const pricing::PricedUnits& units : line.price.units) {
    v1::PricedUnits* units_proto = proto->add_units();
    units_proto->set_quantity(units.quantity);
    MoneyToProto({units.unit_price_minor, currency}, units_proto->mutable_unit_price());
  }
}

void DiscountToProto(const engine::DiscountUse& use, CurrencyCode currency, v1::CartDiscount* proto) {
  proto->set_rule_id(use.rule_id);
  proto->set_text(use.text);
  // The library's enum counts from zero in the order of the proto's, which starts with UNSPECIFIED.
  static_assert(v1::CartDiscount::HELD_BY_FLOOR == static_cast<int>(pricing::Verdict::kHeldByFloor) + 1);
  proto->set_verdict(static_cast<v1::CartDiscount::Verdict>(static_cast<int>(use.verdict) + 1));
  proto->set_times(use.times);
  MoneyToProto({use.saving_minor, currency}, proto->mutable_saving());
  MoneyToProto({use.cut_by_floor_minor, currency}, proto->mutable_cut_by_floor());
  if (!use.gap.has_value()) return;
  v1::DiscountGap* gap = proto->mutable_gap();
  gap->set_units(use.gap->units);
  if (use.gap->amount_minor > 0) MoneyToProto({use.gap->amount_minor, currency}, gap->mutable_amount());
  gap->set_text(use.gap->text);
}

}  // namespace

void CartPriceToProto(const engine::CartPrice& cart, const artefact::Model& model, v1::CartPrice* proto) {
  proto->set_problem(cart.problem);
  for (const std::string& id : cart.unpriced_ids) proto->add_unpriced_ids(id);
  if (!cart.problem.empty()) return;
  MoneyToProto({cart.list_minor, cart.currency}, proto->mutable_list_price());
  MoneyToProto({cart.price_minor, cart.currency}, proto->mutable_price());
  MoneyToProto({cart.list_minor - cart.price_minor, cart.currency}, proto->mutable_saving());
  for (const engine::CartLinePrice& line : cart.lines) LineToProto(line, cart.currency, model, proto->add_lines());
  for (const engine::DiscountUse& use : cart.discounts) DiscountToProto(use, cart.currency, proto->add_discounts());
}

void BenefitToProto(const engine::BenefitOffer& benefit, const artefact::Model& model, v1::Benefit* proto) {
  proto->set_rule_id(benefit.rule_id);
  // As above.
  static_assert(v1::Benefit::GIFT == static_cast<int>(engine::BenefitKind::kGift) + 1);
  proto->set_kind(static_cast<v1::Benefit::Kind>(static_cast<int>(benefit.kind) + 1));
  proto->set_text(benefit.text);
  proto->set_reached(benefit.reached);
  proto->set_points(benefit.points);
  proto->set_points_factor(benefit.points_factor);
  proto->set_coupon_code(benefit.coupon_code);
  if (benefit.gift != kNoProduct) OfferedProductToProto(model, benefit.gift, proto->mutable_gift());
  if (!benefit.above.has_value()) return;
  const CurrencyCode currency = benefit.above->currency;
  MoneyToProto(*benefit.above, proto->mutable_above());
  MoneyToProto({benefit.gap_minor, currency}, proto->mutable_gap());
  for (const engine::GapOffer& offer : benefit.gap_offers) {
    v1::GapOffer* offer_proto = proto->add_gap_offers();
    for (const ProductIndex product : offer.products)
      OfferedProductToProto(model, product, offer_proto->add_products());
    MoneyToProto({offer.price_minor, currency}, offer_proto->mutable_price());
    MoneyToProto({offer.overshoot_minor, currency}, offer_proto->mutable_overshoot());
  }
}

}  // namespace awase::service

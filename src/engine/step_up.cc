#include "step_up.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

#include "absl/status/statusor.h"
#include "applying_rules.h"
#include "awase/pricing/price_cart.h"
#include "pricing.h"

namespace awase::engine {
namespace {

// The rules that take the product here, by rank.
RulePlaces RulesFor(const Context& context, ProductIndex product) {
  const Snapshot::BoundRules& bound = context.snapshot.bound_rules();
  RulePlaces places = bound.step_ups_by_product.MayHave(context.model, product);
  const RulePlaces everywhere = MayApply(context, RuleList::kStepUps);
  places.insert(places.end(), everywhere.begin(), everywhere.end());
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  const auto is_other = [&](std::uint32_t place) {
    const BoundDiscount& rule = bound.step_ups[place];
    const std::optional<CurrencyCode>& currency = rule.discount->currency;
    return !rule.takes.front().Has(context.model, product) || (currency.has_value() && currency != context.currency) ||
           !Applies(context, rule.rule);
  };
  places.erase(std::remove_if(places.begin(), places.end(), is_other), places.end());
  return places;
}

// What one unit costs with the discount; nothing where that is not below its list price.
std::optional<std::int64_t> ReducedPrice(const artefact::ProductView& product, const Money& price,
                                         const pricing::Discount& terms) {
  if (price.minor_units < 0 || price.minor_units > pricing::kMostMinor) return std::nullopt;
  const pricing::Line line{.unit_price_minor = price.minor_units, .unit_cost_minor = ComparableCost(product, price)};
  pricing::Discount discount = terms;
  std::get<pricing::QuantityTerms>(discount.terms).lines = {0};
  const absl::StatusOr<pricing::CartPrice> priced = pricing::PriceCart({line}, {discount});
  if (!priced.ok() || priced->price_minor >= price.minor_units) return std::nullopt;
  return priced->price_minor;
}

}  // namespace

const BoundDiscount* ReduceStepUp(const Context& context, const SlotSpec& slot, const Candidate& candidate,
                                  Offer& offer) {
  const Snapshot::BoundRules& bound = context.snapshot.bound_rules();
  if (bound.step_ups.empty() || slot.kind != SlotKind::kHigher || candidate.move != nullptr) return nullptr;
  if (candidate.step != nullptr && candidate.step->kind != ladder::StepKind::kModel) return nullptr;
  const std::optional<Money> from = context.model.product(context.page_product).price();
  if (!from.has_value() || !offer.price.has_value() || from->currency != offer.price->currency) return nullptr;
  for (const std::uint32_t place : RulesFor(context, offer.product)) {
    const BoundDiscount& rule = bound.step_ups[place];
    const std::optional<std::int64_t> price =
        ReducedPrice(context.model.product(offer.product), *offer.price, rule.discount->terms);
    if (!price.has_value() || *price <= from->minor_units) continue;
    offer.list_price = offer.price;
    offer.price->minor_units = *price;
    return &rule;
  }
  return nullptr;
}

}  // namespace awase::engine

#include "offer_prices.h"

#include <optional>

namespace awase::engine {
namespace {

void PriceOffer(const CartPricing& pricing, Offer& offer) {
  if (offer.intent != Intent::kCrossSell || offer.bundle.has_value() || offer.plan_change.has_value()) return;
  const std::optional<PriceBeside> beside = pricing.Beside(offer.product);
  if (!beside.has_value()) return;
  offer.list_price = beside->list_price;
  offer.price = beside->price;
  offer.reason.rule_ids.insert(offer.reason.rule_ids.end(), beside->rule_ids.begin(), beside->rule_ids.end());
}

}  // namespace

void PriceOffers(const CartPricing& pricing, Slot& slot) {
  for (Offer& offer : slot.offers) PriceOffer(pricing, offer);
}

}  // namespace awase::engine

#include "pricing.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <numeric>

#include "absl/numeric/int128.h"
#include "awase/pricing/allocate.h"
#include "awase/pricing/discount.h"
#include "awase/pricing/margin_floor.h"

namespace awase::engine {
namespace {

// What the rule asks for things that cost `list_total` together; nothing for another currency.
std::optional<std::int64_t> AskedPrice(const rules::Bundle& rule, std::int64_t list_total, CurrencyCode currency) {
  if (rule.price.has_value()) {
    if (rule.price->currency != currency) return std::nullopt;
    return std::min(rule.price->minor_units, list_total);
  }
  const absl::int128 left = absl::int128(list_total) * (pricing::kBasisPoints - rule.percent_off);
  return static_cast<std::int64_t>(left / pricing::kBasisPoints);  // rounded down, as all percentages
}

// The lowest share of each line; its list price where that is less, 0 where nothing is known or asked.
pricing::Shares FloorsOf(const artefact::Model& model, absl::Span<const ProductIndex> products,
                         absl::Span<const std::int64_t> list_prices, const rules::Bundle* rule) {
  pricing::Shares floors(products.size(), 0);
  if (rule == nullptr || !rule->floor.has_value()) return floors;
  for (std::size_t i = 0; i < products.size(); ++i) {
    const artefact::ProductView product = model.product(products[i]);
    const std::optional<std::int64_t> cost = ComparableCost(product, *product.price());
    if (cost.has_value()) floors[i] = std::min(list_prices[i], pricing::LowestUnitPrice(*rule->floor, *cost));
  }
  return floors;
}

}  // namespace

std::optional<std::int64_t> ComparableCost(const artefact::ProductView& product, const Money& price) {
  const std::optional<Money> cost = product.cost();
  if (!cost.has_value() || cost->currency != price.currency || cost->minor_units < 0) return std::nullopt;
  return cost->minor_units;
}

std::optional<BundleOffer> PriceBundle(const artefact::Model& model, absl::Span<const ProductIndex> products,
                                       const rules::Bundle* rule) {
  pricing::Shares list_prices;
  std::optional<CurrencyCode> currency;
  absl::int128 total = 0;
  for (const ProductIndex product : products) {
    const std::optional<Money> price = model.product(product).price();
    if (!price.has_value() || (currency.has_value() && price->currency != *currency)) return std::nullopt;
    currency = price->currency;
    list_prices.push_back(price->minor_units);
    total += price->minor_units;
  }
  if (!currency.has_value() || total > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
  const auto list_total = static_cast<std::int64_t>(total);
  const std::optional<std::int64_t> asked = rule == nullptr ? list_total : AskedPrice(*rule, list_total, *currency);
  if (!asked.has_value()) return std::nullopt;
  const pricing::Shares floors = FloorsOf(model, products, list_prices, rule);
  const std::int64_t charged = std::max(*asked, std::accumulate(floors.begin(), floors.end(), std::int64_t{0}));
  const pricing::Shares shares = pricing::AllocateAboveFloors(list_prices, floors, charged);
  BundleOffer offer;
  offer.list_price = Money{list_total, *currency};
  offer.set_price = Money{charged, *currency};
  offer.lines.reserve(products.size());
  for (std::size_t i = 0; i < products.size(); ++i) offer.lines.push_back({products[i], list_prices[i], shares[i]});
  return offer;
}

std::optional<Money> PriceDifference(const artefact::Model& model, ProductIndex anchor, ProductIndex offer) {
  const std::optional<Money> from = model.product(anchor).price();
  const std::optional<Money> to = model.product(offer).price();
  if (!from.has_value() || !to.has_value() || from->currency != to->currency) return std::nullopt;
  return Money{to->minor_units - from->minor_units, to->currency};
}

}  // namespace awase::engine

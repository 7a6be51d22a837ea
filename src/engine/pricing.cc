#include "pricing.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "absl/numeric/int128.h"

namespace awase::engine {

absl::InlinedVector<std::int64_t, 4> AllocateSetPrice(absl::Span<const std::int64_t> list_prices,
                                                      std::int64_t set_price) {
  const std::int64_t list_total = std::accumulate(list_prices.begin(), list_prices.end(), std::int64_t{0});
  absl::InlinedVector<std::int64_t, 4> shares(list_prices.size(), 0);
  if (list_total == 0) return shares;

  absl::InlinedVector<std::int64_t, 4> remainders;
  std::int64_t left = set_price;
  for (std::size_t i = 0; i < list_prices.size(); ++i) {
    const absl::int128 exact = absl::int128(set_price) * list_prices[i];
    shares[i] = static_cast<std::int64_t>(exact / list_total);
    remainders.push_back(static_cast<std::int64_t>(exact % list_total));
    left -= shares[i];
  }
  // Remainders add up to left · list_total, so `left` lines have one; a line gets at most one unit more.
  for (; left > 0; --left) {
    const auto largest = std::max_element(remainders.begin(), remainders.end());
    ++shares[static_cast<std::size_t>(largest - remainders.begin())];
    *largest = -1;
  }
  return shares;
}

std::optional<BundleOffer> PriceBundle(const artefact::Model& model, absl::Span<const ProductIndex> products,
                                       std::optional<Money> set_price) {
  absl::InlinedVector<std::int64_t, 4> list_prices;
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
  if (set_price.has_value() && set_price->currency != *currency) return std::nullopt;

  const auto list_total = static_cast<std::int64_t>(total);
  const std::int64_t charged = set_price.has_value() ? std::min(set_price->minor_units, list_total) : list_total;
  const absl::InlinedVector<std::int64_t, 4> shares = AllocateSetPrice(list_prices, charged);
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

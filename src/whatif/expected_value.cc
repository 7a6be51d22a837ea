#include "whatif/internal/expected_value.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

#include "absl/types/span.h"

namespace awase::whatif {
namespace {

using artefact::Model;
using relations::RelationEntry;
using relations::RelationKind;

// The share of the units with `anchor` that hold `root` as well; nothing where no counts say so.
std::optional<double> ShareOf(const Model& model, RelationKind kind, ProductIndex anchor, ProductIndex root) {
  const std::uint32_t units = model.units(kind, anchor);
  if (units == 0) return std::nullopt;
  for (const RelationEntry& entry : model.related(kind, anchor)) {
    if (entry.other != root || entry.source != relations::EntrySource::kCounted) continue;
    return std::min(1.0, static_cast<double>(entry.units_together) / static_cast<double>(units));
  }
  return std::nullopt;
}

std::optional<double> ChanceOf(const Model& model, absl::Span<const ProductIndex> anchors, ProductIndex product) {
  const ProductIndex root = model.root(product);
  for (const RelationKind kind : {RelationKind::kBoughtTogether, RelationKind::kAlsoBought}) {
    if (!model.has_relation(kind)) continue;
    std::optional<double> most;
    for (const ProductIndex anchor : anchors) {
      const std::optional<double> share = ShareOf(model, kind, anchor, root);
      if (share.has_value() && (!most.has_value() || *share > *most)) most = share;
    }
    if (most.has_value()) return most;
  }
  return std::nullopt;
}

// What it costs the shop, in minor units of `currency`.
std::optional<double> CostOf(const Model& model, ProductIndex product, CurrencyCode currency) {
  const std::optional<Money> cost = model.product(product).cost();
  if (!cost.has_value() || cost->currency != currency) return std::nullopt;
  return static_cast<double>(cost->minor_units);
}

// One thing that is sold beside the page's product.
struct Sale {
  std::optional<double> chance;
  double price_minor = 0;
  std::optional<double> cost_minor;
  CurrencyCode currency;
};

Sale SaleOfSet(const Model& model, const engine::BundleOffer& set) {
  Sale sale;
  sale.currency = set.set_price.currency;
  sale.price_minor =
      static_cast<double>(set.set_price.minor_units) - static_cast<double>(set.lines[0].list_price_minor);
  sale.chance = 1;
  sale.cost_minor = 0;
  for (std::size_t i = 1; i < set.lines.size(); ++i) {
    if (set.lines[i].in_cart) {  // as the page's product, it is sold without the set
      sale.price_minor -= static_cast<double>(set.lines[i].list_price_minor);
      continue;
    }
    const std::optional<double> chance = ChanceOf(model, {set.lines[0].product}, set.lines[i].product);
    const std::optional<double> cost = CostOf(model, set.lines[i].product, sale.currency);
    sale.chance =
        sale.chance.has_value() && chance.has_value() ? std::optional(std::min(*sale.chance, *chance)) : std::nullopt;
    sale.cost_minor =
        sale.cost_minor.has_value() && cost.has_value() ? std::optional(*sale.cost_minor + *cost) : std::nullopt;
  }
  return sale;
}

// Nothing for what is bought instead of something, or has no price.
std::optional<Sale> SaleOf(const Model& model, absl::Span<const ProductIndex> anchors, const engine::Offer& offer) {
  if (offer.bundle.has_value()) return SaleOfSet(model, *offer.bundle);
  if (offer.intent != engine::Intent::kCrossSell || offer.plan_change.has_value() || !offer.price.has_value()) {
    return std::nullopt;
  }
  return Sale{.chance = ChanceOf(model, anchors, offer.product),
              .price_minor = static_cast<double>(offer.price->minor_units),
              .cost_minor = CostOf(model, offer.product, offer.price->currency),
              .currency = offer.price->currency};
}

}  // namespace

std::vector<ProductIndex> PageProducts(const Model& model, const engine::Request& request) {
  std::vector<ProductIndex> products;
  const auto add = [&](const std::string& id) {
    if (const std::optional<ProductIndex> product = model.Find(id)) products.push_back(*product);
  };
  for (const std::string& id : request.product_ids) add(id);
  for (const engine::CartLine& line : request.cart) add(line.product_id);
  std::sort(products.begin(), products.end());
  products.erase(std::unique(products.begin(), products.end()), products.end());
  return products;
}

ValueByCurrency ValueOf(const Model& model, const std::vector<ProductIndex>& page_products,
                        const engine::Answer& answer) {
  ValueByCurrency value;
  for (const engine::Slot& slot : answer.slots) {
    for (const engine::Offer& offer : slot.offers) {
      const std::optional<Sale> sale = SaleOf(model, page_products, offer);
      if (!sale.has_value() || !sale->chance.has_value()) continue;
      ExpectedValue& sum = value[sale->currency];
      sum.revenue_minor += *sale->chance * sale->price_minor;
      ++sum.with_chance;
      if (!sale->cost_minor.has_value()) continue;
      sum.margin_minor += *sale->chance * (sale->price_minor - *sale->cost_minor);
      ++sum.with_cost;
    }
  }
  return value;
}

void AddValue(const ExpectedValue& value, double weight, ExpectedValue& sum) {
  sum.revenue_minor += weight * value.revenue_minor;
  sum.margin_minor += weight * value.margin_minor;
  sum.with_chance += value.with_chance;
  sum.with_cost += value.with_cost;
}

}  // namespace awase::whatif

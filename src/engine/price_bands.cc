#include "price_bands.h"

#include <cstdint>
#include <optional>

#include "absl/numeric/int128.h"
#include "bound_rules.h"

namespace awase::engine {
namespace {

// Whether `amount` is in the range of parts of `whole`, which is above 0. The upper end of a range belongs to it, and
// fractions of a part are below the next one.
bool IsPartOf(std::int64_t amount, std::int64_t whole, const rules::Range& parts) {
  const absl::int128 scaled = absl::int128(amount) * rules::kWhole;
  return absl::int128(parts.low) * whole <= scaled && scaled < (absl::int128(parts.high) + 1) * whole;
}

bool FitsWhole(std::optional<Money> price, std::optional<Money> whole, const std::optional<rules::Range>& parts) {
  if (!parts.has_value() || !whole.has_value() || whole->minor_units <= 0) return true;
  if (!price.has_value()) return false;
  return price->currency != whole->currency || IsPartOf(price->minor_units, whole->minor_units, *parts);
}

bool FitsRange(const Context& context, std::optional<Money> price, const std::optional<rules::MoneyRange>& range) {
  if (!range.has_value()) return true;
  if (!price.has_value()) return context.currency != range->currency;
  return price->currency != range->currency || range->minor_units.Contains(price->minor_units);
}

std::optional<Money> PageProductPrice(const Context& context) {
  if (context.page_product == kNoProduct) return std::nullopt;
  return context.model.product(context.page_product).price();
}

std::optional<Money> CartTotal(const Context& context) {
  if (context.cart.empty() || !context.currency.has_value()) return std::nullopt;
  return Money{context.memo.CartTotal(context), *context.currency};
}

}  // namespace

const rules::Rule* MissedPriceBand(const Context& context, SlotKind slot, ProductIndex product) {
  for (const BoundPriceBand* bound : context.selection.price_bands) {
    if ((bound->slots & MaskOf(slot)) == 0) continue;
    const rules::PriceBand& band = *bound->band;
    const std::optional<Money> price = context.model.product(product).price();
    const bool fits = FitsWhole(price, PageProductPrice(context), band.parts_of_anchor) &&
                      FitsWhole(price, CartTotal(context), band.parts_of_cart) && FitsRange(context, price, band.price);
    if (!fits) return bound->rule.rule;
  }
  return nullptr;
}

}  // namespace awase::engine

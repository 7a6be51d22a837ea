#include "discount_gap.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>

#include "absl/numeric/int128.h"

namespace awase::engine {
namespace {

// The highest price of what a set by ids has, 0 where nothing of it has one; nothing for a set by other words.
std::optional<std::int64_t> DearestOf(const Context& context, const BoundSet& set) {
  if (set.set().in.products.empty()) return std::nullopt;
  std::int64_t dearest = 0;
  const auto consider = [&](ProductIndex product) {
    const std::optional<Money> price = context.model.product(product).price();
    if (!set.Has(context.model, product) || !price.has_value() || price->currency != context.currency) return;
    dearest = std::max(dearest, price->minor_units);
  };
  for (const ProductIndex product : set.products()) {
    consider(product);
    for (const ProductIndex variant : context.model.variants(product)) consider(variant);
  }
  return dearest;
}

// What the reduced units of one set cost at most; nothing where nobody knows.
std::optional<absl::int128> DearestSet(const Context& context, const BoundDiscount& rule,
                                       const pricing::SetTerms& terms) {
  absl::int128 total = 0;
  for (std::size_t i = 0; i < terms.parts.size(); ++i) {
    const pricing::SetTerms::Part& part = terms.parts[i];
    const std::int64_t reduced = part.reduced.value_or(part.count);
    if (reduced == 0) continue;
    const std::optional<std::int64_t> dearest = DearestOf(context, rule.takes[i]);
    if (!dearest.has_value()) return std::nullopt;
    total += absl::int128(*dearest) * reduced;
  }
  return total;
}

}  // namespace

bool MaySave(const Context& context, const BoundDiscount& rule, const pricing::NextStep& step) {
  const auto* fixed = std::get_if<pricing::FixedPrice>(&step.reduction);
  if (fixed == nullptr) return true;
  if (const auto* set = std::get_if<pricing::SetTerms>(&rule.discount->terms.terms)) {
    const std::optional<absl::int128> dearest = DearestSet(context, rule, *set);
    return !dearest.has_value() || *dearest > fixed->price_minor;
  }
  const std::optional<std::int64_t> dearest = DearestOf(context, rule.takes.front());
  return !dearest.has_value() || *dearest > fixed->price_minor;
}

}  // namespace awase::engine

#include "eligibility.h"

#include <algorithm>

#include "exclusion_rules.h"
#include "rung_rules.h"

namespace awase::engine {
namespace {

bool PriceFits(const Context& context, std::optional<Money> price, PriceNeed need) {
  if (!price.has_value()) return need == PriceNeed::kSameIfAny;
  if (!context.currency.has_value()) return need == PriceNeed::kSameIfAny;  // nothing to compare with
  return price->currency == *context.currency;
}

}  // namespace

std::optional<RemovalCause> WhyNotSellable(const Context& context, ProductIndex product, PriceNeed need) {
  const artefact::SaleState now = context.model.product(product).sale_state();
  if (now.stock.has_value() && *now.stock <= 0) return RemovalCause::kOutOfStock;
  if (!now.visible) return RemovalCause::kNotVisible;
  if (!PriceFits(context, now.price, need)) return RemovalCause::kCurrencyMismatch;
  return std::nullopt;
}

std::optional<RemovalCause> WhyNotEligible(const Context& context, ProductIndex product, PriceNeed need) {
  const std::optional<RemovalCause> not_sellable = WhyNotSellable(context, product, need);
  if (not_sellable.has_value() && *not_sellable != RemovalCause::kCurrencyMismatch) return not_sellable;
  const ProductIndex root = context.model.root(product);
  if (context.cart_roots.Contains(root)) return RemovalCause::kInCart;
  if (context.owned_roots.Contains(root)) return RemovalCause::kOwned;
  if (context.seed_roots.Contains(root)) return RemovalCause::kVariantOfAnchor;
  if (not_sellable.has_value()) return not_sellable;
  const bool offered =
      std::find(context.offered_roots.begin(), context.offered_roots.end(), root) != context.offered_roots.end();
  if (offered || context.shown_roots.Contains(root)) return RemovalCause::kAlreadyShown;
  return std::nullopt;
}

Verdict JudgeProduct(const Context& context, SlotKind slot, ProductIndex product, PriceNeed need) {
  if (const std::optional<RemovalCause> cause = WhyNotEligible(context, product, need)) return {product, cause};
  const std::optional<Exclusion> excluded = WhyExcluded(context, slot, product);
  return excluded.has_value() ? Verdict{product, excluded->cause, excluded->rule} : Verdict{product};
}

Verdict JudgeStep(const Context& context, SlotKind slot, ProductIndex from, ProductIndex to) {
  const Verdict verdict = JudgeProduct(context, slot, to, PriceNeed::kRequired);
  if (verdict.cause.has_value()) return verdict;
  if (const rules::Rule* rule = ForbiddingRule(context, from, to)) return {to, RemovalCause::kHiddenByRule, rule};
  return verdict;
}

Verdict JudgePlanProduct(const Context& context, ProductIndex product) {
  const absl::string_view id = context.model.product(product).product_id();
  const std::vector<CartLine>& cart = context.request.cart;
  const std::vector<std::string>& shown = context.request.already_shown_ids;
  const std::optional<RemovalCause> not_sellable = WhyNotSellable(context, product, PriceNeed::kRequired);
  if (not_sellable.has_value()) return {product, not_sellable};
  if (std::any_of(cart.begin(), cart.end(), [id](const CartLine& line) { return line.product_id == id; })) {
    return {product, RemovalCause::kInCart};
  }
  if (std::find(shown.begin(), shown.end(), id) != shown.end()) return {product, RemovalCause::kAlreadyShown};
  if (const rules::Rule* rule = HidingRule(context, product)) return {product, RemovalCause::kHiddenByRule, rule};
  return {product};
}

Verdict JudgeVariants(const Context& context, SlotKind slot, ProductIndex root, PriceNeed need) {
  std::optional<Verdict> first;
  for (const ProductIndex variant : context.model.variants(root)) {
    const Verdict verdict = JudgeProduct(context, slot, variant, need);
    if (!verdict.cause.has_value()) return verdict;
    if (!first.has_value()) first = verdict;
  }
  return first.has_value() ? *first : JudgeProduct(context, slot, root, need);  // a list named a variant, not its root
}

}  // namespace awase::engine

#ifndef AWASE_ENGINE_ELIGIBILITY_H_
#define AWASE_ENGINE_ELIGIBILITY_H_

// Stage 4, always on: what must not be offered to this customer on this page, whatever brought it here.

#include <optional>

#include "awase/base/product_index.h"
#include "awase/engine/answer.h"
#include "awase/rules/rule_set.h"
#include "context.h"

namespace awase::engine {

enum class PriceNeed : std::uint8_t {
  kSameIfAny,  // a price, if there is one, is in the answer's currency
  kRequired,   // there is a price, in the answer's currency
};

// Why the product itself cannot be sold, whatever the page: stock, visibility, price.
std::optional<RemovalCause> WhyNotSellable(const Context& context, ProductIndex product, PriceNeed need);

// The first cause in RemovalCause's order up to kAlreadyShown; nothing when the product may be offered. O(log ids).
std::optional<RemovalCause> WhyNotEligible(const Context& context, ProductIndex product, PriceNeed need);

// The outcome of stages 4 and 5 for a product, or for the variants of a root.
struct Verdict {
  ProductIndex product = kNoProduct;  // to be offered when there is no cause; else the one the cause is of
  std::optional<RemovalCause> cause;
  const rules::Rule* rule = nullptr;  // that removes it
};

// Of exactly this product in a slot of this kind.
Verdict JudgeProduct(const Context& context, SlotKind slot, ProductIndex product, PriceNeed need);

// Of exactly the product `to` as a step up or down from `from`, which needs a price: also that no rung rule forbids it.
Verdict JudgeStep(const Context& context, SlotKind slot, ProductIndex from, ProductIndex to);

// Of a plan or option that a customer's change of plan would bring. It must be sellable, and not hidden, in the cart or
// shown already, itself; other rules of stage 5 do not bind it. What the customer owned, the page's product and
// variants of them are what one changes between.
Verdict JudgePlanProduct(const Context& context, ProductIndex product);

// Of the variants of a root, best seller first: the first that passes, else the first one's cause.
Verdict JudgeVariants(const Context& context, SlotKind slot, ProductIndex root, PriceNeed need);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_ELIGIBILITY_H_

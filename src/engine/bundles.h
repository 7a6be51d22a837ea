#ifndef AWASE_ENGINE_BUNDLES_H_
#define AWASE_ENGINE_BUNDLES_H_

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "context.h"
#include "slot_draft.h"

namespace awase::engine {

// The products that a set may be built around on this page: the page's product (kNoProduct where the model does not
// know it); all seeds where the cart speaks. Borrows the context.
absl::Span<const ProductIndex> BundleAnchors(const Context& context);

// Whether the bundle is one that may be sold around `anchor`, whether or not its rule applies: it names the product (as
// its only anchor, if it has one), or one of its groups has it. O(products, or words of the product).
bool IsSoldAround(const Context& context, const BoundBundle& bundle, ProductIndex anchor);

// Stages 3 to 7 for the bundle slot: the curated bundles of the page by rule priority, whole or not at all; when none
// can be sold, a set made of claims (claims_set.h) around the page product (where the cart speaks: around the first
// seed). Of a curated set parts may lie in the cart, but not all beside the anchor: they stand behind what is new. A
// set that misses a product is counted once, with the cause of its first product that is missing.
// REQUIRES: the slot's gate is open. O(list length).
void FillBundles(const Context& context, SlotDraft& draft);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_BUNDLES_H_

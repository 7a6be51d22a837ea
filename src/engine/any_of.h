#ifndef AWASE_ENGINE_ANY_OF_H_
#define AWASE_ENGINE_ANY_OF_H_

// Curated sets of one product of each of some groups: which product stands for a group on this page.

#include <cstddef>
#include <optional>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "bound_rules.h"
#include "context.h"
#include "eligibility.h"

namespace awase::engine {

// The first group that has the product.
std::optional<std::size_t> GroupOf(const Context& context, const BoundBundle& bundle, ProductIndex product);

// The product of the group that lies in the cart, if one does. Else that which goes best with the anchor, the first of
// `chosen`: by its place in the anchor's list of bought_together, then of also_bought, then, for products that the
// group names by id, by price and by id; eligible. Never a variant of a chosen one. Else the cause of the best that is
// not: kNoEvidence of the anchor where neither list nor rule names any. O(cart + lists · group).
Verdict ChooseOfGroup(const Context& context, const BoundSet& group, absl::Span<const ProductIndex> chosen);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_ANY_OF_H_

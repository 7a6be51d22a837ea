#include "arbitration.h"

namespace awase::engine {

void ClaimProducts(const SlotDraft& draft, Context& context) {
  for (const Candidate& candidate : draft.chosen) context.offered_roots.push_back(candidate.root);
  for (const BundleDraft& bundle : draft.bundles) {
    for (const ProductIndex product : bundle.products) context.offered_roots.push_back(context.model.root(product));
  }
}

}  // namespace awase::engine

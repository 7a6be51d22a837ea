#include "awase/engine/count_products.h"

#include "awase/base/product_index.h"
#include "bound_set.h"

namespace awase::engine {

std::size_t CountProducts(const artefact::Model& model, const rules::ProductSet& set) {
  const BoundSet bound(model, set);
  std::size_t count = 0;
  for (std::size_t i = 0; i < model.product_count(); ++i) {
    if (bound.Has(model, ProductAt(i))) ++count;
  }
  return count;
}

}  // namespace awase::engine

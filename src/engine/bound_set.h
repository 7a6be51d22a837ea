#ifndef AWASE_ENGINE_BOUND_SET_H_
#define AWASE_ENGINE_BOUND_SET_H_

// A product set of a rule with its ids resolved: whether a product is in it.

#include <optional>
#include <vector>

#include "awase/artefact/model.h"
#include "awase/base/product_index.h"
#include "awase/rules/condition.h"

namespace awase::engine {

// Borrows the set. Immutable; thread-safe to read. Its words are compared with those of the product in question, so
// that binding costs nothing for the size of the catalogue.
class BoundSet {
 public:
  // O(ids · log products).
  BoundSet(const artefact::Model& model, const rules::ProductSet& set);

  // O(words of the product · log words of the set), and for categories O(those named).
  bool Has(const artefact::Model& model, ProductIndex product) const;

  const rules::ProductSet& set() const { return *set_; }
  // The known ones of set().in.products, ascending.
  const std::vector<ProductIndex>& products() const { return products_; }

 private:
  const rules::ProductSet* set_;
  std::vector<ProductIndex> products_;
  std::vector<ProductIndex> products_not_in_;
};

}  // namespace awase::engine

#endif  // AWASE_ENGINE_BOUND_SET_H_

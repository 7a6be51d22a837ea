#ifndef AWASE_ENGINE_BOUND_SET_H_
#define AWASE_ENGINE_BOUND_SET_H_

// A product set of a rule with its ids resolved: whether a product is in it.

#include <cstdint>
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
  // Which lists a filter has, one bit each: most have one or two of ten, and the others need not be read.
  using Asked = std::uint16_t;

  static Asked AskedBy(const rules::ProductFilter& filter);
  static bool IsIn(const rules::ProductFilter& filter, Asked asked, const std::vector<ProductIndex>& known,
                   const artefact::Model& model, ProductIndex index);

  const rules::ProductSet* set_;
  Asked asked_;
  std::optional<Asked> asked_not_in_;  // where there is a not_in
  std::vector<ProductIndex> products_;
  std::vector<ProductIndex> products_not_in_;
};

}  // namespace awase::engine

#endif  // AWASE_ENGINE_BOUND_SET_H_

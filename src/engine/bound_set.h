#ifndef AWASE_ENGINE_BOUND_SET_H_
#define AWASE_ENGINE_BOUND_SET_H_

// A product set of a rule with its ids resolved: whether a product is in it.

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "awase/artefact/model.h"
#include "awase/base/product_index.h"
#include "awase/rules/condition.h"

namespace awase::engine {

// Borrows the set. Immutable; thread-safe to read. Words of which a product has one alone are compared by the numbers
// that the model has for them; binding costs nothing for the size of the catalogue.
class BoundSet {
 public:
  // O(ids + words · log strings of the model).
  BoundSet(const artefact::Model& model, const rules::ProductSet& set);

  // O(words of the product · log words of the set), and for categories O(those named). REQUIRES: the model it was bound
  // to, whatever its live values.
  bool Has(const artefact::Model& model, ProductIndex product) const {
    return in_.Has(model, product) && !(not_in_.has_value() && not_in_->Has(model, product));
  }

  const rules::ProductSet& set() const { return *set_; }
  // The known ones of set().in.products, ascending.
  const std::vector<ProductIndex>& products() const { return in_.products; }

 private:
  struct Filter {
    Filter(const artefact::Model& model, const rules::ProductFilter& filter);

    bool Has(const artefact::Model& model, ProductIndex product) const;
    bool HasWord(unsigned field, artefact::StringId text) const;

    const rules::ProductFilter* named;
    std::uint16_t
        asked;  // which lists it has, one bit each: most have one or two of ten, and the others need not be read
    std::vector<ProductIndex> products;  // the known ones, ascending
    // Brands, product types, authors and series that some string of the model is: the bit of the list above the number
    // of the string, ascending.
    absl::InlinedVector<std::uint64_t, 1> words;
  };

  const rules::ProductSet* set_;
  Filter in_;
  std::optional<Filter> not_in_;
};

}  // namespace awase::engine

#endif  // AWASE_ENGINE_BOUND_SET_H_

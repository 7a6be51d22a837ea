#ifndef AWASE_ENGINE_SUBJECT_INDEX_H_
#define AWASE_ENGINE_SUBJECT_INDEX_H_

// Rules about sets that list products, found by the product.

#include <cstdint>

#include "absl/types/span.h"
#include "awase/artefact/model.h"
#include "bound_set.h"
#include "product_places.h"

namespace awase::engine {

// Immutable once filled; thread-safe to read.
class SubjectIndex {
 public:
  // `place` is the caller's number of a rule about this set; rising from call to call. False, and nothing is added, for
  // a set that lists no products.
  bool Add(const artefact::Model& model, std::uint32_t place, const BoundSet& set);

  // Those whose sets list a product of this root, ascending. Their conditions, and whether a certain product is in the
  // set, are to be asked. O(1).
  absl::Span<const std::uint32_t> Listing(ProductIndex root) const { return listed_.Of(root); }

 private:
  ProductPlaces listed_;  // by root
};

}  // namespace awase::engine

#endif  // AWASE_ENGINE_SUBJECT_INDEX_H_

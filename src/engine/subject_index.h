#ifndef AWASE_ENGINE_SUBJECT_INDEX_H_
#define AWASE_ENGINE_SUBJECT_INDEX_H_

// Rules about sets of products, found by the product where their sets list products, else by their conditions: a shop
// may have a rule for each of its products.

#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"
#include "awase/artefact/model.h"
#include "bound_set.h"
#include "condition_index.h"

namespace awase::engine {

// Immutable once sealed; thread-safe to read.
class SubjectIndex {
 public:
  // `place` is the caller's number of a rule about this set, under this condition; rising from call to call.
  void Add(const artefact::Model& model, std::uint32_t place, ConditionId condition, const BoundSet& set);
  // After the last Add.
  void Seal(const ConditionBook& book) { unlisted_.Seal(book); }

  bool empty() const { return listed_.empty() && unlisted_.empty(); }

  // Those whose sets list a product of this root, ascending. Their conditions, and whether a certain product is in the
  // set, are to be asked. O(1).
  absl::Span<const std::uint32_t> Listing(ProductIndex root) const;

  // Those whose sets list nothing.
  const ConditionIndex& unlisted() const { return unlisted_; }

 private:
  absl::flat_hash_map<ProductIndex, absl::InlinedVector<std::uint32_t, 2>> listed_;  // by root
  ConditionIndex unlisted_;
};

}  // namespace awase::engine

#endif  // AWASE_ENGINE_SUBJECT_INDEX_H_

#ifndef AWASE_ENGINE_PRODUCT_SET_INDEX_H_
#define AWASE_ENGINE_PRODUCT_SET_INDEX_H_

// Rules found by the products that their product sets have: a request asks for the few products that it deals with.

#include <cstdint>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "bound_set.h"
#include "request_keys.h"

namespace awase::engine {

// Immutable once sealed; thread-safe to read.
class ProductSetIndex {
 public:
  // `place` is the caller's number of a rule with this set. False, and nothing is added, for a set that names no words:
  // it may have any product.
  bool Add(std::uint32_t place, const BoundSet& set);

  // Finds the place for every product.
  void AddForAll(std::uint32_t place) { for_all_.push_back(place); }

  // After the last Add. Each set is put under the list of its words that the fewest sets name. O(words of the sets).
  void Seal();

  // The places of all sets that have the product, and of some others; ascending, each once. REQUIRES: sealed. O(words
  // of the product + places found · log).
  absl::InlinedVector<std::uint32_t, 8> MayHave(const artefact::Model& model, ProductIndex product) const;

 private:
  std::vector<std::uint32_t> added_;  // with added_accesses_ until sealed
  std::vector<std::vector<Access>> added_accesses_;
  std::vector<std::uint32_t> for_all_;
  KeyKinds key_kinds_ = 0;
  KeyMap<absl::InlinedVector<std::uint32_t, 2>> by_key_;
};

}  // namespace awase::engine

#endif  // AWASE_ENGINE_PRODUCT_SET_INDEX_H_

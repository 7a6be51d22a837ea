#ifndef AWASE_RELATIONS_INTERNAL_WRITE_LISTS_H_
#define AWASE_RELATIONS_INTERNAL_WRITE_LISTS_H_

// From chosen candidates to the entries of a relation, with the evidence behind each.

#include <cstddef>
#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "awase/relations/build_relation.h"
#include "awase/relations/relation.h"
#include "relations/internal/top_lists.h"

namespace awase::relations_internal {

// n_i · n_j / N: units together if the two had nothing to do with each other and all units were alike.
inline double IndependentUnits(double units_i, double units_j, std::uint64_t unit_count) {
  return units_i * units_j / static_cast<double>(unit_count);
}

// Units with the product that has most of them.
std::uint32_t MostUnits(const relations::Relation& relation);

// Fills in the offsets and entries of `relation`, and how many of them are claims; all else is there. An infinite
// threshold, which nothing passes, becomes a finite number, for the sake of JSON. `lists`: by product, best first;
// written(i) is called, by any thread, when list i is not needed any more.
void WriteLists(absl::Span<const absl::Span<const Candidate>> lists, const relations::RelationOptions& options,
                relations::Relation* relation, absl::FunctionRef<void(std::size_t)> written);

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_WRITE_LISTS_H_

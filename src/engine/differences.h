#ifndef AWASE_ENGINE_DIFFERENCES_H_
#define AWASE_ENGINE_DIFFERENCES_H_

#include <cstddef>
#include <vector>

#include "awase/artefact/model.h"
#include "awase/engine/answer.h"

namespace awase::engine {

// More than a table beside a product shows.
inline constexpr std::size_t kMaxDifferences = 8;

// The attributes of which the two products have different values, by name, at most kMaxDifferences: first those that
// both have (what is gained or given up), then those that only one has. "128" and "128.0" are equal. O(attributes).
std::vector<SpecDifference> FindDifferences(const artefact::Model& model, ProductIndex anchor, ProductIndex offer);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_DIFFERENCES_H_

#ifndef AWASE_ENGINE_DIFFERENCES_H_
#define AWASE_ENGINE_DIFFERENCES_H_

#include <cstddef>
#include <vector>

#include "awase/artefact/model.h"
#include "awase/engine/answer.h"
#include "awase/ladder/rung.h"

namespace awase::engine {

// More than a table beside a product shows.
inline constexpr std::size_t kMaxDifferences = 8;

// The attributes of which the two products have different values, by name, at most kMaxDifferences: first those that
// both have (what is gained or given up), then those that only one has. "128" and "128.0" are equal, and so are
// "1.30kg" and "1.3 kg". What plans cost and which options go with them is no property to compare: that is said in
// money. `step` is what the ladder knows of the step from anchor to offer; null where it is no rung of it: then its
// other steps from either product say which way is better. O(attributes + kMaxDifferences · their rungs · log
// attributes).
std::vector<SpecDifference> FindDifferences(const artefact::Model& model, ProductIndex anchor, ProductIndex offer,
                                            const ladder::RungEvidence* step);

// The two values of one attribute, "" where there is none, as plain numbers: more is better, but of overage.*;
// "unlimited" is more than any number. kChanged where they do not compare.
SpecDifference::Direction CompareValues(absl::string_view name, absl::string_view anchor_value,
                                        absl::string_view offer_value);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_DIFFERENCES_H_

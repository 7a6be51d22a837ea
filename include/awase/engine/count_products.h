#ifndef AWASE_ENGINE_COUNT_PRODUCTS_H_
#define AWASE_ENGINE_COUNT_PRODUCTS_H_

#include <cstddef>

#include "awase/artefact/model.h"
#include "awase/rules/condition.h"

namespace awase::engine {

// How many products of the model are in the set, as rules that act on it take it. O(products).
std::size_t CountProducts(const artefact::Model& model, const rules::ProductSet& set);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_COUNT_PRODUCTS_H_

#ifndef AWASE_ENGINE_PRICE_BASIS_H_
#define AWASE_ENGINE_PRICE_BASIS_H_

#include <string>

#include "awase/artefact/model.h"
#include "awase/base/product_index.h"

namespace awase::engine {

// Whether the prices of the two are paid for the same: once, each month, for each seat, … (catalog::PriceBasis). What
// costs nothing is compared by its interval alone. O(attributes).
bool HaveOnePriceBasis(const artefact::Model& model, ProductIndex a, ProductIndex b);

// catalog::PriceBasisText of the product.
std::string PriceBasisText(const artefact::Model& model, ProductIndex product);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_PRICE_BASIS_H_

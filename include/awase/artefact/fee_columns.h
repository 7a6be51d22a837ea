#ifndef AWASE_ARTEFACT_FEE_COLUMNS_H_
#define AWASE_ARTEFACT_FEE_COLUMNS_H_

#include "awase/artefact/model.h"
#include "awase/catalog/price_basis.h"

namespace awase::artefact {

// What is paid beside the price of a product of a model. Borrows from the model. O(log attributes).
catalog::FeeColumns FeeColumnsOf(const ProductView& product);

}  // namespace awase::artefact

#endif  // AWASE_ARTEFACT_FEE_COLUMNS_H_

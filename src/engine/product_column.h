#ifndef AWASE_ENGINE_PRODUCT_COLUMN_H_
#define AWASE_ENGINE_PRODUCT_COLUMN_H_

#include "absl/strings/string_view.h"
#include "awase/artefact/model.h"

namespace awase::engine {

// What the product has in a column of the catalogue that rules may name: brand, category (as its row has it),
// product_type, author, series, or an attribute such as spec.colour. Empty where it has nothing. Borrows the model.
absl::string_view ValueInColumn(const artefact::ProductView& product, absl::string_view column);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_PRODUCT_COLUMN_H_

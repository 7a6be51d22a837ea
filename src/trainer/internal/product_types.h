#ifndef AWASE_TRAINER_INTERNAL_PRODUCT_TYPES_H_
#define AWASE_TRAINER_INTERNAL_PRODUCT_TYPES_H_

#include "awase/catalog/catalog.h"
#include "awase/lists/product_types.h"

namespace awase::trainer_internal {

// By product_type, else by the last step of the category; a root without either is of the type of its first variant.
// Variants have none: their root's is theirs.
lists::ProductTypes TypesOf(const catalog::Catalog& catalog);

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_PRODUCT_TYPES_H_

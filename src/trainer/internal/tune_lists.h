#ifndef AWASE_TRAINER_INTERNAL_TUNE_LISTS_H_
#define AWASE_TRAINER_INTERNAL_TUNE_LISTS_H_

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/catalog/catalog.h"
#include "awase/lists/product_types.h"
#include "awase/lists/tune.h"
#include "awase/orders/order_log.h"

namespace awase::trainer_internal {

// By product_type, else by the last step of the category; a root without either is of the type of its first variant.
// Variants have none: their root's is theirs.
lists::ProductTypes TypesOf(const catalog::Catalog& catalog);

// Splits the last 300,000 orders of the log and lets the last tenth of them judge. `index_of`, product_count: as for
// orders::BuildBaskets; `max_basket`: larger orders take no part.
absl::StatusOr<lists::TuneResult> TuneOnLog(const orders::OrderLog& log, absl::Span<const ProductIndex> index_of,
                                            std::size_t product_count, std::size_t max_basket,
                                            const lists::ProductTypes& types, const lists::TuneOptions& options);

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_TUNE_LISTS_H_

#ifndef AWASE_TRAINER_INTERNAL_RELATION_STAGE_H_
#define AWASE_TRAINER_INTERNAL_RELATION_STAGE_H_

// From baskets to the lists of every relation, and to the cart model.

#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "awase/artefact/writer.h"
#include "awase/cart/cart_weights.h"
#include "awase/catalog/catalog.h"
#include "awase/lists/list_settings.h"
#include "awase/lists/product_types.h"
#include "awase/orders/baskets.h"
#include "awase/relations/relation.h"
#include "awase/trainer/train.h"
#include "trainer/internal/run_progress.h"
#include "trainer/internal/tuning_orders.h"

namespace awase::trainer_internal {

inline std::int64_t MicrosOf(double days) { return std::llround(days * 24 * 60 * 60 * 1e6); }

// What relations are counted of.
struct CountedUnits {
  orders::BasketSet baskets;
  std::uint32_t customer_count = 0;  // of the baskets
  orders::BasketSet sessions;
  std::vector<std::uint32_t> session_customers;  // per customer of the sessions: the number in the orders
  TuningOrders tuning;  // by which settings of carts are judged; empty where none are searched for
};

// What is known of the products and of how their lists are to be ranked. Borrowed for the call.
struct RelationContext {
  const trainer::TrainOptions* options;
  const catalog::Catalog* catalog;
  const lists::ProductTypes* types;
  const lists::ListSettings* list_settings;  // of bought_together
};

// Makes the relations that the options want and the data allows, bought_together first, and the cart model; null where
// none is wanted. Each relation is handed to `writer` as soon as it is done. Units of more than max_basket products are
// left out. Errors: those of the relations library and of the writer; kCancelled.
absl::StatusOr<std::optional<cart::CartWeights>> CountAndRank(CountedUnits units, const RelationContext& context,
                                                              artefact::VersionWriter* writer, RunProgress* progress,
                                                              trainer::TrainReport* report);

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_RELATION_STAGE_H_

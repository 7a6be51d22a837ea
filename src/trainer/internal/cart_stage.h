#ifndef AWASE_TRAINER_INTERNAL_CART_STAGE_H_
#define AWASE_TRAINER_INTERNAL_CART_STAGE_H_

// The cart model of a version, and how its settings are found on the dump itself.

#include <optional>

#include "absl/status/statusor.h"
#include "awase/cart/cart_weights.h"
#include "awase/orders/baskets.h"
#include "awase/trainer/train.h"
#include "trainer/internal/tuning_orders.h"

namespace awase::trainer_internal {

// A row of counts holds no more.
inline constexpr std::size_t kMostCartNeighbours = 512;

// With options.tune_cart the settings are searched for first, from those of options.cart, by hiding products of the
// later orders of `tuning` (evaluation::MeasureCarts) from models of the earlier ones; otherwise, or where the search
// would take too long or has too few orders to judge by, they are taken as they are. No model with cart.neighbours = 0.
// The report says which settings were taken. kCancelled when options.cancelled says so.
absl::StatusOr<std::optional<cart::CartWeights>> MakeCartModel(const orders::BasketSet& baskets, TuningOrders tuning,
                                                               const trainer::TrainOptions& options,
                                                               trainer::CartReport* report);

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_CART_STAGE_H_

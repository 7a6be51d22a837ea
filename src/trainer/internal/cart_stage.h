#ifndef AWASE_TRAINER_INTERNAL_CART_STAGE_H_
#define AWASE_TRAINER_INTERNAL_CART_STAGE_H_

// The cart model of a version, and how its settings are found on the dump itself.

#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "awase/cart/cart_weights.h"
#include "awase/orders/baskets.h"
#include "awase/trainer/train.h"

namespace awase::trainer_internal {

// A row of counts holds no more.
inline constexpr std::size_t kMostCartNeighbours = 512;

// The baskets before and after a moment, so that about `share` of them are earlier; a basket without a time is earlier.
// Where none has a time, the share is taken evenly from everywhere. The same set always gives the same two.
// REQUIRES: 0 < share < 1. O(size).
std::pair<orders::BasketSet, orders::BasketSet> SplitBaskets(const orders::BasketSet& baskets, double share);

// With options.tune_cart the settings are searched for first, from those of options.cart, by hiding products of the
// last tenth of the baskets (evaluation::MeasureCarts) from models of the others; otherwise, or where the search would
// take too long or has too few baskets to judge by, they are taken as they are. No model with cart.neighbours = 0. The
// report says which settings were taken. kCancelled when options.cancelled says so.
absl::StatusOr<std::optional<cart::CartWeights>> MakeCartModel(const orders::BasketSet& baskets,
                                                               const trainer::TrainOptions& options,
                                                               trainer::CartReport* report);

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_CART_STAGE_H_

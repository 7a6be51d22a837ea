#ifndef AWASE_TRAINER_INTERNAL_INPUT_STAGE_H_
#define AWASE_TRAINER_INTERNAL_INPUT_STAGE_H_

// What a run reads: files, and the orders of the version that it adds to.

#include <vector>

#include "absl/status/statusor.h"
#include "awase/catalog/product.h"
#include "awase/ingest/read_subscribers.h"
#include "awase/orders/order_log.h"
#include "awase/trainer/train.h"
#include "trainer/internal/run_progress.h"

namespace awase::trainer_internal {

struct Inputs {
  std::vector<catalog::Product> products;
  bool has_products_file = false;
  orders::OrderLog log;    // with --append: of the stored orders and the new ones
  orders::OrderLog views;  // whose orders are sessions
  bool has_views = false;
  ingest::UsageLog usage;
  std::vector<ingest::SubscriptionRow> subscriptions;
};

// Reads all files that the options name; the report says what of. Errors: those of trainer::Train about inputs.
absl::StatusOr<Inputs> ReadInputs(const trainer::TrainOptions& options, RunProgress* progress,
                                  trainer::TrainReport* report);

// Every ordered product gets into the catalogue. Those that a given products file does not know are counted, but not
// shown: the shop has most likely stopped selling them. Products without a price get the one that orders paid.
// O(products + products of orders).
void AddProductsOfOrders(Inputs* inputs, trainer::TrainReport* report);

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_INPUT_STAGE_H_

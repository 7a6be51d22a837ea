#ifndef AWASE_TRAINER_ORDER_STORE_H_
#define AWASE_TRAINER_ORDER_STORE_H_

// The orders that a version was trained on, as they lie beside it (docs/order_store.md).

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "awase/ingest/read_dump.h"
#include "awase/orders/order_log.h"

namespace awase::trainer {

struct StoredOrders {
  orders::OrderLog log;                    // before cleaning
  ingest::ReadReport report;               // of all files so far
  std::vector<std::string> product_files;  // paths, as that run was given them; empty = it had none
  std::vector<std::string> view_files;     // likewise, of session logs
};

// kNotFound when the version has no store, else the errors of orders::ReadLogFile.
absl::StatusOr<StoredOrders> ReadOrderStore(const std::string& version_dir);

}  // namespace awase::trainer

#endif  // AWASE_TRAINER_ORDER_STORE_H_

#ifndef AWASE_TRAINER_INTERNAL_ORDER_STORE_H_
#define AWASE_TRAINER_INTERNAL_ORDER_STORE_H_

// The order store of a version (docs/order_store.md): its lines before cleaning and what was said of the files that
// they came from, so that later files can be added as if all had been read at once.

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awase/ingest/read_dump.h"
#include "awase/orders/order_log.h"

namespace awase::trainer_internal {

struct StoredOrders {
  orders::OrderLog log;
  ingest::ReadReport report;               // of all files so far
  std::vector<std::string> product_files;  // paths, as that run was given them; empty = it had none
};

// A store on its way: a file in the model directory that becomes the version's when that is known, and is removed if it
// never is. Create removes what killed runs left: call it with the RunLock held.
class NewOrderStore {
 public:
  static absl::StatusOr<NewOrderStore> Create(const std::string& model_dir, const orders::OrderLog& log,
                                              const ingest::ReadReport& report,
                                              const std::vector<std::string>& product_files);
  ~NewOrderStore();
  NewOrderStore(NewOrderStore&& other) noexcept;
  NewOrderStore& operator=(NewOrderStore&& other) noexcept;

  // Replaces the store that the version may have.
  absl::Status MoveTo(const std::string& version_dir);

 private:
  explicit NewOrderStore(std::string path) : path_(std::move(path)) {}
  std::string path_;  // empty once moved
};

// Of a version that an earlier run may have given one.
absl::Status RemoveOrderStore(const std::string& version_dir);

// kNotFound when the version has no store, else the errors of orders::ReadLogFile.
absl::StatusOr<StoredOrders> ReadOrderStore(const std::string& version_dir);

// What one run over the files of both would have reported. kInvalidArgument, naming it, when a file of `later` is
// already among those of `earlier` (by its bytes): its quantities would count twice.
absl::StatusOr<ingest::ReadReport> JoinReports(const ingest::ReadReport& earlier, const ingest::ReadReport& later);

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_ORDER_STORE_H_

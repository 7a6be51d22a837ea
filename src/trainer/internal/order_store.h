#ifndef AWASE_TRAINER_INTERNAL_ORDER_STORE_H_
#define AWASE_TRAINER_INTERNAL_ORDER_STORE_H_

// The order store of a version on its way: its lines before cleaning and what was said of the files that they came
// from, so that later files can be added as if all had been read at once.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "awase/base/background_work.h"
#include "awase/base/files.h"
#include "awase/ingest/read_dump.h"
#include "awase/orders/order_log.h"

namespace awase::trainer_internal {

inline constexpr absl::string_view kStoreFile = "orders.store";  // in a version directory

// A store on its way: a file in the model directory that becomes the version's when that is known, and is removed if it
// never is. Create removes what killed runs left: call it with the lock held.
//
// The file is written in the background: a disk takes seconds for a large log, in which the trainer can count.
class NewOrderStore {
 public:
  // `log` is freed as soon as it is written. Of `products` and `views` only the paths are kept.
  static NewOrderStore Create(const std::string& model_dir, orders::OrderLog log, const ingest::ReadReport& report,
                              const ingest::ReadReport& products, const ingest::ReadReport& views);
  // Waits until the log is written and freed: what became of it, as orders::WriteLogFile says.
  absl::Status Wait();
  // Waits, and replaces the store that the version may have.
  absl::Status MoveTo(const std::string& version_dir);

 private:
  NewOrderStore(const std::string& model_dir, TemporaryPath file, std::unique_ptr<orders::OrderLog> log,
                const std::string& note);

  TemporaryPath file_;
  std::unique_ptr<orders::OrderLog> log_;  // empty when it is written
  BackgroundWork writing_;                 // the last member: it is waited for before anything else goes
};

// Of a version that an earlier run may have given one.
absl::Status RemoveOrderStore(const std::string& version_dir);

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_ORDER_STORE_H_

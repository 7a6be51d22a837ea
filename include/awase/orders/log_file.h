#ifndef AWASE_ORDERS_LOG_FILE_H_
#define AWASE_ORDERS_LOG_FILE_H_

// An OrderLog on disk, so that tomorrow's orders can be added to it. The bytes are documented in docs/order_store.md and
// depend on the log alone.

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "awase/orders/order_log.h"

namespace awase::orders {

struct LogFile {
  OrderLog log;
  std::string note;  // whatever the writer wanted to keep beside it
};

// Writes a new file that its owner alone may read, flushed to disk. kResourceExhausted when the disk is full, … as the
// system says, naming the path. O(size of the log).
absl::Status WriteLogFile(const std::string& path, const OrderLog& log, absl::string_view note);

// kNotFound; kDataLoss, naming the path, for a file that is broken, cut short or no such file; kFailedPrecondition for
// one of a newer format.
absl::StatusOr<LogFile> ReadLogFile(const std::string& path);

// The same for bytes in memory, which need not be aligned.
absl::StatusOr<LogFile> ParseLogFile(absl::string_view bytes);

}  // namespace awase::orders

#endif  // AWASE_ORDERS_LOG_FILE_H_

#ifndef AWASE_INGEST_INTERNAL_READ_METER_H_
#define AWASE_INGEST_INTERNAL_READ_METER_H_

#include <atomic>
#include <cstdint>

#include "absl/status/status.h"
#include "awase/ingest/read_dump.h"

namespace awase::ingest_internal {

// Counts the rows of all reading threads, reports progress and asks for cancellation. Borrows the options.
// thread-compatible, and Add is thread-safe: the options' functions are called by the thread that calls Report and
// CheckCancelled, and that should be the one that started the read.
class ReadMeter {
 public:
  explicit ReadMeter(const ingest::ReadOptions& options) : options_(options) {}

  // A reading thread adds its rows, and the reporting one reports, each time it has read so many: a few milliseconds.
  static constexpr std::uint64_t kStep = 1 << 13;

  void Add(std::uint64_t rows) { rows_.fetch_add(rows, std::memory_order_relaxed); }

  // kCancelled when the options say so. `share` of the input in [0, 1]; −1 = not known.
  absl::Status Report(double share) {
    reported_rows_ = rows_.load(std::memory_order_relaxed);
    if (options_.progress) options_.progress({reported_rows_, share});
    return CheckCancelled();
  }

  // Report when there are kStep new rows, else CheckCancelled.
  absl::Status ReportIfDue(double share) {
    const bool is_due = rows_.load(std::memory_order_relaxed) - reported_rows_ >= kStep;
    return is_due ? Report(share) : CheckCancelled();
  }

  absl::Status CheckCancelled() const {
    if (options_.cancelled && options_.cancelled()) return absl::CancelledError("reading was cancelled");
    return absl::OkStatus();
  }

 private:
  const ingest::ReadOptions& options_;
  std::atomic<std::uint64_t> rows_{0};
  std::uint64_t reported_rows_ = 0;
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_READ_METER_H_

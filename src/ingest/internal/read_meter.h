#ifndef AWASE_INGEST_INTERNAL_READ_METER_H_
#define AWASE_INGEST_INTERNAL_READ_METER_H_

#include <cstdint>

#include "absl/status/status.h"
#include "awase/ingest/read_dump.h"

namespace awase::ingest_internal {

// Reports progress and asks for cancellation every few thousand rows. Borrows the options. single-thread.
class ReadMeter {
 public:
  explicit ReadMeter(const ingest::ReadOptions& options) : options_(options) {}

  // True when it is time for Report: cheap enough for every row.
  bool Count() { return (++rows_ & 0x1FFF) == 0; }

  // kCancelled when the options say so. `share` of the input in [0, 1]; −1 = not known.
  absl::Status Report(double share) {
    if (options_.progress) options_.progress({rows_, share});
    return CheckCancelled();
  }

  absl::Status CheckCancelled() const {
    if (options_.cancelled && options_.cancelled()) return absl::CancelledError("reading was cancelled");
    return absl::OkStatus();
  }

 private:
  const ingest::ReadOptions& options_;
  std::uint64_t rows_ = 0;
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_READ_METER_H_

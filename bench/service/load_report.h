#ifndef AWASE_BENCH_SERVICE_LOAD_REPORT_H_
#define AWASE_BENCH_SERVICE_LOAD_REPORT_H_

// What a server is asked, and what came of it.

#include <cstdint>
#include <map>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "bench/service/latency_histogram.h"

namespace awase::load {

struct LoadPlan {
  // Calls per second over all connections. 0: closed loop.
  double rate = 0;
  // How long calls are begun (closed loop) or due (open loop). What is outstanding then is waited for.
  absl::Duration duration = absl::Seconds(10);
  // Of a call. In an open loop also how long after `duration` calls that were due may still begin.
  absl::Duration deadline = absl::Seconds(10);
};

// What came of the calls of one run: due = answered + errors + unsent.
struct LoadReport {
  double seconds = 0;          // until the last call had ended
  std::uint64_t due = 0;       // of a closed loop: begun
  std::uint64_t unsent = 0;    // were due, but all calls at a time were taken until it was too late
  std::uint64_t answered = 0;  // with OK
  std::map<absl::StatusCode, std::uint64_t> errors;
  LatencyHistogram latency;  // of those that were answered
};

}  // namespace awase::load

#endif  // AWASE_BENCH_SERVICE_LOAD_REPORT_H_

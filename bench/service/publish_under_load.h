#ifndef AWASE_BENCH_SERVICE_PUBLISH_UNDER_LOAD_H_
#define AWASE_BENCH_SERVICE_PUBLISH_UNDER_LOAD_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "bench/service/load_client.h"

namespace awase::load {

struct PublishUnderLoadOptions {
  double rate = 10'000;  // requests per second that are due; above 0
  absl::Duration duration = absl::Seconds(10);
  std::size_t connections = 4;
  std::size_t calls_at_a_time = 64;  // per connection
  // From the end of one publication, or one change of the version, to the begin of the next.
  absl::Duration publish_interval = absl::Milliseconds(20);
  absl::Duration activate_interval = absl::Milliseconds(200);
};

struct PublishUnderLoadReport {
  LoadReport load;
  std::uint64_t publications = 0;
  std::uint64_t activations = 0;
  std::size_t states_seen = 0;  // pairs of version and rule set that answered under load; four when all did
  std::uint64_t dropped = 0;    // requests that were due and got no answer, for whatever reason
  std::uint64_t mixed = 0;      // answers that are not, as a whole, those of the version and revision that they name
  std::uint64_t unknown = 0;    // answers of a version or revision that never served
  std::uint64_t failed = 0;     // publications and activations
  std::string first_problem;    // for people; empty when there was none
};

// While requests come in an open loop, rules are published and versions are activated in turn (ChangingShop), and every
// answer is held against those that were given in peace. Errors of ChangingShop and LoadClient; kInternal when two
// states answer alike, so that nothing could be told.
absl::StatusOr<PublishUnderLoadReport> PublishUnderLoad(const PublishUnderLoadOptions& options);

// Nothing was dropped, mixed, unknown or failed, and there was something to see: two states or more answered.
bool IsClean(const PublishUnderLoadReport& report);

}  // namespace awase::load

#endif  // AWASE_BENCH_SERVICE_PUBLISH_UNDER_LOAD_H_

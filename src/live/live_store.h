#ifndef AWASE_LIVE_LIVE_STORE_H_
#define AWASE_LIVE_LIVE_STORE_H_

// What the live catalogue holds, on disk and in memory: what its writer does, without the thread.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "awase/live/live_catalogue.h"
#include "live/live_log.h"
#include "live/live_state.h"

namespace awase::live {

// single-thread.
class LiveStore {
 public:
  using Options = LiveCatalogue::Options;
  using Outcome = LiveCatalogue::Outcome;
  using Updates = std::vector<ProductUpdate>;

  // As LiveCatalogue::Open, but for the directory and its lock. REQUIRES: options.warn and tell_problem are set, and
  // the options outlive the store.
  static absl::StatusOr<std::unique_ptr<LiveStore>> Open(const Options& options);

  // As LiveCatalogue::Check.
  static absl::Status Check(const std::string& directory);

  // Writes all of the calls at once and publishes the table with them. One outcome for each.
  // REQUIRES: none has faults (FindFaults).
  std::vector<absl::StatusOr<Outcome>> Commit(absl::Span<const Updates* const> calls);

  // Leaves the binding that was there in `binding`.
  void Bind(LiveCatalogue::Binding& binding);

  // As LiveCatalogue::TableOf.
  LiveTable TableOf(std::size_t product_count, const LiveCatalogue::FindProduct& find) const;

  // Rewrites the log if it is long.
  void CompactIfLong();

  LiveCatalogue::Stats stats() const;

 private:
  LiveStore(const Options& options, LiveLog log, LiveState state);

  void PlanCompaction();
  absl::Status Append(const std::string& records);
  void Publish(const StagedUpdates& staged);

  const Options& options_;
  LiveLog log_;
  LiveState state_;
  LiveCatalogue::Binding binding_;
  LiveTable table_;
  LiveTable beside_table_;  // of binding_.beside
  std::string problem_;     // as told
  std::uint64_t compact_at_bytes_ = 0;
  LiveCatalogue::Stats counts_;  // applied, late, failed
};

}  // namespace awase::live

#endif  // AWASE_LIVE_LIVE_STORE_H_

#ifndef AWASE_SERVICE_ANSWER_COUNTS_H_
#define AWASE_SERVICE_ANSWER_COUNTS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "awase/engine/answer.h"
#include "awase/engine/placements.h"
#include "service/duration_histogram.h"
#include "service/metrics_text.h"
#include "service/sharded_counters.h"

namespace awase::service {

// What pages got, by placement and slot, for /metrics. thread-safe.
class AnswerCounts {
 public:
  // One row for each placement; no others are ever counted.
  explicit AnswerCounts(const engine::PlacementTable& placements);

  // One answer of Recommend or of a batch, and how long it took to make. O(slots + causes of removal).
  // `placement` as in the request: empty for the usual one.
  void Add(absl::string_view placement, const engine::Answer& answer, absl::Duration took);
  // Which version has given one: the active one, or the one that is tried out beside it.
  void AddVersion(bool is_canary) { versions_.Add(is_canary ? kCanary : kActive); }

  // The families awase_answers_total, awase_answer_seconds, awase_slots_total, awase_slots_empty_total,
  // awase_offers_total and awase_removed_total; the last has causes that have come.
  void Write(MetricsText* metrics) const;

 private:
  // Counters of a slot.
  enum Counter : std::size_t { kAsked, kEmpty, kOffers, kRemoved };  // the causes of removal from kRemoved on
  using SlotCounters = ShardedCounters<kRemoved + engine::kRemovalCauseCount>;
  struct Row {
    DurationHistogram seconds;
    std::map<std::string, SlotCounters, std::less<>> slots;
  };

  enum Version : std::size_t { kActive, kCanary };

  void WriteSlots(Counter counter, MetricsText* metrics) const;

  ShardedCounters<2> versions_;
  std::map<std::string, Row, std::less<>> rows_;  // by placement; its keys never change
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_ANSWER_COUNTS_H_

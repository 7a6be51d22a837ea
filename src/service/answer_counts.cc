#include "service/answer_counts.h"

#include "awase/engine/request.h"

namespace awase::service {

namespace {

absl::string_view PlacementOf(absl::string_view asked) {
  static const auto& usual = *new std::string(engine::Request().placement);
  return asked.empty() ? usual : asked;
}

}  // namespace

AnswerCounts::AnswerCounts(const engine::PlacementTable& placements) {
  for (const engine::Placement& placement : placements.all()) {
    Row& row = rows_[placement.name];
    for (const engine::SlotSpec& slot : placement.slots) row.slots[std::string(slot.name)];
  }
}

void AnswerCounts::Add(absl::string_view placement, const engine::Answer& answer, absl::Duration took) {
  const auto row = rows_.find(PlacementOf(placement));
  if (row == rows_.end()) return;
  row->second.seconds.Add(took);
  for (const engine::Slot& slot : answer.slots) {
    const auto found = row->second.slots.find(slot.name);
    if (found == row->second.slots.end()) continue;
    SlotCounters& counters = found->second;
    counters.Add(kAsked);
    if (slot.offers.empty()) counters.Add(kEmpty);
    counters.Add(kOffers, slot.offers.size());
    for (std::size_t cause = 0; cause < engine::kRemovalCauseCount; ++cause) {
      if (slot.removed[cause] > 0) counters.Add(kRemoved + cause, slot.removed[cause]);
    }
  }
}

void AnswerCounts::Write(MetricsText* metrics) const {
  metrics->Counter("awase_answers_total", "Answers, by what the version that gave them is.");
  metrics->Sample(versions_.Get(kActive), {{"version", "active"}});
  metrics->Sample(versions_.Get(kCanary), {{"version", "canary"}});
  metrics->Histogram("awase_answer_seconds",
                     "How long it took to find an answer, without encoding and transport, by placement.");
  for (const auto& [placement, row] : rows_) metrics->Durations(row.seconds, {{"placement", placement}});
  metrics->Counter("awase_slots_total", "Slots of answers, by placement and slot.");
  WriteSlots(kAsked, metrics);
  metrics->Counter("awase_slots_empty_total", "Slots without an offer.");
  WriteSlots(kEmpty, metrics);
  metrics->Counter("awase_offers_total", "Offers; a set is one.");
  WriteSlots(kOffers, metrics);
  metrics->Counter("awase_removed_total", "Candidates that left, by cause (Removal.Cause).");
  for (const auto& [placement, row] : rows_) {
    for (const auto& [slot, counters] : row.slots) {
      for (std::size_t cause = 0; cause < engine::kRemovalCauseCount; ++cause) {
        const std::uint64_t count = counters.Get(kRemoved + cause);
        if (count == 0) continue;
        metrics->Sample(count, {{"placement", placement},
                                {"slot", slot},
                                {"cause", engine::RemovalCauseName(static_cast<engine::RemovalCause>(cause))}});
      }
    }
  }
}

void AnswerCounts::WriteSlots(Counter counter, MetricsText* metrics) const {
  for (const auto& [placement, row] : rows_) {
    for (const auto& [slot, counters] : row.slots) {
      metrics->Sample(counters.Get(counter), {{"placement", placement}, {"slot", slot}});
    }
  }
}

}  // namespace awase::service

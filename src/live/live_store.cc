#include "live/live_store.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "live/live_record.h"

namespace awase::live {
namespace {

// So that each byte is written about once more.
constexpr std::uint64_t kGrowth = 4;
// Of a frame of the base: what is checked, and held in memory, at once.
constexpr std::size_t kBaseFrameBytes = std::size_t{1} << 20;

std::string LogPath(const std::string& directory) { return JoinPath(directory, "log"); }

}  // namespace

absl::StatusOr<std::unique_ptr<LiveStore>> LiveStore::Open(const Options& options) {
  const std::string path = LogPath(options.directory);
  LiveState state;
  AWASE_ASSIGN_OR_RETURN(LiveLog log, LiveLog::Open(path, [&state](LiveRecord&& record) {
                           state.Put(record.product_id, {record.entry});
                         }));
  if (log.cut_bytes() > 0) {
    options.warn(absl::StrCat(path, ": the last ", log.cut_bytes(),
                              " bytes were no whole entry, which nobody was told to be kept, and are cut off"));
  }
  // The constructor is private, so make_unique cannot reach it.
  return std::unique_ptr<LiveStore>(new LiveStore(options, std::move(log), std::move(state)));
}

absl::Status LiveStore::Check(const std::string& directory) {
  return LiveLog::Read(LogPath(directory), [](LiveRecord&&) {});
}

LiveStore::LiveStore(const Options& options, LiveLog log, LiveState state)
    : options_(options), log_(std::move(log)), state_(std::move(state)) {
  PlanCompaction();
}

void LiveStore::PlanCompaction() {
  compact_at_bytes_ = std::max(options_.compact_from_bytes, kGrowth * log_.base_bytes());
}

std::vector<absl::StatusOr<LiveStore::Outcome>> LiveStore::Commit(absl::Span<const Updates* const> calls) {
  StagedUpdates staged(state_, binding_.find, options_.max_products);
  std::vector<absl::StatusOr<Outcome>> outcomes;
  for (const Updates* updates : calls) outcomes.push_back(staged.Add(*updates));
  const std::string records = staged.Records();
  const absl::Status written = records.empty() ? absl::OkStatus() : Append(records);
  if (written.ok()) {
    Publish(staged);
    staged.PutInto(state_);
  }
  for (std::size_t i = 0; i < calls.size(); ++i) {
    if (outcomes[i].ok() && !written.ok()) outcomes[i] = Annotate(written, "the updates are not in effect");
    counts_.applied += outcomes[i].ok() ? outcomes[i]->applied : 0;
    counts_.late += outcomes[i].ok() ? outcomes[i]->late : 0;
    counts_.failed += outcomes[i].ok() ? 0 : calls[i]->size();
  }
  return outcomes;
}

void LiveStore::Publish(const StagedUpdates& staged) {
  const std::vector<LiveChange> changes = staged.Changes();
  std::vector<LiveChange> beside;
  if (binding_.beside.has_value()) beside = staged.ChangesOf(binding_.beside->find);
  if (changes.empty() && beside.empty()) return;
  if (!beside.empty()) {
    beside_table_ = beside_table_.With(beside);
    binding_.beside->prepare(beside_table_);
  }
  table_ = table_.With(changes);
  binding_.publish(table_);
}

absl::Status LiveStore::Append(const std::string& records) {
  const absl::Status written = log_.Append(records);
  const std::string problem(written.message());
  if (problem != problem_) options_.tell_problem(problem_ = problem);
  return written;
}

void LiveStore::Bind(LiveCatalogue::Binding& binding) {
  std::swap(binding_, binding);
  table_ = LiveTable(binding_.product_count).With(state_.Rebind(binding_.find));
  if (binding_.beside.has_value()) {
    beside_table_ = TableOf(binding_.beside->product_count, binding_.beside->find);
    binding_.beside->prepare(beside_table_);
  } else {
    beside_table_ = LiveTable();
  }
  binding_.publish(table_);
}

LiveTable LiveStore::TableOf(std::size_t product_count, const LiveCatalogue::FindProduct& find) const {
  return LiveTable(product_count).With(state_.LiveOf(find));
}

void LiveStore::CompactIfLong() {
  if (log_.bytes() < compact_at_bytes_) return;
  auto next = state_.products().begin();
  const absl::Status replaced = log_.Replace([&](std::string& payload) {
    for (; next != state_.products().end() && payload.size() < kBaseFrameBytes; ++next) {
      AppendRecord(next->first, next->second.entry, payload);
    }
    return !payload.empty();
  });
  PlanCompaction();
  if (replaced.ok()) return;
  options_.warn(absl::StrCat("the log of the live catalogue grows on: ", replaced.message()));
  // A full disk must not be asked again by every call.
  compact_at_bytes_ = std::max(compact_at_bytes_, log_.bytes() + options_.compact_from_bytes);
}

LiveCatalogue::Stats LiveStore::stats() const {
  LiveCatalogue::Stats stats = counts_;
  stats.products = state_.size();
  stats.unknown_products = state_.unknown();
  stats.log_bytes = log_.bytes();
  return stats;
}

}  // namespace awase::live

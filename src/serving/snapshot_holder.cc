#include "awase/serving/snapshot_holder.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace awase::serving {

SnapshotHolder::SnapshotHolder(Served first) : live_(std::make_shared<const Served>(std::move(first))) {}

std::shared_ptr<const Served> SnapshotHolder::Get() const {
  MutexLock lock(mutex_);
  return live_;
}

void SnapshotHolder::Set(Served next) {
  auto live = std::make_shared<const Served>(std::move(next));
  MutexLock lock(mutex_);
  replaced_.push_back(std::exchange(live_, std::move(live)));
}

std::size_t SnapshotHolder::ReleaseUnused() {
  std::vector<std::shared_ptr<const Served>> unused;  // outlives the lock: unmapping takes a while
  MutexLock lock(mutex_);
  // A count of one is ours, and it cannot rise again: only Get hands out references, and only to what is live.
  const auto in_use_end =
      std::partition(replaced_.begin(), replaced_.end(), [](const auto& served) { return served.use_count() > 1; });
  unused.assign(std::make_move_iterator(in_use_end), std::make_move_iterator(replaced_.end()));
  replaced_.erase(in_use_end, replaced_.end());
  return replaced_.size();
}

}  // namespace awase::serving

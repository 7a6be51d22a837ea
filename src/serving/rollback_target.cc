#include "serving/rollback_target.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"

namespace awase::serving {
namespace {

// What has come to serve and has not been undone, as a version control system has a branch. Borrows the records.
class Line {
 public:
  void Add(const RevisionInfo& info) {
    const RevisionInfo* original = OriginalOf(info);
    originals_[info.number] = original;
    const bool is_new = original == &info;
    const auto place = is_new ? sets_.end() : std::find(sets_.begin(), sets_.end(), original);
    if (place == sets_.end()) {
      sets_.push_back(original);
    } else {
      for (auto undone = place + 1; undone != sets_.end(); ++undone) undone_.insert((*undone)->revision);
      sets_.erase(place + 1, sets_.end());
    }
    undone_.erase(original->revision);
  }

  const RevisionInfo* Before() const {
    const auto found = std::find_if(sets_.rbegin(), sets_.rend(), [this](const RevisionInfo* set) {
      return set->revision != sets_.back()->revision && !undone_.contains(set->revision);
    });
    return found == sets_.rend() ? nullptr : *found;
  }

 private:
  // The record by which the set first came to serve, of those that are known.
  const RevisionInfo* OriginalOf(const RevisionInfo& info) const {
    if (info.source != RevisionInfo::Source::kRolledBack) return &info;
    const auto restored = originals_.find(info.restored);
    return restored == originals_.end() ? &info : restored->second;
  }

  absl::flat_hash_map<std::uint64_t, const RevisionInfo*> originals_;  // by the number of a record
  std::vector<const RevisionInfo*> sets_;                              // originals, the serving one at the end
  absl::flat_hash_set<absl::string_view> undone_;                      // revisions
};

}  // namespace

std::optional<RevisionInfo> FindRollbackTarget(absl::Span<const RevisionInfo> history) {
  Line line;
  for (const RevisionInfo& info : history) line.Add(info);
  const RevisionInfo* target = line.Before();
  return target == nullptr ? std::nullopt : std::optional(*target);
}

}  // namespace awase::serving

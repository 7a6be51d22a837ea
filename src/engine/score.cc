#include "score.h"

#include <algorithm>
#include <cstddef>
#include <tuple>

namespace awase::engine {

double Relevance(const relations::RelationEntry& entry, const relations::RelationEntry& best) {
  if (best.score <= 0) return 0;
  const double share = static_cast<double>(entry.score) / static_cast<double>(best.score);
  if (entry.source != relations::EntrySource::kCounted) return kBackedOff * share;
  return entry.lift <= 1 ? 0 : share;
}

void RankCandidates(const Context& context, const SlotSpec& slot, Candidates& candidates) {
  if (slot.kind != SlotKind::kAlsoBought || context.seeds.size() < 2) return;
  // The strongest of each root comes first and takes the others' scores; seeds break ties, so the order is total.
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(a.root, IsBackedOff(a), -a.score, a.seed) < std::tuple(b.root, IsBackedOff(b), -b.score, b.seed);
  });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (kept > 0 && candidates[kept - 1].root == candidates[i].root) {
      candidates[kept - 1].score += candidates[i].score;
      candidates[kept - 1].is_substitute |= candidates[i].is_substitute;
    } else {
      candidates[kept++] = candidates[i];
    }
  }
  candidates.resize(kept);
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(IsBackedOff(a), -a.score, a.root) < std::tuple(IsBackedOff(b), -b.score, b.root);
  });
}

}  // namespace awase::engine

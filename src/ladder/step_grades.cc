#include "ladder/internal/step_grades.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "awase/base/parallel.h"
#include "ladder/internal/strength.h"

namespace awase::ladder_internal {
namespace {

using ladder::Grade;
using ladder::MoveCounts;
using ladder::Step;

constexpr std::size_t kEdgeGrain = 1024;

void FloorPair(std::uint32_t min_buyers, std::uint32_t* up, std::uint32_t* down) {
  if (*up < min_buyers) *up = 0;
  if (*down > 0 && *down < min_buyers) *down = *up > 0 ? min_buyers : 0;
}

bool HasMoves(const StepEdge& edge) { return edge.moves.up() + edge.moves.down() > 0; }

}  // namespace

MoveCounts FloorCounts(MoveCounts counts, std::uint32_t min_buyers) {
  FloorPair(min_buyers, &counts.upgrades, &counts.downgrades);
  FloorPair(min_buyers, &counts.switches_up, &counts.switches_down);
  return counts;
}

ReturnShare ShareReturned(const ladder::ReturnCount& count, std::uint32_t min_buyers) {
  if (count.purchases < kFewPurchases || (count.returned > 0 && count.returners < min_buyers)) return {};
  return {static_cast<double>(count.returned) / count.purchases,
          ladder::BoundsOfShare(count.returned, count.purchases)};
}

void StepGrader::FindReturns() {
  returned_.resize(families_.members.size());
  if (behaviour_.returns.empty()) return;
  ParallelFor(options_.threads, returned_.size(), kEdgeGrain, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t m = first; m < last; ++m) {
      returned_[m] = ShareReturned(behaviour_.returns[Slot(families_.members[m].root)], options_.min_buyers);
    }
  });
}

void StepGrader::GradeCandidates(std::vector<StepEdge>* edges) {
  FindReturns();
  Count(edges);
  FindStrengths(*edges);
  FindBound(*edges);
  Grade(edges);
}

void StepGrader::GradeMore(std::vector<StepEdge>* edges) const {
  Count(edges);
  Grade(edges);
}

void StepGrader::Count(std::vector<StepEdge>* edges) const {
  if (!behaviour_.count_moves || edges->empty()) return;
  std::vector<Step> steps;
  steps.reserve(edges->size());
  for (const StepEdge& edge : *edges) {
    steps.push_back({families_.members[edge.cheap].root, families_.members[edge.dear].root});
  }
  const std::vector<MoveCounts> counts = behaviour_.count_moves(steps);
  for (std::size_t e = 0; e < edges->size(); ++e) {
    (*edges)[e].moves = FloorCounts(counts[e], options_.min_buyers);
  }
}

void StepGrader::FindStrengths(const std::vector<StepEdge>& edges) {
  strengths_.resize(families_.members.size());
  for (std::size_t m = 0; m < strengths_.size(); ++m) strengths_[m] = std::log(families_.members[m].value);
  // Edges are by cheap member, so by family.
  std::vector<Duel> duels;
  for (std::size_t first = 0; first < edges.size();) {
    const Family& family = families_.families[families_.members[edges[first].cheap].family];
    duels.clear();
    for (; first < edges.size() && edges[first].cheap < family.last; ++first) {
      const StepEdge& edge = edges[first];
      if (!HasMoves(edge)) continue;
      duels.push_back({edge.cheap - family.first, edge.dear - family.first, static_cast<double>(edge.moves.down()),
                       static_cast<double>(edge.moves.up())});
    }
    if (duels.empty()) continue;
    const auto begin = strengths_.begin() + family.first;
    const std::vector<double> prior(begin, begin + static_cast<std::ptrdiff_t>(family.size()));
    const std::vector<double> found = Strengths(prior, duels);
    std::copy(found.begin(), found.end(), begin);
  }
}

void StepGrader::FindBound(const std::vector<StepEdge>& edges) {
  std::vector<double> p;
  for (const StepEdge& edge : edges) {
    if (HasMoves(edge)) p.push_back(ladder::SignTest(edge.moves.up(), edge.moves.up() + edge.moves.down()));
  }
  std::sort(p.begin(), p.end());
  highest_p_ = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (p[i] <= options_.false_share * static_cast<double>(i + 1) / static_cast<double>(p.size())) highest_p_ = p[i];
  }
}

void StepGrader::Grade(std::vector<StepEdge>* edges) const {
  ParallelFor(options_.threads, edges->size(), kEdgeGrain, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t e = first; e < last; ++e) GradeStep(&(*edges)[e]);
  });
}

void StepGrader::GradeStep(StepEdge* edge) const {
  const std::uint32_t up = edge->moves.up();
  const std::uint32_t all = up + edge->moves.down();
  if (all > 0) {
    const ladder::ShareBounds bounds = ladder::BoundsOfShare(up, all);
    edge->moved_up_low = static_cast<float>(bounds.low);
    edge->strength_gap = static_cast<float>(strengths_[edge->dear] - strengths_[edge->cheap]);
    edge->is_refuted = bounds.high < 0.5 || edge->strength_gap <= 0;
    edge->has_behaviour = bounds.low > 0.5 && edge->strength_gap > 0 && ladder::SignTest(up, all) <= highest_p_;
  }
  edge->returns_worse = returned_[edge->dear].bounds.low > returned_[edge->cheap].bounds.high;
  if (edge->returns_worse) edge->has_behaviour = false;
  if (edge->is_beyond_band && !edge->is_tier_up) return;
  if (edge->has_behaviour) {
    edge->grade = edge->dominates ? Grade::kCertified : Grade::kStatistical;
  } else if (edge->is_tier_up || (edge->dominates && !edge->is_refuted)) {
    edge->grade = Grade::kAsserted;
  }
}

}  // namespace awase::ladder_internal

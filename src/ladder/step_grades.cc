#include "ladder/internal/step_grades.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>

#include "awase/base/parallel.h"
#include "ladder/internal/strength.h"

namespace awase::ladder_internal {
namespace {

using ladder::Grade;
using ladder::MoveCounts;
using ladder::Step;

constexpr std::size_t kEdgeGrain = 1024;
constexpr std::size_t kFamilyGrain = 1;  // one may be as large as all others together
constexpr double kTail = 0.025;          // of a 95 % interval, on each side

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
  if (count.purchases < kFewPurchases || count.buyers < min_buyers) return {};
  // Neither who sent it back nor who did not may be told from the share.
  const std::uint32_t keepers = count.buyers - std::min(count.buyers, count.returners);
  if (count.returned > 0 && (count.returners < min_buyers || (keepers > 0 && keepers < min_buyers))) return {};
  return {static_cast<double>(count.returned) / count.purchases,
          ladder::BoundsOfShare(count.returned, count.purchases)};
}

Grade GradeOf(const StepEdge& edge) {
  const bool is_in_band = !edge.is_below_band && !edge.is_beyond_band;
  if (edge.is_last_resort || !(is_in_band || edge.is_tier_up)) return Grade::kWeak;
  if (edge.has_behaviour) return edge.dominates ? Grade::kCertified : Grade::kStatistical;
  return (edge.is_tier_up || edge.dominates) && !edge.is_refuted ? Grade::kAsserted : Grade::kWeak;
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
    (*edges)[e].has_movers = counts[e].up() + counts[e].down() > 0;
    (*edges)[e].moves = FloorCounts(counts[e], options_.min_buyers);
  }
}

void StepGrader::FindStrengths(const std::vector<StepEdge>& edges) {
  strengths_.resize(families_.members.size());
  for (std::size_t m = 0; m < strengths_.size(); ++m) strengths_[m] = std::log(families_.members[m].value);
  // Edges are by cheap member, so by family.
  std::vector<std::size_t> starts;
  for (std::size_t e = 0; e < edges.size(); ++e) {
    if (e == 0 || FamilyOf(edges[e]) != FamilyOf(edges[e - 1])) starts.push_back(e);
  }
  starts.push_back(edges.size());
  ParallelFor(options_.threads, starts.size() - 1, kFamilyGrain, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t f = first; f < last; ++f) {
      FindStrengthsOf(absl::MakeConstSpan(edges).subspan(starts[f], starts[f + 1] - starts[f]));
    }
  });
}

void StepGrader::FindStrengthsOf(absl::Span<const StepEdge> edges) {
  const Family& family = families_.families[FamilyOf(edges.front())];
  std::vector<Duel> duels;
  for (const StepEdge& edge : edges) {
    if (!HasMoves(edge)) continue;
    duels.push_back({edge.cheap - family.first, edge.dear - family.first, static_cast<double>(edge.moves.down()),
                     static_cast<double>(edge.moves.up())});
  }
  if (duels.empty()) return;
  const auto begin = strengths_.begin() + family.first;
  const std::vector<double> prior(begin, begin + static_cast<std::ptrdiff_t>(family.size()));
  const std::vector<double> found = Strengths(prior, duels);
  std::copy(found.begin(), found.end(), begin);
}

void StepGrader::FindBound(const std::vector<StepEdge>& edges) {
  std::vector<double> of_edge(edges.size(), -1);
  ParallelFor(options_.threads, edges.size(), kEdgeGrain, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t e = first; e < last; ++e) {
      const MoveCounts& moves = edges[e].moves;  // 0 where too few moved: then p is 1, and the step counts as one
      if (edges[e].has_movers) of_edge[e] = ladder::SignTest(moves.up(), moves.up() + moves.down());
    }
  });
  std::vector<double> p;
  std::copy_if(of_edge.begin(), of_edge.end(), std::back_inserter(p), [](double of_one) { return of_one >= 0; });
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
    edge->strength_gap = static_cast<float>(strengths_[edge->dear] - strengths_[edge->cheap]);
    // The bounds of the share of up are on one side of ½ where the sign test says so, and it is far cheaper than they.
    edge->is_refuted = ladder::SignTest(all - up, all) < kTail;
    const double p = ladder::SignTest(up, all);
    edge->has_behaviour = p < kTail && p <= highest_p_ && edge->strength_gap > 0;
  }
  edge->returns_worse = returned_[edge->dear].bounds.low > returned_[edge->cheap].bounds.high;
  if (edge->returns_worse) edge->has_behaviour = false;
  edge->grade = GradeOf(*edge);
}

}  // namespace awase::ladder_internal

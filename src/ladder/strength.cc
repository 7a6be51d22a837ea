#include "ladder/internal/strength.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace awase::ladder_internal {
namespace {

// Two customers who go down, and none up, do not turn a step of 30 % (0.26 in log price); six do.
constexpr double kPriorPrecision = 20;
constexpr int kMostSweeps = 200;
constexpr double kSmallStep = 1e-7;  // far below what a float of the artefact tells apart
constexpr double kLongestStep = 1;   // where the curve is flat, a whole Newton step would jump over the maximum

struct Meeting {
  std::uint32_t opponent;
  double won;
  double lost;
};

double NewtonStep(double strength, double prior, const std::vector<Meeting>& meetings,
                  const std::vector<double>& strengths) {
  double gradient = kPriorPrecision * (prior - strength);
  double curvature = kPriorPrecision;
  for (const Meeting& meeting : meetings) {
    const double share = 1 / (1 + std::exp(strengths[meeting.opponent] - strength));
    gradient += meeting.won - (meeting.won + meeting.lost) * share;
    curvature += (meeting.won + meeting.lost) * share * (1 - share);
  }
  return std::clamp(gradient / curvature, -kLongestStep, kLongestStep);
}

}  // namespace

std::vector<double> Strengths(const std::vector<double>& prior, absl::Span<const Duel> duels) {
  std::vector<std::vector<Meeting>> meetings(prior.size());
  for (const Duel& duel : duels) {
    meetings[duel.one].push_back({duel.other, duel.to_one, duel.to_other});
    meetings[duel.other].push_back({duel.one, duel.to_other, duel.to_one});
  }
  std::vector<double> strengths = prior;
  for (int sweep = 0; sweep < kMostSweeps; ++sweep) {
    double longest = 0;
    for (std::size_t i = 0; i < strengths.size(); ++i) {
      if (meetings[i].empty()) continue;
      const double step = NewtonStep(strengths[i], prior[i], meetings[i], strengths);
      strengths[i] += step;
      longest = std::max(longest, std::abs(step));
    }
    if (longest < kSmallStep) break;
  }
  return strengths;
}

}  // namespace awase::ladder_internal

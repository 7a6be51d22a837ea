#include "ladder/internal/strength.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace awase::ladder_internal {
namespace {

// Two customers who go down, and none up, do not turn a step of 30 % (0.26 in log price); six do.
constexpr double kPriorPrecision = 20;
// Ten or twenty are usual. Past this many the strengths are not yet at the maximum, but the same on any machine.
constexpr int kMostSweeps = 200;
constexpr double kSmallStep = 1e-5;  // of log odds: five customers in a million
constexpr double kLongestStep = 1;   // where the curve is flat, a whole Newton step would jump over the maximum

struct Meeting {
  std::uint32_t opponent;
  double won;
  double lost;
};

// The meetings of each contestant, in one piece: a family may have a million of them.
class Meetings {
 public:
  Meetings(std::size_t contestants, absl::Span<const Duel> duels)
      : offsets_(contestants + 1, 0), meetings_(2 * duels.size()) {
    for (const Duel& duel : duels) {
      ++offsets_[duel.one + 1];
      ++offsets_[duel.other + 1];
    }
    std::partial_sum(offsets_.begin(), offsets_.end(), offsets_.begin());
    std::vector<std::size_t> next(offsets_.begin(), offsets_.end() - 1);
    for (const Duel& duel : duels) {
      meetings_[next[duel.one]++] = {duel.other, duel.to_one, duel.to_other};
      meetings_[next[duel.other]++] = {duel.one, duel.to_other, duel.to_one};
    }
  }

  absl::Span<const Meeting> of(std::size_t contestant) const {
    return absl::MakeConstSpan(meetings_).subspan(offsets_[contestant],
                                                  offsets_[contestant + 1] - offsets_[contestant]);
  }

 private:
  std::vector<std::size_t> offsets_;
  std::vector<Meeting> meetings_;
};

double NewtonStep(double strength, double prior, absl::Span<const Meeting> meetings,
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
  const Meetings meetings(prior.size(), duels);
  std::vector<double> strengths = prior;
  std::vector<bool> is_due(prior.size(), true);  // it or an opponent has moved since it was last looked at
  bool any_due = true;
  for (int sweep = 0; sweep < kMostSweeps && any_due; ++sweep) {
    any_due = false;
    for (std::size_t i = 0; i < strengths.size(); ++i) {
      const absl::Span<const Meeting> own = meetings.of(i);
      if (!is_due[i] || own.empty()) continue;
      const double step = NewtonStep(strengths[i], prior[i], own, strengths);
      strengths[i] += step;
      is_due[i] = std::abs(step) >= kSmallStep;
      if (!is_due[i]) continue;
      any_due = true;
      for (const Meeting& meeting : own) is_due[meeting.opponent] = true;
    }
  }
  return strengths;
}

}  // namespace awase::ladder_internal

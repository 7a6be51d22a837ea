#include "ladder/internal/price_band.h"

#include <algorithm>
#include <cmath>

namespace awase::ladder_internal {
namespace {

constexpr double kReach = 1.5;  // of the usual gap: some gaps are wider than it

}  // namespace

double WidestStepOf(absl::Span<const Member> members, const ladder::LadderOptions& options) {
  double gaps = std::log(options.max_step) / kReach;
  double count = 1;
  double tier = 0;
  for (const Member& member : members) {
    if (member.is_free()) continue;  // its value is made up
    if (tier > 0 && member.value < tier * options.min_step) continue;
    if (tier > 0) {
      gaps += std::log(member.value / tier);
      ++count;
    }
    tier = member.value;
  }
  const double learned = std::exp(kReach * gaps / count);
  return std::clamp(learned, options.max_step, std::max(options.max_step, options.widest_step));
}

}  // namespace awase::ladder_internal

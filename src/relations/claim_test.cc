#include "relations/internal/claim_test.h"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>

namespace awase::relations_internal {
namespace {

constexpr double kTail = 0.025;  // on either side

}  // namespace

double SignedRootLikelihoodRatio(double observed, double expected) {
  const double deviance = 2 * ((observed > 0 ? observed * std::log(observed / expected) : 0) - (observed - expected));
  const double root = std::sqrt(std::max(deviance, 0.0));
  return observed >= expected ? root : -root;
}

double PoissonLow(std::uint32_t count) {
  return count == 0 ? 0 : boost::math::gamma_p_inv(static_cast<double>(count), kTail);
}

Interval PoissonInterval(std::uint32_t count) {
  return {PoissonLow(count), boost::math::gamma_q_inv(static_cast<double>(count) + 1, kTail)};
}

std::size_t DiscoveryBound::BinOf(double z) {
  if (!(z > 0)) return 0;
  return static_cast<std::size_t>(std::min(z * kBinsPerUnit, static_cast<double>(kBins - 1)));
}

void DiscoveryBound::Merge(const DiscoveryBound& other) {
  for (std::size_t bin = 0; bin < kBins; ++bin) bins_[bin] += other.bins_[bin];
}

double DiscoveryBound::Threshold(std::uint64_t tested, double rate) const {
  double threshold = std::numeric_limits<double>::infinity();
  std::uint64_t discoveries = 0;
  // Step up: of all edges that satisfy the bound the smallest counts, even when a larger one does not.
  for (std::size_t bin = kBins; bin-- > 0;) {
    discoveries += bins_[bin];
    const double edge = static_cast<double>(bin) / kBinsPerUnit;
    const double p_value = 0.5 * std::erfc(edge / std::sqrt(2.0));
    if (discoveries > 0 && static_cast<double>(tested) * p_value <= rate * static_cast<double>(discoveries)) {
      threshold = edge;
    }
  }
  return threshold;
}

}  // namespace awase::relations_internal

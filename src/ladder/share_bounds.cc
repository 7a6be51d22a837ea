#include "awase/ladder/share_bounds.h"

#include <boost/math/special_functions/beta.hpp>

namespace awase::ladder {
namespace {

constexpr double kTail = 0.025;

}  // namespace

ShareBounds BoundsOfShare(std::uint64_t hits, std::uint64_t all) {
  ShareBounds bounds;
  if (all == 0) return bounds;
  const auto k = static_cast<double>(hits);
  const auto n = static_cast<double>(all);
  if (hits > 0) bounds.low = boost::math::ibeta_inv(k, n - k + 1, kTail);
  if (hits < all) bounds.high = boost::math::ibeta_inv(k + 1, n - k, 1 - kTail);
  return bounds;
}

double SignTest(std::uint64_t hits, std::uint64_t all) {
  if (hits == 0) return 1;
  return boost::math::ibeta(static_cast<double>(hits), static_cast<double>(all - hits) + 1, 0.5);
}

}  // namespace awase::ladder

#include "awase/ladder/share_bounds.h"

#include <boost/math/special_functions/beta.hpp>
#include <cstddef>
#include <vector>

namespace awase::ladder {
namespace {

constexpr double kTail = 0.025;

ShareBounds ComputeBounds(std::uint64_t hits, std::uint64_t all) {
  ShareBounds bounds;
  if (all == 0) return bounds;
  const auto k = static_cast<double>(hits);
  const auto n = static_cast<double>(all);
  if (hits > 0) bounds.low = boost::math::ibeta_inv(k, n - k + 1, kTail);
  if (hits < all) bounds.high = boost::math::ibeta_inv(k + 1, n - k, 1 - kTail);
  return bounds;
}

double ComputeSignTest(std::uint64_t hits, std::uint64_t all) {
  if (hits == 0) return 1;
  return boost::math::ibeta(static_cast<double>(hits), static_cast<double>(all - hits) + 1, 0.5);
}

// Most steps have seen a few customers, and millions of steps are judged: what is asked of few is computed once.
constexpr std::uint64_t kFew = 64;

constexpr std::size_t PlaceOf(std::uint64_t hits, std::uint64_t all) {
  return static_cast<std::size_t>(all * (all + 1) / 2 + hits);
}

// Of each (hits, all) with all < kFew.
template <typename Value>
std::vector<Value> Tabulate(Value (*compute)(std::uint64_t hits, std::uint64_t all)) {
  std::vector<Value> table(PlaceOf(0, kFew));
  for (std::uint64_t all = 0; all < kFew; ++all) {
    for (std::uint64_t hits = 0; hits <= all; ++hits) table[PlaceOf(hits, all)] = compute(hits, all);
  }
  return table;
}

}  // namespace

ShareBounds BoundsOfShare(std::uint64_t hits, std::uint64_t all) {
  static const std::vector<ShareBounds> table = Tabulate(ComputeBounds);
  return all < kFew ? table[PlaceOf(hits, all)] : ComputeBounds(hits, all);
}

double SignTest(std::uint64_t hits, std::uint64_t all) {
  static const std::vector<double> table = Tabulate(ComputeSignTest);
  return all < kFew ? table[PlaceOf(hits, all)] : ComputeSignTest(hits, all);
}

}  // namespace awase::ladder

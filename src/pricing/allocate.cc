#include "awase/pricing/allocate.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "absl/numeric/int128.h"

namespace awase::pricing {
namespace {

std::int64_t Sum(absl::Span<const std::int64_t> amounts) {
  return std::accumulate(amounts.begin(), amounts.end(), std::int64_t{0});
}

}  // namespace

Shares AllocateSetPrice(absl::Span<const std::int64_t> list_prices, std::int64_t set_price) {
  const std::int64_t list_total = Sum(list_prices);
  Shares shares(list_prices.size(), 0);
  if (list_total == 0) return shares;

  Shares remainders(list_prices.size(), 0);
  std::int64_t left = set_price;
  for (std::size_t i = 0; i < list_prices.size(); ++i) {
    const absl::int128 exact = absl::int128(set_price) * list_prices[i];
    shares[i] = static_cast<std::int64_t>(exact / list_total);
    remainders[i] = static_cast<std::int64_t>(exact % list_total);
    left -= shares[i];
  }
  if (left == 0) return shares;
  // Remainders add up to left · list_total, so `left` lines have one; a line gets at most one unit more.
  absl::InlinedVector<std::size_t, 4> by_remainder(list_prices.size());
  std::iota(by_remainder.begin(), by_remainder.end(), std::size_t{0});
  std::stable_sort(by_remainder.begin(), by_remainder.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  for (std::int64_t i = 0; i < left; ++i) ++shares[by_remainder[static_cast<std::size_t>(i)]];
  return shares;
}

// Lines whose share by proportion is below their floor are pinned to it, until none is left. What is pinned takes more
// than its proportion, so the others' shares only fall from round to round: none is pinned wrongly, and none of the
// others rises above its list price. An exact share that is not below a floor, a whole number, is not below it rounded
// down either.
Shares AllocateAboveFloors(absl::Span<const std::int64_t> list_prices, absl::Span<const std::int64_t> floors,
                           std::int64_t set_price) {
  Shares open_prices(list_prices.begin(), list_prices.end());  // 0 for lines that are pinned
  Shares pinned(list_prices.size(), 0);
  std::int64_t left = set_price;
  std::int64_t open_total = Sum(list_prices);
  for (bool found = true; found;) {
    found = false;
    const std::int64_t round_left = left;
    const std::int64_t round_total = open_total;
    for (std::size_t i = 0; i < list_prices.size(); ++i) {
      if (absl::int128(round_left) * open_prices[i] >= absl::int128(floors[i] - pinned[i]) * round_total) continue;
      found = true;
      pinned[i] = floors[i];
      left -= floors[i];
      open_total -= open_prices[i];
      open_prices[i] = 0;
    }
  }
  Shares shares = AllocateSetPrice(open_prices, left);
  for (std::size_t i = 0; i < shares.size(); ++i) shares[i] += pinned[i];
  return shares;
}

}  // namespace awase::pricing

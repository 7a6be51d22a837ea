#include "relations/internal/pair_row.h"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>

#include "relations/internal/vector_clones.h"

namespace awase::relations_internal {
namespace {

constexpr std::size_t kLanes = 64;     // whose maxima tell a bar
constexpr std::size_t kLeastFill = 4;  // pairs per lane from which on that is worth it

__attribute__((always_inline)) inline std::uint8_t Mark(float weight, std::uint32_t units, std::uint32_t buyers,
                                                        float factor, float bar, const SiftRule& rule) {
  const int own = weight * factor >= rule.own_bar ? kMayEnterOwn : 0;
  const int other = weight * rule.own_factor >= bar ? kMayEnterOther : 0;
  const int claim = (units >= rule.claim_units ? kMayBeClaim : 0) & (buyers >= rule.claim_buyers ? kMayBeClaim : 0);
  return static_cast<std::uint8_t>((own | other | claim) & (buyers >= rule.min_buyers ? 0xFF : 0));
}

}  // namespace

AWASE_VECTOR_CLONES("arch=x86-64-v4", "avx2")
void MarkPairs(const PairRow& row, std::size_t first, std::size_t size, const SiftRule& from_rule,
               std::uint8_t* __restrict marks) {
  const SiftRule rule = from_rule;  // a copy: that bytes written to marks could change it hinders the compiler
  const float* const __restrict weights = row.weights + first;
  const std::uint32_t* const __restrict units = row.units + first;
  const std::uint32_t* const __restrict buyers = row.buyers + first;
  if (row.others == nullptr) {
    const float* const __restrict factors = rule.factors + first;
    const float* const __restrict bars = rule.bars + first;
    for (std::size_t i = 0; i < size; ++i) {
      marks[i] = Mark(weights[i], units[i], buyers[i], factors[i], bars[i], rule);
    }
  } else {
    const std::uint32_t* const __restrict others = row.others + first;
    for (std::size_t i = 0; i < size; ++i) {
      marks[i] = Mark(weights[i], units[i], buyers[i], rule.factors[others[i]], rule.bars[others[i]], rule);
    }
  }
}

// The pairs are dealt to lanes, and each lane keeps its best: k lanes whose best reaches a number are k pairs that do.
// `best`: the bits of scores, which are in the order of the scores, as these are not negative.
AWASE_VECTOR_CLONES("arch=x86-64-v4", "avx2")
void KeepBestOfLanes(const PairRow& row, const SiftRule& rule, std::int32_t* __restrict best) {
  const std::uint32_t min_buyers = rule.min_buyers;
  for (std::size_t first = 0; first + kLanes <= row.size; first += kLanes) {
    const float* const __restrict weights = row.weights + first;
    const std::uint32_t* const __restrict buyers = row.buyers + first;
    float factors[kLanes];
    if (row.others == nullptr) {
      std::copy_n(rule.factors + first, kLanes, factors);
    } else {
      for (std::size_t lane = 0; lane < kLanes; ++lane) factors[lane] = rule.factors[row.others[first + lane]];
    }
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const auto bits = std::bit_cast<std::int32_t>(weights[lane] * factors[lane]);
      best[lane] = std::max(best[lane], buyers[lane] >= min_buyers ? bits : 0);
    }
  }
}

float OwnBarOf(const PairRow& row, const SiftRule& rule, std::size_t k) {
  if (k > kLanes / 2 || row.size < kLanes * kLeastFill) return 0;
  std::array<std::int32_t, kLanes> best{};
  KeepBestOfLanes(row, rule, best.data());
  std::nth_element(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(k - 1), best.end(), std::greater<>());
  return std::bit_cast<float>(best[k - 1]);
}

AWASE_VECTOR_CLONES("arch=x86-64-v4", "avx2")
void ReadSums(const std::uint32_t* __restrict sums, const std::uint32_t* __restrict others, std::size_t size,
              const UnitLayout& /*layout*/, std::uint32_t* __restrict units, float* __restrict weights) {
  if (others == nullptr) {
    std::copy_n(sums, size, units);
  } else {
    for (std::size_t i = 0; i < size; ++i) units[i] = sums[others[i]];
  }
  // Signed, which is what processors convert: units are below 2^28, see SumLayout::kMaxUnits.
  for (std::size_t i = 0; i < size; ++i) weights[i] = static_cast<float>(static_cast<std::int32_t>(units[i]));
}

AWASE_VECTOR_CLONES("arch=x86-64-v4", "avx2")
void ReadSums(const std::uint64_t* __restrict sums, const std::uint32_t* __restrict others, std::size_t size,
              const SumLayout& from_layout, std::uint32_t* __restrict units, float* __restrict weights) {
  const SumLayout layout = from_layout;
  for (std::size_t i = 0; i < size; ++i) {
    const std::uint64_t sum = sums[others == nullptr ? i : others[i]];
    units[i] = layout.UnitsOf(sum);
    weights[i] = static_cast<float>(static_cast<std::int64_t>(layout.WeightOf(sum)));
  }
}

}  // namespace awase::relations_internal

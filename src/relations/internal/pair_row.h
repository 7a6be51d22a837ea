#ifndef AWASE_RELATIONS_INTERNAL_PAIR_ROW_H_
#define AWASE_RELATIONS_INTERNAL_PAIR_ROW_H_

// What one product has in common with more popular ones, and which of it is worth a closer look. In columns, because
// nearly all pairs are passed over, and a vector instruction passes over eight or sixteen of them at a time.

#include <cstddef>
#include <cstdint>

#include "relations/internal/pair_sum.h"

namespace awase::relations_internal {

// Element i of each column is about the pair with rank other(i). Borrowed from the PairCounter that counted it.
struct PairRow {
  std::size_t size = 0;
  const std::uint32_t* others = nullptr;  // ranks, distinct; null: 0, 1, 2 …
  const float* weights = nullptr;         // sums of the weights, as layouts count them
  const std::uint32_t* units = nullptr;   // may be 0: the two never met
  const std::uint32_t* buyers = nullptr;  // distinct, of the units; may be the same column

  std::uint32_t other(std::size_t i) const { return others == nullptr ? static_cast<std::uint32_t>(i) : others[i]; }
};

// What MarkPairs asks of a pair.
struct SiftRule {
  std::uint32_t min_buyers;    // ≥ 1, or the pair is nothing at all
  std::uint32_t claim_units;   // from which on
  std::uint32_t claim_buyers;  // it may become a claim
  float own_bar;               // what it must score at least for the list of the row's product
  float own_factor;            // score in the other's list = weight · this …
  const float* bars;           // … by rank: what that must be at least
  const float* factors;        // by rank: score in the own list = weight · this
};

// Bits of a mark; 0 for most pairs.
inline constexpr std::uint8_t kMayEnterOwn = 1;
inline constexpr std::uint8_t kMayEnterOther = 2;
inline constexpr std::uint8_t kMayBeClaim = 4;

// Writes the marks of the pairs [first, first + size) to marks[0 … size). A score that equals the bar may enter.
void MarkPairs(const PairRow& row, std::size_t first, std::size_t size, const SiftRule& rule, std::uint8_t* marks);

// A number that at least `k` (≥ 1) of the row's pairs with enough buyers reach in the own list, so that less need not
// be offered to it; 0 where the row is too short to tell. O(row.size), and far below what offering them all would take.
float OwnBarOf(const PairRow& row, const SiftRule& rule, std::size_t k);

// Columns of a row from what was summed, of the ranks in `others` (null: 0, 1, 2 …).
void ReadSums(const std::uint32_t* sums, const std::uint32_t* others, std::size_t size, const UnitLayout& layout,
              std::uint32_t* units, float* weights);
void ReadSums(const std::uint64_t* sums, const std::uint32_t* others, std::size_t size, const SumLayout& layout,
              std::uint32_t* units, float* weights);

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_PAIR_ROW_H_

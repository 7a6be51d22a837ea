#ifndef AWASE_RELATIONS_INTERNAL_PAIR_SUM_H_
#define AWASE_RELATIONS_INTERNAL_PAIR_SUM_H_

// What is counted of a pair of products, and how it is packed.

#include <cstdint>

namespace awase::relations_internal {

// A pair's units and weight are summed in one 64-bit number, so that a basket costs one addition per pair: the upper
// bits count, the lower ones weigh. The more baskets a pair can be in, the fewer bits are left for a weight.
class SumLayout {
 public:
  using Sum = std::uint64_t;
  static constexpr bool kHasWeight = true;

  // For pairs of at most `max_units` baskets. REQUIRES: max_units < kMaxUnits.
  explicit SumLayout(std::uint32_t max_units);
  static constexpr std::uint32_t kMaxUnits = std::uint32_t{1} << 28;  // leaves 8 bits for a weight

  // Weights are in [1, max_weight()].
  std::uint32_t max_weight() const { return max_weight_; }
  std::uint64_t OneBasket(std::uint32_t weight) const { return (std::uint64_t{1} << units_shift_) + weight; }
  std::uint32_t UnitsOf(std::uint64_t sum) const { return static_cast<std::uint32_t>(sum >> units_shift_); }
  std::uint64_t WeightOf(std::uint64_t sum) const { return sum & weight_mask_; }

 private:
  int units_shift_;
  std::uint64_t weight_mask_;
  std::uint32_t max_weight_;
};

// Where all baskets weigh the same a pair's weight is its units, and 32 bits hold both.
class UnitLayout {
 public:
  using Sum = std::uint32_t;
  static constexpr bool kHasWeight = false;

  // As SumLayout.
  explicit UnitLayout(std::uint32_t /*max_units*/) {}
  std::uint32_t max_weight() const { return 1; }
  std::uint32_t OneBasket(std::uint32_t /*weight*/) const { return 1; }
  std::uint32_t UnitsOf(std::uint32_t sum) const { return sum; }
  std::uint32_t WeightOf(std::uint32_t sum) const { return sum; }
};

// Baskets with a pair that bring no new buyer. Where groups are the baskets of one buyer, and come one after another,
// it is enough to know the last one.
struct BuyerRepeats {
  std::uint32_t last_group = 0;  // 0 = none yet
  std::uint32_t count = 0;

  void Add(std::uint32_t group) {
    count += last_group == group ? 1 : 0;
    last_group = group;
  }
};

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_PAIR_SUM_H_

#include "relations/internal/pair_row.h"

#include <algorithm>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace awase::relations_internal {
namespace {

// A row of random pairs with every third of 3 · `size` ranks, or with all of the first `size`.
struct RandomRow {
  RandomRow(std::size_t size, bool in_order, unsigned seed) : random(seed) {
    for (std::uint32_t i = 0; i < size; ++i) {
      others.push_back(in_order ? i : 3 * i);
      units.push_back(static_cast<std::uint32_t>(random() % 8));
      weights.push_back(static_cast<float>(units[i] * (1 + random() % 3)));
      buyers.push_back(static_cast<std::uint32_t>(random() % (units[i] + 1)));
    }
    if (!in_order) std::shuffle(others.begin(), others.end(), random);
    for (std::size_t rank = 0; rank < 3 * size; ++rank) {
      factors.push_back(static_cast<float>(random() % 5) / 4);
      bars.push_back(static_cast<float>(random() % 9));
    }
    row = {size, in_order ? nullptr : others.data(), weights.data(), units.data(), buyers.data()};
  }

  SiftRule Rule() const { return {2, 5, 3, 4.5f, 0.75f, bars.data(), factors.data()}; }

  std::mt19937 random;
  std::vector<std::uint32_t> others, units, buyers;
  std::vector<float> weights, factors, bars;
  PairRow row;
};

std::uint8_t MarkByDefinition(const RandomRow& of, std::size_t i) {
  const SiftRule rule = of.Rule();
  if (of.buyers[i] < rule.min_buyers) return 0;
  std::uint8_t mark = 0;
  if (of.weights[i] * of.factors[of.others[i]] >= rule.own_bar) mark |= kMayEnterOwn;
  if (of.weights[i] * rule.own_factor >= of.bars[of.others[i]]) mark |= kMayEnterOther;
  if (of.units[i] >= rule.claim_units && of.buyers[i] >= rule.claim_buyers) mark |= kMayBeClaim;
  return mark;
}

TEST(MarkPairs, MarksWhatMayEnterAListOrBecomeAClaim) {
  for (const bool in_order : {true, false}) {
    for (const std::size_t size : {1, 7, 16, 33, 300, 1000}) {
      const RandomRow of(size, in_order, static_cast<unsigned>(size));
      const std::size_t first = size / 3;
      std::vector<std::uint8_t> marks(size - first + 1, 0xAA);
      MarkPairs(of.row, first, size - first, of.Rule(), marks.data());
      for (std::size_t i = first; i < size; ++i) {
        EXPECT_EQ(marks[i - first], MarkByDefinition(of, i)) << i << " of " << size;
      }
      EXPECT_EQ(marks.back(), 0xAA) << "nothing behind the last is written";
    }
  }
}

TEST(OwnBarOf, IsReachedByAsManyAsTheListHolds) {
  for (const bool in_order : {true, false}) {
    for (const std::size_t size : {0, 255, 256, 300, 5000}) {
      for (const std::size_t k : {1, 2, 31, 32}) {
        const RandomRow of(size, in_order, static_cast<unsigned>(size + k));
        const float bar = OwnBarOf(of.row, of.Rule(), k);
        std::size_t reached = 0;
        for (std::size_t i = 0; i < size; ++i) {
          const float score = of.weights[i] * of.factors[of.others[i]];
          reached += of.buyers[i] >= of.Rule().min_buyers && score >= bar ? 1 : 0;
        }
        EXPECT_TRUE(bar == 0 || reached >= k) << bar << " is reached by " << reached << " of " << size;
        EXPECT_EQ(bar > 0, size >= 256) << size << " " << k;
      }
    }
  }
}

TEST(OwnBarOf, IsNoneForListsOfMoreThanItCanTell) {
  const RandomRow of(5000, true, 1);
  EXPECT_EQ(OwnBarOf(of.row, of.Rule(), 33), 0);
}

TEST(ReadSums, GivesUnitsAndWeights) {
  const std::vector<std::uint32_t> others = {4, 0, 2};
  const std::vector<std::uint32_t> plain = {7, 0, 5, 1, 16'777'215};
  std::vector<std::uint32_t> units(5);
  std::vector<float> weights(5);
  ReadSums(plain.data(), nullptr, 5, UnitLayout(1), units.data(), weights.data());
  EXPECT_EQ(units, plain);
  EXPECT_EQ(weights, (std::vector<float>{7, 0, 5, 1, 16'777'215}));
  ReadSums(plain.data(), others.data(), 3, UnitLayout(1), units.data(), weights.data());
  EXPECT_EQ(units, (std::vector<std::uint32_t>{16'777'215, 7, 5, 1, 16'777'215}));
  const SumLayout layout(9);
  std::vector<std::uint64_t> sums(5);
  for (std::uint32_t i = 0; i < 5; ++i) sums[i] = i * layout.OneBasket(100 * i);
  ReadSums(sums.data(), others.data(), 3, layout, units.data(), weights.data());
  EXPECT_EQ(units, (std::vector<std::uint32_t>{4, 0, 2, 1, 16'777'215}));
  EXPECT_EQ(weights, (std::vector<float>{1600, 0, 400, 1, 16'777'215}));
}

}  // namespace
}  // namespace awase::relations_internal

#include "relations/internal/sort_small.h"

#include <algorithm>
#include <random>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::relations_internal {
namespace {

TEST(SortDistinct, SortsAnySize) {
  std::mt19937 random(1);
  for (std::size_t size = 0; size < 120; ++size) {
    std::vector<std::uint32_t> numbers(size);
    for (std::size_t i = 0; i < size; ++i) numbers[i] = static_cast<std::uint32_t>(i * 7 + random() % 7);
    std::vector<std::uint32_t> expected = numbers;
    std::shuffle(numbers.begin(), numbers.end(), random);
    std::vector<std::uint32_t> sorted(size);
    SortDistinct(numbers.data(), size, sorted.data());
    EXPECT_EQ(sorted, expected) << size;
  }
}

TEST(SortDistinct, SortsEveryOrderOfSixNumbersWithTheLargestAmongThem) {
  std::vector<std::uint32_t> numbers = {0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF};
  const std::vector<std::uint32_t> expected = numbers;
  do {
    std::vector<std::uint32_t> sorted(numbers.size());
    SortDistinct(numbers.data(), numbers.size(), sorted.data());
    ASSERT_EQ(sorted, expected);
  } while (std::next_permutation(numbers.begin(), numbers.end()));
}

}  // namespace
}  // namespace awase::relations_internal

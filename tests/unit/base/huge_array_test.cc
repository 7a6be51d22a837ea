#include "awase/base/huge_array.h"

#include <cstdint>
#include <new>
#include <utility>

#include "gtest/gtest.h"

namespace awase {
namespace {

TEST(HugeArray, StartsAsZeroesAndKeepsWhatIsWritten) {
  HugeArray<std::uint64_t> array(1'000'000);
  EXPECT_EQ(array.size(), 1'000'000u);
  EXPECT_EQ(array[999'999], 0u);
  array[999'999] = 7;
  EXPECT_EQ(array.span()[999'999], 7u);
}

TEST(HugeArray, MovesWithoutCopying) {
  HugeArray<int> from(10);
  from[3] = 4;
  const int* const data = from.data();
  HugeArray<int> to = std::move(from);
  EXPECT_EQ(to.data(), data);
  HugeArray<int> assigned(5);
  assigned = std::move(to);
  EXPECT_EQ(assigned.data(), data);
  EXPECT_EQ(assigned[3], 4);
}

TEST(HugeArray, OfNothingIsEmpty) {
  const HugeArray<int> array(0);
  EXPECT_EQ(array.size(), 0u);
  EXPECT_TRUE(array.span().empty());
}

TEST(HugeArray, SaysWhenThereIsNoMemory) { EXPECT_THROW(HugeArray<char>(std::size_t{1} << 60), std::bad_alloc); }

TEST(HugeArray, SaysWhenItsBytesCannotBeCounted) {
  EXPECT_THROW(HugeArray<std::uint64_t>((std::size_t{1} << 61) + 1), std::bad_array_new_length);
}

}  // namespace
}  // namespace awase

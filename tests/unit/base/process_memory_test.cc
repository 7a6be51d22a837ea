#include "awase/base/process_memory.h"

#include <vector>

#include "gtest/gtest.h"

namespace awase {
namespace {

TEST(ProcessMemory, KnowsWhatWasTouched) {
  const std::uint64_t before = CurrentRssBytes();
  ASSERT_GT(before, 0u);
  constexpr std::size_t kBytes = std::size_t{64} << 20;
  std::vector<char> touched(kBytes, 1);
  EXPECT_GT(CurrentRssBytes(), before + kBytes / 2) << touched.back();
  EXPECT_GE(PeakRssBytes(), before + kBytes / 2);
}

}  // namespace
}  // namespace awase

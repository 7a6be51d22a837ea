#include "awase/base/parallel.h"

#include <atomic>
#include <vector>

#include "gtest/gtest.h"

namespace awase {
namespace {

TEST(ParallelFor, VisitsEveryElementOnceOnAnyNumberOfThreads) {
  for (const std::size_t threads : {1, 2, 8}) {
    for (const std::size_t count : {0, 1, 7, 1000}) {
      std::vector<std::atomic<int>> visits(count);
      ParallelFor(threads, count, 3, [&](std::size_t first, std::size_t last, std::size_t worker) {
        ASSERT_LT(worker, threads);
        for (std::size_t i = first; i < last; ++i) ++visits[i];
      });
      for (const auto& visit : visits) EXPECT_EQ(visit, 1);
    }
  }
}

}  // namespace
}  // namespace awase

#include "awase/base/parallel.h"

#include <atomic>
#include <barrier>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
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

TEST(ParallelFor, ThrowsToTheCallerWhatWorkThrows) {
  for (const std::size_t threads : {1, 2, 8}) {
    const auto out_of_memory = [](std::size_t first, std::size_t, std::size_t) {
      if (first == 500) throw std::bad_alloc();
    };
    EXPECT_THROW(ParallelFor(threads, 1000, 1, out_of_memory), std::bad_alloc) << threads;
  }
}

TEST(ParallelFor, ThrowsWhatAnotherThreadThrows) {
  const std::thread::id caller = std::this_thread::get_id();
  std::barrier both(2);  // neither thread gets both pieces
  const auto work = [&](std::size_t, std::size_t, std::size_t) {
    both.arrive_and_wait();
    if (std::this_thread::get_id() != caller) throw std::runtime_error("on another thread");
  };
  try {
    ParallelFor(2, 2, 1, work);
    FAIL() << "nothing was thrown";
  } catch (const std::runtime_error& error) {
    EXPECT_EQ(error.what(), std::string("on another thread"));
  }
}

TEST(ParallelFor, HandsOutNothingMoreOnceWorkHasThrown) {
  std::atomic<int> calls{0};
  const auto work = [&](std::size_t, std::size_t, std::size_t) {
    ++calls;
    throw std::bad_alloc();
  };
  EXPECT_THROW(ParallelFor(1, 1000, 1, work), std::bad_alloc);
  EXPECT_EQ(calls, 1);
  calls = 0;
  EXPECT_THROW(ParallelFor(4, 1000, 1, work), std::bad_alloc);
  EXPECT_LE(calls, 4) << "a thread whose piece has thrown takes no other";
}

}  // namespace
}  // namespace awase

// kill -9 in the middle of everything: a child process updates, says what was acknowledged, and is killed.

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "awase/live/live_catalogue.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::live {
namespace {

constexpr std::size_t kThreads = 3;  // each has a product of its own, and another one that is refused
constexpr int kRounds = 25;

// Written at once, so that those of several threads are not mixed up.
struct Acknowledged {
  std::uint64_t thread;
  std::int64_t stock;
};

using Stocks = std::array<std::int64_t, kThreads>;

std::optional<ProductIndex> FindByNumber(absl::string_view id) {
  std::size_t slot = 0;
  if (!absl::SimpleAtoi(id, &slot)) return std::nullopt;
  return ProductAt(slot);
}

// Short logs, so that many are killed while they are rewritten.
absl::StatusOr<std::unique_ptr<LiveCatalogue>> Open(const std::string& directory) {
  return LiveCatalogue::Open({.directory = directory, .compact_from_bytes = 400});
}

// In the child; does not return. Goes on from the stocks that are there.
[[noreturn]] void UpdateUntilKilled(const std::string& directory, const Stocks& from, int said) {
  auto catalogue = Open(directory);
  if (!catalogue.ok()) _exit(1);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (std::int64_t stock = from[t] + 1;; ++stock) {
        const ProductUpdate good = {.product_id = absl::StrCat(t), .set = {.stock = stock}};
        const ProductUpdate refused = {.product_id = absl::StrCat(kThreads + t), .set = {.stock = stock}};
        const ProductUpdate bad = {.product_id = "bad", .set = {.stock = -1}};
        if ((*catalogue)->Update({refused, bad}).ok() || !(*catalogue)->Update({good}).ok()) _exit(2);
        const Acknowledged acknowledged = {t, stock};
        if (write(said, &acknowledged, sizeof(acknowledged)) != sizeof(acknowledged)) _exit(3);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  _exit(0);
}

// The last that was said of each thread; kills the child after `calls` of them.
Stocks KillAfter(const std::string& directory, Stocks stocks, std::size_t calls) {
  int said[2] = {};
  EXPECT_EQ(pipe(said), 0);
  const pid_t child = fork();
  EXPECT_GE(child, 0);
  if (child == 0) UpdateUntilKilled(directory, stocks, said[1]);
  close(said[1]);
  Acknowledged acknowledged = {};
  std::size_t heard = 0;
  while (heard < calls && read(said[0], &acknowledged, sizeof(acknowledged)) == sizeof(acknowledged)) {
    stocks[acknowledged.thread] = acknowledged.stock;
    ++heard;
  }
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended itself with " << WEXITSTATUS(status);
  while (read(said[0], &acknowledged, sizeof(acknowledged)) == sizeof(acknowledged)) {
    stocks[acknowledged.thread] = acknowledged.stock;
  }
  close(said[0]);
  return stocks;
}

TEST(LiveCatalogueCrash, AllThatWasAcknowledgedAndNothingThatWasRefusedIsThere) {
  const testing::TempDir dir;
  std::mt19937 random(5);
  Stocks stocks = {};
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE(round);
    stocks = KillAfter(dir.path(), stocks, std::uniform_int_distribution<std::size_t>(1, 60)(random));
    AWASE_ASSERT_OK_AND_ASSIGN(const auto catalogue, Open(dir.path()));
    LiveTable table;
    catalogue->Bind({2 * kThreads, FindByNumber, [&](const LiveTable& published) { table = published; }});
    EXPECT_EQ(table.size(), catalogue->stats().products);
    for (std::size_t t = 0; t < kThreads; ++t) {
      EXPECT_EQ(table.Find(ProductAt(kThreads + t)), nullptr);
      const LiveValues* const live = table.Find(ProductAt(t));
      const std::int64_t found = live == nullptr ? 0 : *live->stock;
      EXPECT_GE(found, stocks[t]);
      EXPECT_LE(found, stocks[t] + 1) << "at most the call that was under way";
      stocks[t] = found;
    }
  }
}

}  // namespace
}  // namespace awase::live

// Many callers of one live catalogue at once.

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "awase/live/live_catalogue.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::live {
namespace {

constexpr std::size_t kProducts = 20;
constexpr std::uint64_t kThreads = 8;
constexpr std::uint64_t kCallsPerThread = 100;

// Products are called by their index.
std::optional<ProductIndex> FindByNumber(absl::string_view id) {
  std::size_t slot = 0;
  if (!absl::SimpleAtoi(id, &slot) || slot >= kProducts) return std::nullopt;
  return ProductAt(slot);
}

// What requests would read.
class Published {
 public:
  void Put(const LiveTable& table) {
    MutexLock lock(mutex_);
    table_ = table;
  }
  LiveTable Get() {
    MutexLock lock(mutex_);
    return table_;
  }

 private:
  Mutex mutex_;
  LiveTable table_ ABSL_GUARDED_BY(mutex_);
};

std::uint64_t PathSize(const std::string& path) { return ReadFile(path).value_or("").size(); }

// Each call sets the stock of two products to its own number.
std::vector<ProductUpdate> Call(std::uint64_t number) {
  const auto stock = static_cast<std::int64_t>(number);
  return {{.product_id = absl::StrCat(number % kProducts), .sequence = number, .set = {.stock = stock}},
          {.product_id = absl::StrCat((number * 7 + 3) % kProducts), .sequence = number, .set = {.stock = stock}}};
}

TEST(LiveCatalogueThreads, WhoeverComesFirstTheLargestNumberIsThereInTheEnd) {
  const testing::TempDir dir;
  Published published;
  {
    AWASE_ASSERT_OK_AND_ASSIGN(const auto catalogue,
                               LiveCatalogue::Open({.directory = dir.path(), .compact_from_bytes = 4000}));
    const LiveCatalogue::Binding binding = {kProducts, FindByNumber, [&](const LiveTable& t) { published.Put(t); }};
    catalogue->Bind(binding);
    std::vector<std::uint64_t> numbers(kThreads * kCallsPerThread);
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = i + 1;
    std::shuffle(numbers.begin(), numbers.end(), std::mt19937(11));
    std::vector<std::thread> threads;
    for (std::uint64_t t = 0; t < kThreads; ++t) {
      threads.emplace_back([&, t] {
        for (std::uint64_t i = 0; i < kCallsPerThread; ++i) {
          const std::vector<ProductUpdate> updates = Call(numbers[t * kCallsPerThread + i]);
          AWASE_EXPECT_OK(catalogue->Update(updates));
          const LiveTable table = published.Get();
          for (const ProductUpdate& update : updates) {
            const LiveValues* const live = table.Find(*FindByNumber(update.product_id));
            ASSERT_NE(live, nullptr);
            EXPECT_GE(*live->stock, *update.set.stock) << "acknowledged, but not in the next answer";
          }
          if (i % 25 == 0) catalogue->Bind(binding);
          EXPECT_LE(catalogue->stats().products, kProducts);
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  std::map<std::string, std::int64_t> largest;
  for (std::uint64_t number = 1; number <= kThreads * kCallsPerThread; ++number) {
    for (const ProductUpdate& update : Call(number)) largest[update.product_id] = *update.set.stock;
  }
  AWASE_ASSERT_OK_AND_ASSIGN(const auto catalogue, LiveCatalogue::Open({.directory = dir.path()}));
  catalogue->Bind({kProducts, FindByNumber, [&](const LiveTable& table) { published.Put(table); }});
  const LiveTable table = published.Get();
  for (const auto& [product_id, stock] : largest) {
    EXPECT_EQ(table.Find(*FindByNumber(product_id))->stock, stock) << product_id;
  }
}

TEST(LiveCatalogueThreads, CallsThatComeTogetherAreWrittenTogether) {
  const testing::TempDir dir;
  AWASE_ASSERT_OK_AND_ASSIGN(const auto catalogue, LiveCatalogue::Open({.directory = dir.path()}));
  Mutex gate;
  std::size_t published = 0;
  catalogue->Bind({kProducts, FindByNumber, [&](const LiveTable&) {
                     const MutexLock lock(gate);
                     ++published;
                   }});
  std::vector<std::thread> threads;
  const auto update = [&](std::uint64_t number) {
    threads.emplace_back([&, number] { AWASE_EXPECT_OK(catalogue->Update(Call(number))); });
  };
  {
    const MutexLock lock(gate);  // the first call is written, and waits to be published
    update(1);
    while (catalogue->stats().waiting > 0 || PathSize(dir.Join("log")) == catalogue->stats().log_bytes) {
      std::this_thread::yield();
    }
    for (std::uint64_t number = 2; number < 8; ++number) update(number);
    while (catalogue->stats().waiting < 6) std::this_thread::yield();
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(published, 3U) << "of the binding, of the first call, and of all others";
}

}  // namespace
}  // namespace awase::live

// What a feed waits for, with the disk, and what a start and a new model cost, at a million products held. The folder
// is in TMPDIR: name one on the disk that is asked about.

#include <benchmark/benchmark.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "awase/live/live_catalogue.h"

namespace awase::live {
namespace {

constexpr std::size_t kProducts = 1'000'000;

std::string IdOf(std::size_t product) { return absl::StrCat("product-", 10'000'000 + product); }

std::optional<ProductIndex> Find(absl::string_view id) {
  std::size_t number = 0;
  if (!absl::SimpleAtoi(id.substr(8), &number)) return std::nullopt;
  return ProductAt(number - 10'000'000);
}

// A folder in which all products have a price and a stock.
class Folder {
 public:
  Folder() : path_((std::filesystem::temp_directory_path() / "awase-bench-XXXXXX").string()) {
    if (mkdtemp(path_.data()) == nullptr) std::abort();
    const auto catalogue = Open();
    for (std::size_t first = 0; first < kProducts; first += kMaxUpdates) {
      std::vector<ProductUpdate> updates(kMaxUpdates);
      for (std::size_t i = 0; i < kMaxUpdates; ++i) {
        updates[i] = {.product_id = IdOf(first + i), .sequence = 1, .set = {.price = Money{999}, .stock = 5}};
      }
      if (!catalogue->Update(std::move(updates)).ok()) std::abort();
    }
  }
  ~Folder() { RemoveTree(path_).IgnoreError(); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::unique_ptr<LiveCatalogue> Open() const {
    auto catalogue = LiveCatalogue::Open({.directory = path_});
    if (!catalogue.ok()) std::abort();
    return *std::move(catalogue);
  }

 private:
  std::string path_;
};

LiveCatalogue::Binding Model() {
  return {kProducts, Find, [](const LiveTable& table) { benchmark::DoNotOptimize(table.size()); }};
}

void BM_Open(benchmark::State& state) {
  const Folder folder;
  for (auto _ : state) benchmark::DoNotOptimize(folder.Open());
}
BENCHMARK(BM_Open)->Unit(benchmark::kMillisecond)->UseRealTime();

void BM_Bind(benchmark::State& state) {
  const Folder folder;
  const auto catalogue = folder.Open();
  for (auto _ : state) catalogue->Bind(Model());
}
BENCHMARK(BM_Bind)->Unit(benchmark::kMillisecond)->UseRealTime();

// Calls of so many updates, from several threads at once.
void BM_Update(benchmark::State& state) {
  static std::unique_ptr<Folder> folder;
  static std::unique_ptr<LiveCatalogue> catalogue;
  static std::atomic<std::uint64_t> calls{2};
  if (state.thread_index() == 0) {
    folder = std::make_unique<Folder>();
    catalogue = folder->Open();
    catalogue->Bind(Model());
  }
  for (auto _ : state) {
    const std::uint64_t call = calls.fetch_add(1);
    std::vector<ProductUpdate> updates(static_cast<std::size_t>(state.range(0)));
    for (std::size_t i = 0; i < updates.size(); ++i) {
      updates[i] = {.product_id = IdOf((call * 7919 + i * 104'729) % kProducts),
                    .sequence = call,
                    .set = {.stock = static_cast<std::int64_t>(call % 50)}};
    }
    if (!catalogue->Update(std::move(updates)).ok()) std::abort();
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  if (state.thread_index() != 0) return;
  catalogue = nullptr;
  folder = nullptr;
}
BENCHMARK(BM_Update)
    ->ArgName("updates")
    ->Arg(1)
    ->Arg(1000)
    ->Threads(1)
    ->Threads(16)
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();

}  // namespace
}  // namespace awase::live

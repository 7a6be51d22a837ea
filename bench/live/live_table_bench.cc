// What a look-up of live values costs a request, and what a batch of updates costs, at a million products.

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "awase/live/live_table.h"

namespace awase::live {
namespace {

constexpr std::size_t kProducts = 1'000'000;

std::vector<ProductIndex> RandomProducts(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<std::size_t> slots(0, kProducts - 1);
  std::vector<ProductIndex> products(count);
  for (ProductIndex& product : products) product = ProductAt(slots(random));
  return products;
}

std::vector<LiveChange> Changes(const std::vector<ProductIndex>& products, std::int64_t stock) {
  std::vector<LiveChange> changes;
  for (const ProductIndex product : products) changes.push_back({product, {.stock = stock}});
  return changes;
}

// Of so many random products.
LiveTable TableOf(std::size_t live) { return LiveTable(kProducts).With(Changes(RandomProducts(live, 1), 7)); }

void LookUp(benchmark::State& state, const LiveTable& table, const std::vector<ProductIndex>& products) {
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(table.Find(products[i]));
    i = i + 1 == products.size() ? 0 : i + 1;
  }
  state.SetItemsProcessed(state.iterations());
}

void BM_LookUpHit(benchmark::State& state) {
  const auto live = static_cast<std::size_t>(state.range(0));
  LookUp(state, TableOf(live), RandomProducts(live, 1));
}
BENCHMARK(BM_LookUpHit)->ArgName("live")->Arg(100)->Arg(10'000)->Arg(1'000'000);

// Mostly of products without live values.
void BM_LookUpMiss(benchmark::State& state) {
  LookUp(state, TableOf(static_cast<std::size_t>(state.range(0))), RandomProducts(10'000, 2));
}
BENCHMARK(BM_LookUpMiss)->ArgName("live")->Arg(0)->Arg(100)->Arg(10'000);

void BM_Batch(benchmark::State& state) {
  const LiveTable table = TableOf(static_cast<std::size_t>(state.range(0)));
  const auto updates = static_cast<std::size_t>(state.range(1));
  const std::vector<LiveChange> changes = Changes(RandomProducts(updates, 3), 8);
  for (auto _ : state) benchmark::DoNotOptimize(table.With(changes));
  state.SetItemsProcessed(state.iterations() * state.range(1));
}
BENCHMARK(BM_Batch)
    ->ArgNames({"live", "updates"})
    ->ArgsProduct({{10'000, 1'000'000}, {1, 100, 10'000}})
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace awase::live

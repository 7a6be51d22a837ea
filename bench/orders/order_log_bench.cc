// From strings to baskets: OrderLogBuilder::Shard::Add, Build and BuildBaskets. Items are order lines.

#include <benchmark/benchmark.h>

#include <numeric>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "awase/base/parallel.h"
#include "awase/orders/baskets.h"
#include "awase/orders/order_log.h"
#include "bench/orders/random_orders.h"
#include "bench/zipf_numbers.h"

namespace awase::orders {
namespace {

constexpr std::int64_t kMinute = 60'000'000;

// The strings of a dump one after the other, as a reader has them at hand.
struct Dump {
  static constexpr std::size_t kIdSize = 9;
  bench::RandomOrders rows;
  std::string order_ids, customer_ids, product_ids;  // per order, per order, per line

  Dump(std::size_t lines, std::size_t products) : rows(bench::MakeRandomOrders(lines, products)) {
    const std::vector<std::string> customers = bench::Ids('C', lines / 40 + 1);
    const std::vector<std::string> names = bench::Ids('P', products);
    for (const std::string& id : bench::Ids('O', rows.customer_of.size())) order_ids += id;
    for (const std::uint32_t customer : rows.customer_of) customer_ids += customers[customer];
    for (const std::uint32_t product : rows.product) product_ids += names[product];
  }

  void AddTo(OrderLogBuilder::Shard* shard, std::size_t first, std::size_t last) const {
    const Money price{1999, CurrencyCode()};
    for (std::size_t i = first; i < last; ++i) {
      const std::uint32_t order = rows.order[i];
      shard->Add({.order_id = {&order_ids[order * kIdSize], kIdSize},
                  .product_id = {&product_ids[i * kIdSize], kIdSize},
                  .customer_id = {&customer_ids[order * kIdSize], kIdSize},
                  .ordered_at_micros = order * kMinute,
                  .unit_price = price});
    }
  }

  OrderLogBuilder Fill(std::size_t threads) const {
    OrderLogBuilder builder(threads);
    const std::size_t lines = rows.line_count();
    ParallelFor(threads, threads, 1, [&](std::size_t shard, std::size_t /*last*/, std::size_t /*worker*/) {
      AddTo(&builder.shard(shard), shard * lines / threads, (shard + 1) * lines / threads);
    });
    return builder;
  }
};

const Dump& LargeShop() {
  static const Dump* const dump = new Dump(31'000'000, 50'000);
  return *dump;
}

void SetLines(benchmark::State& state, std::size_t lines) {
  state.SetItemsProcessed(static_cast<std::int64_t>(lines) * state.iterations());
}

void BM_AddLines(benchmark::State& state) {
  const Dump& dump = LargeShop();
  const auto threads = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) {
    const OrderLogBuilder builder = dump.Fill(threads);
    benchmark::DoNotOptimize(builder.line_count());
  }
  SetLines(state, dump.rows.line_count());
}
BENCHMARK(BM_AddLines)->ArgName("threads")->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

// The table of products alone: one order, ids that are looked up over and over (Zipf) or are all new.
void BM_InternProducts(benchmark::State& state) {
  const bool all_new = state.range(0) != 0;
  constexpr std::size_t kLines = 2'000'000;
  const std::vector<std::string> ids = bench::Ids('P', all_new ? kLines : 50'000);
  std::vector<std::uint32_t> drawn(kLines);
  std::iota(drawn.begin(), drawn.end(), 0u);
  std::mt19937_64 random(2);
  const bench::ZipfNumbers zipf(50'000);
  if (!all_new) {
    for (std::uint32_t& number : drawn) number = zipf.Draw(&random);
  }
  std::size_t bytes = 0;
  for (const std::uint32_t number : drawn) bytes += ids[number].size();
  for (auto _ : state) {
    OrderLogBuilder builder;
    for (const std::uint32_t number : drawn) builder.shard(0).Add({.order_id = "1", .product_id = ids[number]});
    benchmark::DoNotOptimize(builder.line_count());
  }
  SetLines(state, kLines);
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
}
BENCHMARK(BM_InternProducts)->ArgName("all_new")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

void BM_Build(benchmark::State& state) {
  const auto threads = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) {
    state.PauseTiming();
    OrderLogBuilder builder = LargeShop().Fill(threads);
    state.ResumeTiming();
    OrderLog log = builder.Build(threads);
    benchmark::DoNotOptimize(log.line_count());
    state.PauseTiming();
    log = OrderLog();
    state.ResumeTiming();
  }
  SetLines(state, LargeShop().rows.line_count());
}
BENCHMARK(BM_Build)->ArgName("threads")->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

// Every product is counted as itself.
std::vector<ProductIndex> Identity(std::size_t products) {
  std::vector<ProductIndex> index_of;
  for (std::size_t p = 0; p < products; ++p) index_of.push_back(ProductAt(p));
  return index_of;
}

void BM_BuildBaskets(benchmark::State& state) {
  const auto threads = static_cast<std::size_t>(state.range(0));
  const OrderLog log = LargeShop().Fill(2).Build(2);
  const std::vector<ProductIndex> index_of = Identity(log.product_ids.size());
  CleaningReport report;
  for (auto _ : state) {
    const BasketSet set = BuildBaskets(log, index_of, index_of.size(), &report, threads);
    benchmark::DoNotOptimize(set.products.data());
  }
  SetLines(state, log.line_count());
}
BENCHMARK(BM_BuildBaskets)->ArgName("threads")->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void BM_MergeByBuyer(benchmark::State& state) {
  const auto threads = static_cast<std::size_t>(state.range(0));
  const OrderLog log = LargeShop().Fill(2).Build(2);
  const std::vector<ProductIndex> index_of = Identity(log.product_ids.size());
  CleaningReport report;
  const BasketSet baskets = BuildBaskets(log, index_of, index_of.size(), &report, 2);
  for (auto _ : state) {
    const BasketSet set = MergeByBuyer(baskets, static_cast<std::uint32_t>(log.customer_keys.size()), threads);
    benchmark::DoNotOptimize(set.products.data());
  }
  SetLines(state, baskets.products.size());
}
BENCHMARK(BM_MergeByBuyer)->ArgName("threads")->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace awase::orders

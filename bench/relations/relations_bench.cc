// What training spends its time on behind dense ids: counting and ranking as a whole, and the kernel and the top-K
// selector alone. Baskets are drawn from a fixed seed: geometric sizes of mean 10, products by Zipf's law.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <map>
#include <random>
#include <vector>

#include "awase/orders/baskets.h"
#include "awase/relations/build_relation.h"
#include "bench/zipf_numbers.h"
#include "relations/internal/pair_counter.h"
#include "relations/internal/ranked_baskets.h"
#include "relations/internal/top_lists.h"

namespace awase::relations {
namespace {

using relations_internal::Candidate;
using relations_internal::MakeKey;
using PairCounter = relations_internal::PairCounter<std::uint16_t, relations_internal::UnitLayout>;
using relations_internal::PopularityRanks;
using relations_internal::RankByPopularity;
using RankedBaskets = relations_internal::RankedBaskets<std::uint16_t, relations_internal::UnitLayout>;
using relations_internal::TopList;
using relations_internal::UnitLayout;

constexpr double kMeanSize = 9.8;
constexpr RankedBaskets::Direction kOrder = RankedBaskets::Direction::kPopularFirst;

orders::BasketSet MakeBaskets(std::size_t baskets, std::size_t products) {
  std::mt19937_64 random(7);
  const bench::ZipfNumbers zipf(products);
  std::vector<ProductIndex> product_of(products);  // so that popularity says nothing about the index
  for (std::size_t p = 0; p < products; ++p) product_of[p] = ProductAt(p);
  std::shuffle(product_of.begin(), product_of.end(), random);
  std::geometric_distribution<std::size_t> more(1 / kMeanSize);
  orders::BasketSet set;
  set.product_count = products;
  set.buyer_count = baskets;
  std::vector<ProductIndex> basket;
  for (std::size_t b = 0; b < baskets; ++b) {
    basket.clear();
    for (std::size_t i = 1 + more(random); i > 0; --i) basket.push_back(product_of[zipf.Draw(&random)]);
    std::sort(basket.begin(), basket.end());
    set.products.insert(set.products.end(), basket.begin(), std::unique(basket.begin(), basket.end()));
    set.offsets.push_back(set.products.size());
    set.buyers.push_back(static_cast<std::uint32_t>(b));
    set.time_micros.push_back(orders::kNoTime);
  }
  return set;
}

const orders::BasketSet& Baskets(std::size_t baskets, std::size_t products) {
  static std::map<std::pair<std::size_t, std::size_t>, orders::BasketSet> made;
  orders::BasketSet& set = made[{baskets, products}];
  if (set.size() == 0) set = MakeBaskets(baskets, products);
  return set;
}

// Pair updates as peers count them: both directions.
double UpdatesOf(const orders::BasketSet& set) {
  double updates = 0;
  for (std::size_t b = 0; b < set.size(); ++b) {
    const auto size = static_cast<double>(set.offsets[b + 1] - set.offsets[b]);
    updates += size * (size - 1);
  }
  return updates;
}

void SetRates(const orders::BasketSet& set, benchmark::State& state) {
  const auto per_iteration = benchmark::Counter::kIsIterationInvariantRate;
  state.counters["updates/s"] = benchmark::Counter(UpdatesOf(set), per_iteration);
  state.counters["lines/s"] = benchmark::Counter(static_cast<double>(set.products.size()), per_iteration);
}

// Cosine, top 32: what peers compute. Arguments: baskets, products, threads.
void BM_BuildRelation(benchmark::State& state) {
  const orders::BasketSet& set =
      Baskets(static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(1)));
  RelationOptions options;
  options.ranking = {0, 0, 0.5};
  options.top_k = 32;
  options.min_buyers = 1;
  options.threads = static_cast<std::size_t>(state.range(2));
  RelationTimings timings;
  for (auto _ : state) benchmark::DoNotOptimize(BuildRelation(set, options, &timings)->entries.data());
  state.counters["count s"] = timings.count_seconds;
  state.counters["rank s"] = timings.rank_seconds;
  SetRates(set, state);
}
BENCHMARK(BM_BuildRelation)
    ->ArgNames({"baskets", "products", "threads"})
    ->Args({320'000, 5'000, 1})
    ->Args({3'200'000, 50'000, 1})
    ->Args({3'200'000, 50'000, 2})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

void BM_RankBaskets(benchmark::State& state) {
  const orders::BasketSet& set = Baskets(static_cast<std::size_t>(state.range(0)), 50'000);
  for (auto _ : state) {
    const PopularityRanks ranks = RankByPopularity(set, 1);
    const RankedBaskets ranked(set, ranks, {}, UnitLayout(ranks.units[1]), 1);
    benchmark::DoNotOptimize(ranked.buyers_repeat());
  }
  SetRates(set, state);
}
BENCHMARK(BM_RankBaskets)->ArgName("baskets")->Arg(320'000)->Arg(3'200'000)->Unit(benchmark::kMillisecond);

void BM_MakeIndex(benchmark::State& state) {
  const orders::BasketSet& set = Baskets(static_cast<std::size_t>(state.range(0)), 50'000);
  const PopularityRanks ranks = RankByPopularity(set, 1);
  const RankedBaskets ranked(set, ranks, {}, UnitLayout(ranks.units[1]), 1);
  for (auto _ : state) benchmark::DoNotOptimize(ranked.MakeIndex(0, 50'000, kOrder, 1).size(0));
  SetRates(set, state);
}
BENCHMARK(BM_MakeIndex)->ArgName("baskets")->Arg(320'000)->Arg(3'200'000)->Unit(benchmark::kMillisecond);

// Counting alone: nothing is chosen. repeat 1: every buyer has two baskets.
void BM_PairCounter(benchmark::State& state) {
  orders::BasketSet set = Baskets(static_cast<std::size_t>(state.range(0)), 50'000);
  if (state.range(1) != 0) {
    for (std::uint32_t& buyer : set.buyers) buyer /= 2;
  }
  const PopularityRanks ranks = RankByPopularity(set, 1);
  const RankedBaskets ranked(set, ranks, {}, UnitLayout(ranks.units[1]), 1);
  const RankedBaskets::Index index = ranked.MakeIndex(0, 50'000, kOrder, 1);
  PairCounter counter(ranked, UnitLayout(ranks.units[1]));
  std::uint64_t pairs = 0;
  for (auto _ : state) {
    pairs = 0;
    for (std::uint32_t rank = 0; rank < 50'000; ++rank) {
      pairs += counter.Count(index, rank).size;
    }
  }
  state.counters["pairs"] = static_cast<double>(pairs);
  SetRates(set, state);
}
BENCHMARK(BM_PairCounter)
    ->ArgNames({"baskets", "repeat"})
    ->Args({320'000, 0})
    ->Args({3'200'000, 0})
    ->Args({3'200'000, 1})
    ->Unit(benchmark::kMillisecond);

// Offers of random scores to one list. Arguments: offers, K.
void BM_TopList(benchmark::State& state) {
  std::mt19937 random(7);
  std::vector<Candidate> offers(static_cast<std::size_t>(state.range(0)));
  for (std::size_t i = 0; i < offers.size(); ++i) {
    offers[i] = {MakeKey(std::uniform_real_distribution<float>()(random), ProductAt(i)), 1, 1};
  }
  const auto k = static_cast<std::size_t>(state.range(1));
  TopList list;
  for (auto _ : state) {
    list.Clear();
    for (const Candidate& offer : offers) list.Offer(offer, k);
    list.Sort(k);
    benchmark::DoNotOptimize(list.candidates().data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_TopList)->ArgNames({"offers", "k"})->ArgsProduct({{100, 3'000, 100'000}, {32, 64}});

}  // namespace
}  // namespace awase::relations

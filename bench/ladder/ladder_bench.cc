// BuildLadders on a synthetic catalogue: families of 3 to 300 products (or one family of all), five specs of which
// three go with price, customers who move along one step in four.

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "awase/base/parallel.h"
#include "awase/catalog/catalog.h"
#include "awase/ladder/ladder.h"

namespace awase::ladder {
namespace {

catalog::Product RandomProduct(int i, int family, std::mt19937& random) {
  catalog::Product product;
  product.product_id = absl::StrFormat("product-%07d", i);
  product.title = absl::StrCat("Product ", i);
  product.product_type = absl::StrCat("type-", family);
  product.brand = absl::StrCat("brand-", random() % 50);
  const double level = static_cast<double>(random() % 1000) / 1000;
  product.price = Money{static_cast<std::int64_t>(1000 * std::exp(4 * level)), *CurrencyCode::Parse("USD")};
  for (int s = 0; s < 5; ++s) {
    const double of_level = s < 3 ? 8 * level : 0;
    const auto value = static_cast<int>(of_level + static_cast<double>(random() % 4));
    product.attributes.push_back({absl::StrCat("spec.s", s), absl::StrCat(1 << value, s == 1 ? " GB" : ""), {}});
  }
  return product;
}

catalog::Catalog RandomCatalog(int products, bool one_family) {
  std::mt19937 random(1);
  std::vector<catalog::Product> all;
  all.reserve(static_cast<std::size_t>(products));
  int family = 0;
  for (int left = 0; static_cast<int>(all.size()) < products; --left) {
    if (left == 0 && !one_family) {
      ++family;
      left = 3 + static_cast<int>(std::pow(100.0, static_cast<double>(random() % 1000) / 1000) * 3);
    }
    all.push_back(RandomProduct(static_cast<int>(all.size()), family, random));
  }
  return catalog::Catalog::Build(std::move(all));
}

void BM_BuildLadders(benchmark::State& state) {
  const catalog::Catalog catalog = RandomCatalog(static_cast<int>(state.range(0)), state.range(1) != 0);
  std::vector<std::uint32_t> popularity;
  for (std::size_t i = 0; i < catalog.size(); ++i) popularity.push_back(static_cast<std::uint32_t>(i * 7919 % 1000));
  Behaviour behaviour;
  behaviour.popularity = popularity;
  behaviour.count_moves = [](absl::Span<const Step> steps) {
    std::vector<MoveCounts> counts(steps.size());
    for (std::size_t s = 0; s < steps.size(); s += 4) {
      counts[s] = {static_cast<std::uint32_t>(s % 23), static_cast<std::uint32_t>(s % 7), 0, 0};
    }
    return counts;
  };
  LadderOptions options;
  options.threads = HardwareThreads();
  LadderNotes notes;
  for (auto _ : state) benchmark::DoNotOptimize(BuildLadders(catalog, behaviour, options, &notes));
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.counters["rungs"] = static_cast<double>(notes.rungs_by_grade[0] + notes.rungs_by_grade[1] +
                                                notes.rungs_by_grade[2] + notes.rungs_by_grade[3]);
  state.counters["steps"] = static_cast<double>(notes.steps_compared);
}
BENCHMARK(BM_BuildLadders)
    ->ArgNames({"products", "one_family"})
    ->Args({10'000, 0})
    ->Args({1'000'000, 0})
    ->Args({1'000'000, 1})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();

}  // namespace
}  // namespace awase::ladder

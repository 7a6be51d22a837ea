// Recommend on a synthetic shop: every product has 64 neighbours, four rungs and five attributes, one product in eight
// is out of stock. Pages are asked for in a shuffled order, so that the model's lines are not all in the cache.

#include <benchmark/benchmark.h>
#include <stdlib.h>  // mkdtemp

#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "awase/base/files.h"
#include "awase/engine/recommend.h"
#include "awase/live/live_table.h"
#include "tests/testing/model_builder.h"

namespace awase::engine {
namespace {

constexpr int kNeighbours = 64;
constexpr int kAttributes = 5;

std::string IdOf(int product) { return absl::StrFormat("product-%07d", product); }

void AddProduct(int i, testing::ModelBuilder& builder) {
  catalog::Product& product = builder.Add(IdOf(i), 1000 + i % 50'000);
  product.stock = i % 8;
  product.product_type = absl::StrCat("type-", i % 97);
  for (int a = 0; a < kAttributes; ++a) {
    const int value = (i >> a) % 16;
    product.attributes.push_back({absl::StrCat("spec.s", a), absl::StrCat(value), static_cast<double>(value)});
  }
}

void AddLists(int i, int products, testing::ModelBuilder& builder) {
  std::mt19937 random(static_cast<std::uint32_t>(i));
  for (const relations::RelationKind kind : relations::kAllRelationKinds) {
    for (int n = 0; n < kNeighbours; ++n) {
      const int other = static_cast<int>(random() % static_cast<std::uint32_t>(products));
      if (other == i) continue;
      builder.Relate(kind, IdOf(i), IdOf(other),
                     {.together = static_cast<std::uint32_t>(100 - n), .claim = n % 4 == 0});
    }
  }
}

void AddRungs(int i, int products, testing::ModelBuilder& builder) {
  for (int step = 1; step <= 2; ++step) {
    const auto rung = static_cast<std::uint8_t>(step);
    if (i - step >= 0) builder.AddRung(IdOf(i), IdOf(i - step), ladder::Direction::kLower, rung);
    if (i + step < products) builder.AddRung(IdOf(i), IdOf(i + step), ladder::Direction::kHigher, rung);
  }
}

// Null when it cannot be built.
std::shared_ptr<const artefact::Model> BuildModel(const testing::ModelBuilder& builder) {
  std::string directory = (std::filesystem::temp_directory_path() / "awase-bench-XXXXXX").string();
  if (mkdtemp(directory.data()) == nullptr) return nullptr;
  const auto model = builder.Build(directory);
  RemoveTree(directory).IgnoreError();  // the mapping keeps the bytes
  return model.value_or(nullptr);
}

std::shared_ptr<const Snapshot> MakeSnapshot(int products) {
  testing::ModelBuilder builder;
  for (int i = 0; i < products; ++i) AddProduct(i, builder);
  for (int i = 0; i < products; ++i) {
    AddLists(i, products, builder);
    AddRungs(i, products, builder);
  }
  const std::shared_ptr<const artefact::Model> model = BuildModel(builder);
  if (model == nullptr) return nullptr;
  return Snapshot::Create(model, std::make_shared<rules::RuleSet>());
}

// Built once per size and kept for the process: making it takes far longer than measuring.
const Snapshot* SharedSnapshot(int products) {
  static auto* const snapshots = new std::map<int, std::shared_ptr<const Snapshot>>();
  std::shared_ptr<const Snapshot>& snapshot = (*snapshots)[products];
  if (snapshot == nullptr) snapshot = MakeSnapshot(products);
  return snapshot.get();
}

void AskPages(benchmark::State& state, const Snapshot& snapshot, Explanation explanation) {
  std::mt19937 random(7);
  std::vector<Request> requests(4096);
  for (Request& request : requests) {
    const auto products = static_cast<std::uint32_t>(snapshot.model().product_count());
    request.product_ids = {IdOf(static_cast<int>(random() % products))};
    request.explanation = explanation;
  }
  std::size_t next = 0;
  for (auto _ : state) {
    auto answer = Recommend(snapshot, requests[next++ % requests.size()], absl::UnixEpoch());
    benchmark::DoNotOptimize(answer);
  }
  state.SetItemsProcessed(state.iterations());
}

void BM_ProductPage(benchmark::State& state) {
  const Snapshot* snapshot = SharedSnapshot(static_cast<int>(state.range(0)));
  if (snapshot == nullptr) return state.SkipWithError("the synthetic model could not be built");
  AskPages(state, *snapshot, static_cast<Explanation>(state.range(1)));
}
BENCHMARK(BM_ProductPage)
    ->ArgNames({"products", "explanation"})
    ->Args({1'000, static_cast<int>(Explanation::kNone)})
    ->Args({10'000, static_cast<int>(Explanation::kNone)})
    ->Args({10'000, static_cast<int>(Explanation::kReason)})
    ->Args({10'000, static_cast<int>(Explanation::kTrace)});

// Where so many of the products have a live price and stock: those of the model, so that the work is the same.
void BM_ProductPageWithLive(benchmark::State& state) {
  const Snapshot* snapshot = SharedSnapshot(static_cast<int>(state.range(0)));
  if (snapshot == nullptr) return state.SkipWithError("the synthetic model could not be built");
  std::vector<live::LiveChange> changes;
  const std::size_t products = snapshot->model().product_count();
  const auto live = static_cast<std::size_t>(state.range(1));
  for (std::size_t i = 0; i < live; ++i) {
    const artefact::ProductView product = snapshot->model().product(ProductAt(i * products / live));
    changes.push_back({product.index(), {.price = product.price(), .stock = product.stock()}});
  }
  AskPages(state, *snapshot->WithLive(live::LiveTable(products).With(changes)), Explanation::kNone);
}
BENCHMARK(BM_ProductPageWithLive)
    ->ArgNames({"products", "live"})
    ->Args({10'000, 0})
    ->Args({10'000, 100})
    ->Args({10'000, 10'000});

// A shop of products alone, and ids of them in no order.
struct Ids {
  std::shared_ptr<const artefact::Model> model;
  std::vector<std::string> asked;
};

const Ids& SharedIds(int products) {
  static const auto& shared = *new Ids([products] {
    testing::ModelBuilder builder;
    for (int i = 0; i < products; ++i) builder.Add(IdOf(i), 1000 + i);
    Ids ids{.model = BuildModel(builder)};
    std::mt19937 random(7);
    for (int i = 0; i < 1 << 18; ++i)
      ids.asked.push_back(IdOf(static_cast<int>(random() % static_cast<std::uint32_t>(products))));
    return ids;
  }());
  return shared;
}

void BM_FindProduct(benchmark::State& state) {
  const Ids& ids = SharedIds(static_cast<int>(state.range(0)));
  if (ids.model == nullptr) return state.SkipWithError("the synthetic model could not be built");
  std::size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(ids.model->Find(ids.asked[next++ % ids.asked.size()]));
}
BENCHMARK(BM_FindProduct)->ArgName("products")->Arg(1'000'000);

// The same by a search in the sorted ids, to hold it against.
void BM_FindProductBySearch(benchmark::State& state) {
  const Ids& ids = SharedIds(static_cast<int>(state.range(0)));
  if (ids.model == nullptr) return state.SkipWithError("the synthetic model could not be built");
  std::size_t next = 0;
  for (auto _ : state) {
    const std::string& asked = ids.asked[next++ % ids.asked.size()];
    std::size_t first = 0;
    std::size_t last = ids.model->product_count();
    while (first < last) {
      const std::size_t middle = first + (last - first) / 2;
      ids.model->product(ProductAt(middle)).product_id() < asked ? first = middle + 1 : last = middle;
    }
    benchmark::DoNotOptimize(first);
  }
}
BENCHMARK(BM_FindProductBySearch)->ArgName("products")->Arg(1'000'000);

// The rungs of a product and what speaks for them, as a request reads them: products in no order, so that nearly every
// look-up misses the cache.
void BM_LadderLookUp(benchmark::State& state) {
  const auto products = static_cast<int>(state.range(0));
  testing::ModelBuilder builder;
  for (int i = 0; i < products; ++i) builder.Add(IdOf(i), 1000 + i);
  for (int i = 0; i < products; ++i) AddRungs(i, products, builder);
  const std::shared_ptr<const artefact::Model> model = BuildModel(builder);
  if (model == nullptr) return state.SkipWithError("the synthetic model could not be built");
  std::mt19937 random(7);
  std::vector<ProductIndex> asked(1 << 20);
  for (ProductIndex& product : asked) product = ProductAt(random() % static_cast<std::uint32_t>(products));
  std::size_t next = 0;
  for (auto _ : state) {
    const ProductIndex product = asked[next++ % asked.size()];
    const auto rungs = model->rungs(product);
    const auto evidence = model->rung_evidence(product);
    std::uint64_t sum = 0;
    for (std::size_t r = 0; r < rungs.size(); ++r) {
      sum += static_cast<std::uint32_t>(rungs[r].other) + static_cast<std::uint64_t>(rungs[r].grade) +
             evidence[r].gained_specs;
    }
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_LadderLookUp)->ArgNames({"products"})->Args({1'000'000})->Iterations(5'000'000);

}  // namespace
}  // namespace awase::engine

// The diff of 100,000 requests under two sets of 200 rules, on a shop of 50,000 products with 24 neighbours and four
// rungs each. Half of the requests are product pages, the rest of the other placements, as GenerateSample makes them.

#include <benchmark/benchmark.h>
#include <stdlib.h>  // mkdtemp

#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "awase/base/files.h"
#include "awase/whatif/compare.h"
#include "awase/whatif/sample.h"
#include "tests/testing/model_builder.h"

namespace awase::whatif {
namespace {

constexpr int kProducts = 50'000;
constexpr int kNeighbours = 24;
constexpr int kRules = 200;
constexpr std::size_t kRequests = 100'000;

std::string IdOf(int product) { return absl::StrFormat("product-%05d", product); }
std::string IdNear(int product) { return IdOf(product % kProducts); }

// Neighbours are near by number, so that rules meet products that pages show.
void AddProduct(int i, testing::ModelBuilder& builder) {
  using relations::RelationKind;
  builder.Add(IdOf(i), 1000 + i % 5000).product_type = absl::StrCat("type-", i % 97);
  for (int n = 1; n <= kNeighbours; ++n) {
    const testing::PairCounts counts{.together = static_cast<std::uint32_t>(100 - n), .claim = n % 4 == 0};
    builder.Relate(RelationKind::kBoughtTogether, IdOf(i), IdNear(i + n), counts);
    builder.Relate(RelationKind::kAlsoBought, IdOf(i), IdNear(i + 2 * n), counts);
  }
  for (std::uint8_t step = 1; step <= 2; ++step) {
    if (i >= step) builder.AddRung(IdOf(i), IdOf(i - step), ladder::Direction::kLower, step);
    if (i + step < kProducts) builder.AddRung(IdOf(i), IdOf(i + step), ladder::Direction::kHigher, step);
  }
}

// Null when it cannot be built.
std::shared_ptr<const artefact::Model> BuildModel() {
  testing::ModelBuilder builder;
  for (int i = 0; i < kProducts; ++i) AddProduct(i, builder);
  std::string directory = (std::filesystem::temp_directory_path() / "awase-bench-XXXXXX").string();
  if (mkdtemp(directory.data()) == nullptr) return nullptr;
  const auto model = builder.Build(directory);
  RemoveTree(directory).IgnoreError();  // the mapping keeps the bytes
  return model.value_or(nullptr);
}

rules::Action ActionOf(int rule, int product) {
  switch (rule % 4) {
    case 0:
      return rules::Hide{{IdNear(product + 2), IdNear(product + 4)}, {}};
    case 1:
      return rules::Pin{IdNear(product + 9), "also_bought", 1, {IdOf(product)}};
    case 2:
      return rules::Rung{{IdOf(product), IdNear(product + 3)}, "author", "", rule % 8 == 2};
    default:
      return rules::Bundle{{IdOf(product), IdNear(product + 5)}, "", std::nullopt, "A set"};
  }
}

std::shared_ptr<const rules::RuleSet> RulesOf(std::uint32_t seed) {
  std::mt19937 random(seed);
  auto set = std::make_shared<rules::RuleSet>();
  for (int i = 0; i < kRules; ++i) {
    rules::Rule& rule = set->rules.emplace_back();
    rule.id = absl::StrFormat("rule-%03d", i);
    rule.action = ActionOf(i, static_cast<int>(random() % kProducts));
  }
  return set;
}

void BM_Compare(benchmark::State& state) {
  const std::shared_ptr<const artefact::Model> model = BuildModel();
  if (model == nullptr) return state.SkipWithError("the synthetic model could not be built");
  const auto before = engine::Snapshot::Create(model, RulesOf(1));
  const auto after = before->WithRules(RulesOf(2));
  const std::vector<ReplayedRequest> requests =
      GenerateSample(*before, *after, {.size = kRequests, .now = absl::UnixEpoch() + absl::Hours(1)});
  std::uint64_t changed = 0;
  for (auto _ : state) {
    changed =
        Compare(*before, *after, requests, {.threads = static_cast<std::size_t>(state.range(0))})->requests_changed;
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(requests.size()));
  state.SetLabel(absl::StrCat(changed, " of ", requests.size(), " change"));
}
BENCHMARK(BM_Compare)->ArgName("threads")->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace awase::whatif

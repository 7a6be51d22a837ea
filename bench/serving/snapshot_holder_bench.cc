// What a request pays to take what is live, alone and against other threads, and to choose a version.

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "awase/base/files.h"
#include "awase/serving/snapshot_holder.h"
#include "tests/testing/camera_shop.h"

namespace awase::serving {
namespace {

std::shared_ptr<const engine::Snapshot> MakeSnapshot() {
  std::string directory = (std::filesystem::temp_directory_path() / "awase-bench-XXXXXX").string();
  if (mkdtemp(directory.data()) == nullptr || !testing::WriteCameraShop(directory).ok()) std::abort();
  auto model = artefact::Model::Open(directory);
  if (!model.ok() || !RemoveTree(directory).ok()) std::abort();
  return engine::Snapshot::Create(*std::move(model), std::make_shared<rules::RuleSet>());
}

void BM_TakeSnapshot(benchmark::State& state) {
  static SnapshotHolder& holder = *new SnapshotHolder({.active = MakeSnapshot()});  // all threads share it
  for (auto _ : state) {
    const std::shared_ptr<const Served> served = holder.Get();
    benchmark::DoNotOptimize(served.get());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_TakeSnapshot)->ThreadRange(1, 4);

// What each request pays besides while a version is tried out.
void BM_ChooseVersion(benchmark::State& state) {
  const std::shared_ptr<const engine::Snapshot> snapshot = MakeSnapshot();
  const Served served = {snapshot, snapshot, 500};
  const std::string customer_id = "b7e1f1f2-6c0f-4e39-9b51-0d6f3e2a9c11";
  for (auto _ : state) benchmark::DoNotOptimize(served.IsForCanary(customer_id, ""));
}
BENCHMARK(BM_ChooseVersion);

}  // namespace
}  // namespace awase::serving

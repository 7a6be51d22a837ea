// What a request pays to take the live snapshot, alone and against other threads.

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
  static SnapshotHolder& holder = *new SnapshotHolder(MakeSnapshot());  // all threads share it
  for (auto _ : state) {
    const std::shared_ptr<const engine::Snapshot> snapshot = holder.Get();
    benchmark::DoNotOptimize(snapshot.get());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_TakeSnapshot)->ThreadRange(1, 4);

}  // namespace
}  // namespace awase::serving

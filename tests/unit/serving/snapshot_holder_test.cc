#include "awase/serving/snapshot_holder.h"

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/camera_shop.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::serving {
namespace {

class SnapshotHolderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    AWASE_ASSERT_OK(testing::WriteCameraShop(dir_.path()).status());
    AWASE_ASSERT_OK_AND_ASSIGN(model_, artefact::Model::Open(dir_.path()));
  }

  std::shared_ptr<const engine::Snapshot> SnapshotOf(const std::string& revision) {
    auto rules = std::make_shared<rules::RuleSet>();
    rules->revision = revision;
    return engine::Snapshot::Create(model_, rules);
  }

  testing::TempDir dir_;
  std::shared_ptr<const artefact::Model> model_;
};

TEST_F(SnapshotHolderTest, GetGivesTheLastOneSet) {
  SnapshotHolder holder({.active = SnapshotOf("one")});
  EXPECT_EQ(holder.Get()->active->rules().revision, "one");
  holder.Set({.active = SnapshotOf("two")});
  EXPECT_EQ(holder.Get()->active->rules().revision, "two");
}

TEST_F(SnapshotHolderTest, AReplacedSnapshotLivesUntilItIsReleased) {
  std::shared_ptr<const engine::Snapshot> first = SnapshotOf("one");
  const std::weak_ptr<const engine::Snapshot> watch = first;
  SnapshotHolder holder({.active = std::move(first)});
  holder.Set({.active = SnapshotOf("two")});
  EXPECT_FALSE(watch.expired());
  EXPECT_EQ(holder.ReleaseUnused(), 0u);
  EXPECT_TRUE(watch.expired());
}

TEST_F(SnapshotHolderTest, ASnapshotInUseIsNotReleased) {
  SnapshotHolder holder({.active = SnapshotOf("one")});
  std::shared_ptr<const Served> in_use = holder.Get();
  holder.Set({.active = SnapshotOf("two")});
  EXPECT_EQ(holder.ReleaseUnused(), 1u);
  EXPECT_EQ(in_use->active->rules().revision, "one");
  in_use.reset();
  EXPECT_EQ(holder.ReleaseUnused(), 0u);
}

TEST_F(SnapshotHolderTest, ReadersNeverSeeRevisionsGoBackwards) {
  SnapshotHolder holder({.active = SnapshotOf("0")});
  std::atomic<bool> stop{false};
  std::atomic<int> backwards{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      int last = 0;
      while (!stop.load()) {
        const int seen = std::stoi(holder.Get()->active->rules().revision);
        if (seen < last) backwards.fetch_add(1);
        last = seen;
      }
    });
  }
  for (int revision = 1; revision <= 500; ++revision) {
    holder.Set({.active = SnapshotOf(std::to_string(revision))});
    holder.ReleaseUnused();
  }
  stop.store(true);
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(backwards.load(), 0);
  EXPECT_EQ(holder.ReleaseUnused(), 0u);
}

}  // namespace
}  // namespace awase::serving

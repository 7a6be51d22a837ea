#include "awase/serving/recommend_and_record.h"

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "awase/serving/file_exposure_store.h"
#include "tests/unit/engine/shop.h"

namespace awase::serving {
namespace {

using ::awase::engine::Intent;
using ::awase::engine::PageOf;
using ::awase::engine::SlotOf;
using ::awase::engine::TestNow;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A camera with a set, film beside it and a better model, which may be offered five times a week.
class RecommendAndRecordTest : public ::testing::Test {
 protected:
  RecommendAndRecordTest() {
    for (const char* id : {"camera", "film", "bag"}) shop_.model().Add(id, 1000);
    shop_.model().Add("better", 2000);
    shop_.model().Relate(engine::kTogether, "camera", "bag", {.together = 20, .claim = true});
    shop_.model().Relate(engine::kAlso, "camera", "film", {.together = 30});
    shop_.model().AddRung("camera", "better", engine::kUp, 1);
    rules::Cap cap;
    cap.intents = {"up_sell"};
    cap.at_most = 5;
    cap.within = absl::Hours(7 * 24);
    shop_.AddRule("cap", cap);
    snapshot_ = shop_.Snap();
    request_.customer.id = "anna";
  }

  std::unique_ptr<FileExposureStore> OpenStore() {
    FileExposureStore::Options options;
    options.directory = temp_dir_.path();
    options.now = TestNow;
    auto store = FileExposureStore::Open(options);
    EXPECT_TRUE(store.ok()) << store.status();
    return store.ok() ? *std::move(store) : nullptr;
  }

  // Whether the better model is offered.
  bool IsOffered(ExposureStore& store, bool is_recorded = true) {
    const auto answer = RecommendAndRecord(store, *snapshot_, request_, TestNow(), is_recorded);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() && !SlotOf(*answer, "higher").offers.empty();
  }

  testing::TempDir temp_dir_;
  engine::Shop shop_;
  std::shared_ptr<const engine::Snapshot> snapshot_;
  engine::Request request_ = PageOf("camera");
};

TEST_F(RecommendAndRecordTest, RecordsWhatWasOfferedAndNotThePagesProduct) {
  const auto store = OpenStore();
  EXPECT_TRUE(IsOffered(*store));
  AWASE_ASSERT_OK_AND_ASSIGN(const CustomerHistory history, store->Read("anna", TestNow()));
  EXPECT_THAT(history.exposures, ElementsAre(engine::Exposure{"bag", Intent::kCrossSell, {}, TestNow()},
                                             engine::Exposure{"film", Intent::kCrossSell, {}, TestNow()},
                                             engine::Exposure{"better", Intent::kUpSell, {}, TestNow()}));
}

TEST_F(RecommendAndRecordTest, APartOfASetThatLiesInTheCartWasNotOffered) {
  shop_.AddRule("kit", rules::Bundle{{"camera", "film", "bag"}, "", std::nullopt, ""});
  snapshot_ = shop_.Snap();
  request_.cart = {{"film", 1}};
  const auto store = OpenStore();
  IsOffered(*store);
  AWASE_ASSERT_OK_AND_ASSIGN(const CustomerHistory history, store->Read("anna", TestNow()));
  EXPECT_THAT(history.exposures, ElementsAre(engine::Exposure{"bag", Intent::kCrossSell, {}, TestNow()},
                                             engine::Exposure{"better", Intent::kUpSell, {}, TestNow()}));
}

TEST_F(RecommendAndRecordTest, AnswersOfOneMomentAreSeveral) {
  const auto store = OpenStore();
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(IsOffered(*store)) << i;
  EXPECT_FALSE(IsOffered(*store));
}

TEST_F(RecommendAndRecordTest, ReadsWithoutRecordingWhereItIsNotAskedTo) {
  const auto store = OpenStore();
  for (int i = 0; i < 9; ++i) EXPECT_TRUE(IsOffered(*store, /*is_recorded=*/false));
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(IsOffered(*store));
  EXPECT_FALSE(IsOffered(*store, /*is_recorded=*/false));
}

TEST_F(RecommendAndRecordTest, WhatTheRequestSaysCountsAsWell) {
  const auto store = OpenStore();
  for (int i = 0; i < 3; ++i) {
    request_.customer.exposures.push_back({"x", Intent::kUpSell, {}, TestNow() - absl::Hours(1 + i)});
  }
  EXPECT_TRUE(IsOffered(*store));
  EXPECT_TRUE(IsOffered(*store));
  EXPECT_FALSE(IsOffered(*store));
}

TEST_F(RecommendAndRecordTest, EightThreadsDoNotGoBeyondTheCap) {
  const auto store = OpenStore();
  std::atomic<int> offered{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 40; ++j) offered += IsOffered(*store) ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(offered, 5);
  while (IsOffered(*store)) ++offered;  // who had to give way has left some of them
  EXPECT_EQ(offered, 5);
}

// Somebody else's request is always a little faster.
class BusyStore final : public ExposureStore {
 public:
  explicit BusyStore(int conflicts) : conflicts_(conflicts) {}
  absl::StatusOr<CustomerHistory> Read(absl::string_view, absl::Time) override { return CustomerHistory(); }
  absl::Status Commit(absl::string_view, std::uint64_t, absl::Span<const engine::Exposure> exposures) override {
    if (conflicts_-- > 0) return absl::AbortedError("busy");
    committed_.assign(exposures.begin(), exposures.end());
    return absl::OkStatus();
  }
  absl::Status Erase(absl::string_view) override { return absl::OkStatus(); }

  const std::vector<engine::Exposure>& committed() const { return committed_; }

 private:
  int conflicts_;
  std::vector<engine::Exposure> committed_;
};

TEST_F(RecommendAndRecordTest, AfterSixteenConflictsNothingIsOfferedThatACapSpeaksOf) {
  BusyStore calm(15);
  EXPECT_TRUE(IsOffered(calm));
  EXPECT_THAT(calm.committed(), SizeIs(3));
  BusyStore busy(16);
  EXPECT_FALSE(IsOffered(busy));
  EXPECT_THAT(busy.committed(),
              ElementsAre(Field(&engine::Exposure::product_id, "bag"), Field(&engine::Exposure::product_id, "film")));
  BusyStore broken(1'000'000);
  EXPECT_EQ(RecommendAndRecord(broken, *snapshot_, request_, TestNow(), true).status().code(),
            absl::StatusCode::kUnavailable);
}

TEST_F(RecommendAndRecordTest, ABadRequestIsRefusedAndNotRecorded) {
  const auto store = OpenStore();
  request_.placement = "nowhere";
  EXPECT_EQ(RecommendAndRecord(*store, *snapshot_, request_, TestNow(), true).status().code(),
            absl::StatusCode::kInvalidArgument);
  AWASE_ASSERT_OK_AND_ASSIGN(const CustomerHistory history, store->Read("anna", TestNow()));
  EXPECT_THAT(history.exposures, IsEmpty());
}

}  // namespace
}  // namespace awase::serving

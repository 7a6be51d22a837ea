#include "trainer/internal/run_progress.h"

#include <chrono>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "tests/testing/status_matchers.h"

namespace awase::trainer_internal {
namespace {

using ::awase::testing::StatusIs;
using ::testing::ElementsAre;
using trainer::Stage;

class RunProgressTest : public ::testing::Test {
 protected:
  void Pass(int seconds) { now_ += std::chrono::seconds(seconds); }
  double SecondsOf(Stage stage) const { return report_.stages[static_cast<std::size_t>(stage)].seconds; }

  trainer::TrainOptions options_;
  trainer::TrainReport report_;
  StageClock::Time now_;
  RunProgress progress_{options_, &report_, [this] { return now_; }};
};

TEST_F(RunProgressTest, TellsTheStepsAndBooksToTheirStages) {
  std::vector<std::string> steps;
  options_.progress = [&](const trainer::TrainProgress& progress) { steps.push_back(progress.stage); };
  AWASE_ASSERT_OK(progress_.Begin(Stage::kRead, "read orders"));
  Pass(1);
  AWASE_ASSERT_OK(progress_.Begin(Stage::kCount, "count bought_together"));
  Pass(2);
  progress_.BookTo(Stage::kRank);
  Pass(4);
  progress_.End();
  Pass(8);
  progress_.Rebook(0.5, Stage::kCount, Stage::kRank);
  EXPECT_THAT(steps, ElementsAre("read orders", "count bought_together"));
  EXPECT_EQ(SecondsOf(Stage::kRead), 1);
  EXPECT_EQ(SecondsOf(Stage::kCount), 1.5);
  EXPECT_EQ(SecondsOf(Stage::kRank), 4.5);
}

TEST_F(RunProgressTest, BeginsNothingForACallerWhoHasHadEnough) {
  bool told = false;
  options_.progress = [&](const trainer::TrainProgress&) { told = true; };
  options_.cancelled = [] { return true; };
  EXPECT_THAT(progress_.Begin(Stage::kRead, "read orders"), StatusIs(absl::StatusCode::kCancelled));
  EXPECT_FALSE(told);
  Pass(1);
  progress_.End();
  EXPECT_EQ(SecondsOf(Stage::kRead), 0);
}

TEST_F(RunProgressTest, TellsSharesWhereSomebodyListens) {
  EXPECT_FALSE(progress_.ShareTeller("tune")) << "nobody does";
  std::vector<double> shares;
  options_.progress = [&](const trainer::TrainProgress& progress) {
    EXPECT_EQ(progress.stage, "tune");
    shares.push_back(progress.share);
  };
  progress_.ShareTeller("tune")(0.25);
  EXPECT_THAT(shares, ElementsAre(0.25));
}

TEST_F(RunProgressTest, AddsRows) {
  progress_.AddRows(Stage::kRank, 2);
  progress_.AddRows(Stage::kRank, 3);
  EXPECT_EQ(report_.stages[static_cast<std::size_t>(Stage::kRank)].rows, 5u);
}

}  // namespace
}  // namespace awase::trainer_internal

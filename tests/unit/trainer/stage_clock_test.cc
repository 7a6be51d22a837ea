#include "trainer/internal/stage_clock.h"

#include <chrono>

#include "gtest/gtest.h"

namespace awase::trainer_internal {
namespace {

using std::chrono::milliseconds;
using trainer::Stage;

class StageClockTest : public ::testing::Test {
 protected:
  double SecondsOf(Stage stage) const { return times_[static_cast<std::size_t>(stage)].seconds; }
  std::array<trainer::StageTime, trainer::kStageCount> times_;
  StageClock::Time now_;
  StageClock clock_{&times_, [this] { return now_; }};
};

TEST_F(StageClockTest, BooksToTheStageThatRuns) {
  now_ += milliseconds(8000);  // before any stage
  clock_.Begin(Stage::kRead);
  now_ += milliseconds(1500);
  clock_.Begin(Stage::kCount);
  EXPECT_EQ(SecondsOf(Stage::kRead), 1.5);
  now_ += milliseconds(250);
  clock_.Begin(Stage::kRead);
  EXPECT_EQ(SecondsOf(Stage::kCount), 0.25);
  now_ += milliseconds(2000);
  clock_.End();
  EXPECT_EQ(SecondsOf(Stage::kRead), 3.5) << "a stage may run twice";
  now_ += milliseconds(4000);
  clock_.End();
  EXPECT_EQ(SecondsOf(Stage::kRead), 3.5);
  EXPECT_EQ(SecondsOf(Stage::kWrite), 0);
}

TEST_F(StageClockTest, RebooksWhatAPartTook) {
  clock_.Begin(Stage::kCount);
  now_ += milliseconds(3000);
  clock_.Rebook(2, Stage::kCount, Stage::kRank);
  now_ += milliseconds(500);
  clock_.End();
  EXPECT_EQ(SecondsOf(Stage::kRank), 2);
  EXPECT_EQ(SecondsOf(Stage::kCount), 1.5);
}

TEST(StageClock, GoesByAClockThatNeverGoesBack) {
  std::array<trainer::StageTime, trainer::kStageCount> times;
  StageClock clock(&times);
  clock.Begin(Stage::kRead);
  clock.End();
  EXPECT_GE(times[static_cast<std::size_t>(Stage::kRead)].seconds, 0);
}

}  // namespace
}  // namespace awase::trainer_internal

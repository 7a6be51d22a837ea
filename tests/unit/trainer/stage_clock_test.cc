#include "trainer/internal/stage_clock.h"

#include "gtest/gtest.h"

namespace awase::trainer_internal {
namespace {

using trainer::Stage;

class StageClockTest : public ::testing::Test {
 protected:
  double SecondsOf(Stage stage) const { return times_[static_cast<std::size_t>(stage)].seconds; }
  std::array<trainer::StageTime, trainer::kStageCount> times_;
  StageClock clock_{&times_};
};

TEST_F(StageClockTest, BooksToTheStageThatRuns) {
  clock_.Begin(Stage::kRead);
  clock_.Begin(Stage::kCount);
  const double read = SecondsOf(Stage::kRead);
  EXPECT_GT(read, 0);
  clock_.Begin(Stage::kRead);
  EXPECT_GT(SecondsOf(Stage::kCount), 0);
  clock_.End();
  EXPECT_GT(SecondsOf(Stage::kRead), read) << "a stage may run twice";
  clock_.End();
  EXPECT_EQ(SecondsOf(Stage::kWrite), 0);
}

TEST_F(StageClockTest, RebooksWhatAPartTook) {
  clock_.Begin(Stage::kCount);
  clock_.Rebook(2, Stage::kCount, Stage::kRank);
  clock_.End();
  EXPECT_EQ(SecondsOf(Stage::kRank), 2);
  EXPECT_LT(SecondsOf(Stage::kCount), 0);  // nothing took two seconds here
}

}  // namespace
}  // namespace awase::trainer_internal

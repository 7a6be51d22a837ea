#include "awase/evaluation/calibration.h"

#include "gtest/gtest.h"

namespace awase::evaluation {
namespace {

TEST(Calibrate, HoldsWhatWasShownAgainstWhatCameTrue) {
  std::vector<ShownShare> shares;
  for (int i = 0; i < 100; ++i) shares.push_back({0.3F, i < 30});
  for (int i = 0; i < 300; ++i) shares.push_back({0.9F, i < 150});
  const Calibration calibration = Calibrate(shares);
  ASSERT_EQ(calibration.bins.size(), 2u);
  EXPECT_EQ(calibration.bins[0].entries, 100u);
  EXPECT_NEAR(calibration.bins[0].observed, 0.3, 1e-9);
  EXPECT_LE(calibration.bins[0].low, 0.3);
  EXPECT_GT(calibration.bins[0].high, 0.3);
  EXPECT_NEAR(calibration.error, 0.75 * 0.4, 1e-6);
}

TEST(Calibrate, PutsEveryShareIntoABin) {
  const Calibration calibration = Calibrate(std::vector<ShownShare>{{0, false}, {0.001F, false}, {1, true}});
  std::uint64_t entries = 0;
  for (const CalibrationBin& bin : calibration.bins) entries += bin.entries;
  EXPECT_EQ(entries, 3u);
  EXPECT_EQ(calibration.bins.back().high, 1);
  EXPECT_TRUE(Calibrate({}).bins.empty());
}

}  // namespace
}  // namespace awase::evaluation

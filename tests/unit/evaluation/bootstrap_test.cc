#include "evaluation/internal/bootstrap.h"

#include <cmath>
#include <random>

#include "gtest/gtest.h"

namespace awase::evaluation_internal {
namespace {

TEST(BootstrapMeans, HasTheIntervalOfTheMean) {
  std::mt19937_64 random(3);
  CaseTable table{2, {}};
  constexpr std::size_t kRows = 4000;
  for (std::size_t i = 0; i < kRows; ++i) {
    table.values.push_back(random() % 4 == 0 ? 1 : 0);
    table.values.push_back(5);
  }
  const std::vector<double> means = BootstrapMeans(table, 1000, /*seed=*/1, /*threads=*/2);
  std::vector<double> first;
  std::vector<double> second;
  for (std::size_t i = 0; i < means.size(); i += 2) {
    first.push_back(means[i]);
    second.push_back(means[i + 1]);
  }
  const evaluation::Estimate estimate = EstimateOf(first);
  const double error = std::sqrt(0.25 * 0.75 / kRows);  // of a share of a quarter
  EXPECT_NEAR(estimate.value, 0.25, 4 * error);
  EXPECT_NEAR(estimate.low, estimate.value - 1.96 * error, 0.3 * error);
  EXPECT_NEAR(estimate.high, estimate.value + 1.96 * error, 0.3 * error);
  EXPECT_EQ(EstimateOf(second).low, 5);
  EXPECT_EQ(EstimateOf(second).high, 5);
}

TEST(BootstrapMeans, WithoutResamplesIsTheMean) {
  const CaseTable table{1, {1, 2, 6}};
  EXPECT_EQ(EstimateOf(BootstrapMeans(table, 0, 1, 1)).value, 3);
  EXPECT_EQ(EstimateOf(BootstrapMeans(table, 0, 1, 1)).high, 3);
}

}  // namespace
}  // namespace awase::evaluation_internal

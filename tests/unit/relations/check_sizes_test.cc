#include "relations/internal/check_sizes.h"

#include "relations/internal/pair_sum.h"
#include "tests/testing/status_matchers.h"

namespace awase::relations_internal {
namespace {

using ::awase::testing::StatusIs;
using ::testing::HasSubstr;

constexpr std::uint64_t kMost = (std::uint64_t{1} << 32) - 1;

TEST(CheckSizes, TakesWhatThirtyTwoBitsCount) {
  AWASE_EXPECT_OK(CheckSizes(0, 0, 1));
  AWASE_EXPECT_OK(CheckSizes(kMost, 0, 1));
  AWASE_EXPECT_OK(CheckSizes(kMost - 3'000'000, 1'000'000, 1'000'000));
  AWASE_EXPECT_OK(CheckSizes(1, 1, SumLayout::kMaxUnits - 1));
}

TEST(CheckSizes, RefusesMoreLinesAndThriceTheBaskets) {
  EXPECT_THAT(CheckSizes(kMost + 1, 0, 1),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("4294967296 lines")));
  EXPECT_THAT(CheckSizes(kMost - 2'999'999, 1'000'000, 1),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("three times 1000000 baskets")));
  EXPECT_THAT(CheckSizes(0, kMost, 1), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("baskets")));
}

TEST(CheckSizes, RefusesPairsInMoreBasketsThanASumCounts) {
  EXPECT_THAT(
      CheckSizes(1, 1, SumLayout::kMaxUnits),
      StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("second most popular product is in 268435456")));
}

}  // namespace
}  // namespace awase::relations_internal

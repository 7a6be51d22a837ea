#include "awase/plans/tariff.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/plans/plan_testing.h"

namespace awase::plans {
namespace {

using awase::testing::StatusIs;
using ::testing::HasSubstr;

std::int64_t Charged(absl::string_view tariff, Quantity excess, int minor_digits = 2) {
  const absl::StatusOr<Tariff> parsed = Tariff::Parse(tariff, minor_digits);
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return parsed.ok() ? parsed->Charge(excess) : -1;
}

TEST(Tariff, ChargesEachStartedStep) {
  EXPECT_EQ(Charged("0.03", Units(100)), 300);
  EXPECT_EQ(Charged("0.03", {1}), 3) << "a millionth of a unit begins one";
  EXPECT_EQ(Charged("0.03", Units(0)), 0);
  EXPECT_EQ(Charged("10/1024", Units(1024)), 1000);
  EXPECT_EQ(Charged("10/1024", {1024 * kMicrosPerUnit + 1}), 2000);
  EXPECT_EQ(Charged("10/1024 up", Units(1)), 1000);
}

TEST(Tariff, ChargesInProportionWhereItSaysExact) {
  EXPECT_EQ(Charged("10/1024 exact", Units(512)), 500);
  EXPECT_EQ(Charged("9.99/1000 exact", Units(1)), 1) << "0.999 cents";
  EXPECT_EQ(Charged(" 10 / 1024 EXACT ", Units(512)), 500) << "as people write it";
  EXPECT_EQ(Charged("10 / 1024  Up", Units(512)), 1000);
  EXPECT_EQ(Charged("0.1/3 exact", Units(10)), 33) << "33.3 cents: not a thing that decimals can hold";
}

TEST(Tariff, KeepsWhatIsSmallerThanACentUntilTheEnd) {
  EXPECT_EQ(Charged("0.005", Units(1)), 1) << "half a cent is rounded up";
  EXPECT_EQ(Charged("0.005", Units(2)), 1);
  EXPECT_EQ(Charged("0.005", Units(3)), 2);
  EXPECT_EQ(Charged("0.005", Units(1001)), 501);
  EXPECT_EQ(Charged("0.00000001", Units(100'000'000)), 100) << "the least amount there is, 10^-8 USD";
  EXPECT_EQ(Charged("0.004", Units(1)), 0);
  EXPECT_EQ(Charged("0.5", Units(3), /*minor_digits=*/0), 2) << "1.5 yen";
}

TEST(Tariff, StaysInRange) {
  EXPECT_EQ(Charged("10000000000", kMostQuantity), kMostCostMinor);
  EXPECT_EQ(Charged("10000000000/0.000001", kMostQuantity), kMostCostMinor);
  EXPECT_EQ(Charged("10000000000/0.000001 exact", kMostQuantity), kMostCostMinor);
  EXPECT_EQ(Charged("1/1000000000000 exact", kMostQuantity), 100);
}

TEST(Tariff, SaysWhatIsWrong) {
  for (const absl::string_view text :
       {"", "free", "0.03 down", "0.03 up exact", "1/2/3", "-1", "1/", "/ exact", "1 0/2", "exact", "up"}) {
    EXPECT_THAT(Tariff::Parse(text, 2).status(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(""))) << text;
  }
  EXPECT_THAT(Tariff::Parse("0.03 per minute", 2).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("AMOUNT[/STEP] [up|exact]")));
  EXPECT_THAT(Tariff::Parse("1/0", 2).status(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("step")));
  EXPECT_THAT(Tariff::Parse("0.000000001", 2).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("more than 8 digits")));
  EXPECT_THAT(Tariff::Parse("99999999999999", 2).status(),
              StatusIs(absl::StatusCode::kOutOfRange, HasSubstr("too large")));
}

}  // namespace
}  // namespace awase::plans

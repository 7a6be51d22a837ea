#include "awase/plans/quantity.h"

#include <limits>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase::plans {
namespace {

using awase::testing::StatusIs;
using ::testing::HasSubstr;

TEST(Quantity, ReadsDecimalsExactly) {
  const auto micros = [](absl::string_view text) {
    const absl::StatusOr<Quantity> quantity = ParseQuantity(text);
    return quantity.ok() ? quantity->micros : -1;
  };
  EXPECT_EQ(micros("15360"), 15'360'000'000);
  EXPECT_EQ(micros(" 0.000001 "), 1);
  EXPECT_EQ(micros(".5"), 500'000);
  EXPECT_EQ(micros("1.5000000000"), 1'500'000);
  EXPECT_EQ(micros("1000000000000"), kMostQuantity.micros);
}

TEST(Quantity, RefusesWhatItWouldHaveToGuess) {
  for (const absl::string_view text : {"", "10 GB", "-1", "1e3", "1,000", "1.2.3", ".", "0.0000001"}) {
    EXPECT_THAT(ParseQuantity(text).status(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(text))) << text;
  }
  EXPECT_THAT(ParseQuantity("1000000000000.1").status(), StatusIs(absl::StatusCode::kOutOfRange, HasSubstr("large")));
}

TEST(Quantity, TakesTheNearestMillionthOfADouble) {
  EXPECT_EQ(QuantityOf(89.86)->micros, 89'860'000);
  EXPECT_EQ(QuantityOf(0.1 + 0.2)->micros, 300'000);
  EXPECT_THAT(QuantityOf(-0.1).status(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("-0.1")));
  EXPECT_THAT(QuantityOf(std::numeric_limits<double>::quiet_NaN()).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("nan")));
  EXPECT_THAT(QuantityOf(1e300).status(), StatusIs(absl::StatusCode::kOutOfRange, HasSubstr("trillion")));
}

TEST(Quantity, IsWrittenForPeople) {
  EXPECT_EQ(FormatQuantity({15'360'000'000}), "15,360");
  EXPECT_EQ(FormatQuantity({500'000}), "0.5");
  EXPECT_EQ(FormatQuantity({1'000'000'000'010'000}), "1,000,000,000.01");
}

TEST(Quantity, SumsStayInRange) { EXPECT_EQ(Plus(kMostQuantity, kMostQuantity), kMostQuantity); }

}  // namespace
}  // namespace awase::plans

#include "awase/pricing/next_step.h"

#include <optional>
#include <random>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase::pricing {
namespace {

constexpr PercentOff kTenth{1000};
constexpr PercentOff kFifth{2000};

std::optional<NextStep> StepOf(const std::vector<Line>& lines, const Discount& discount) {
  const absl::StatusOr<CartPrice> cart = PriceCart(lines, {discount});
  EXPECT_THAT(cart, testing::IsOk());
  return FindNextStep(discount, cart->discounts.front());
}

TEST(NextStep, OfAQuantityIsItsNextTier) {
  const Discount tiers{QuantityTerms{{0, 1}, {{3, kTenth}, {10, kFifth}}}};
  EXPECT_EQ(StepOf({{1000, 1}, {500, 1}}, tiers), (NextStep{.units = 1, .reduction = kTenth}));
  EXPECT_EQ(StepOf({{1000, 2}, {500, 1}}, tiers), (NextStep{.units = 7, .reduction = kFifth}));
  EXPECT_EQ(StepOf({{1000, 10}, {500, 1}}, tiers), std::nullopt);
}

TEST(NextStep, OfABasketIsInMoney) {
  const Discount tiers{BasketTerms{{0}, {{5000, AmountOff{500}}, {10000, AmountOff{1500}}}}};
  EXPECT_EQ(StepOf({{1000, 4}}, tiers), (NextStep{.amount_minor = 1000, .reduction = AmountOff{500}}));
  EXPECT_EQ(StepOf({{1000, 7}}, tiers), (NextStep{.amount_minor = 3000, .reduction = AmountOff{1500}}));
  EXPECT_EQ(StepOf({{1000, 10}}, tiers), std::nullopt);
}

TEST(NextStep, OfASetAreThePartsThatItLacks) {
  const Discount set{SetTerms{{{.lines = {0}}, {.lines = {1}, .count = 2}}, FixedPrice{2000}}};
  EXPECT_EQ(StepOf({{5000, 1}, {500, 1}}, set), (NextStep{.units = 1, .reduction = FixedPrice{2000}}));
  EXPECT_EQ(StepOf({{5000, 1}, {500, 2}}, set), std::nullopt) << "nothing is there of another one";
  EXPECT_EQ(StepOf({{5000, 2}, {500, 2}}, set), (NextStep{.units = 2, .reduction = FixedPrice{2000}}));
  const Discount dear{SetTerms{{{.lines = {0}}}, FixedPrice{6000}}};
  EXPECT_EQ(StepOf({{5000, 1}, {500, 2}}, dear), std::nullopt) << "it is whole, and saves nothing";
}

TEST(NextStep, EndsWithTheMostSets) {
  const Discount once{SetTerms{{{.lines = {0}, .count = 3}}, FixedPrice{2000}, 1}};
  EXPECT_EQ(StepOf({{1000, 2}}, once), (NextStep{.units = 1, .reduction = FixedPrice{2000}}));
  EXPECT_EQ(StepOf({{1000, 5}}, once), std::nullopt);
}

TEST(NextStep, CountsOnlyWhatEarlierDiscountsLeave) {
  const Discount first{QuantityTerms{{0}, {{2, kTenth}}, 2}};
  const Discount second{QuantityTerms{{0}, {{3, kFifth}}}};
  AWASE_ASSERT_OK_AND_ASSIGN(const CartPrice cart, PriceCart(std::vector<Line>{{1000, 4}}, {first, second}));
  EXPECT_EQ(FindNextStep(second, cart.discounts[1]), (NextStep{.units = 1, .reduction = kFifth}));
}

// What is said to be missing is enough, and one less is not.
TEST(NextStep, IsWhatIsMissing) {
  std::mt19937 random(20);
  const auto below = [&random](std::int64_t bound) { return static_cast<std::int64_t>(random() % bound); };
  for (int round = 0; round < 2'000; ++round) {
    const std::vector<Line> lines = {{100 + below(900), 1 + below(6)}, {100 + below(900), 1 + below(6)}};
    const Discount discount =
        round % 2 == 0
            ? Discount{QuantityTerms{{0, 1}, {{1 + below(10), kTenth}}}}
            : Discount{SetTerms{{{.lines = {0}, .count = 1 + below(4)}, {.lines = {1}, .count = 1}}, kTenth}};
    const std::optional<NextStep> step = StepOf(lines, discount);
    if (!step.has_value() || (round % 2 == 1 && lines[1].quantity * 4 < lines[0].quantity)) continue;
    AWASE_ASSERT_OK_AND_ASSIGN(const CartPrice now, PriceCart(lines, {discount}));
    const std::int64_t times = round % 2 == 0 ? 0 : now.discounts[0].times;
    bool reached = false;
    for (std::int64_t to_first = 0; to_first <= step->units; ++to_first) {
      const auto times_with = [&](std::int64_t units) {
        std::vector<Line> more = lines;
        more[0].quantity += to_first;
        more[1].quantity += units - to_first;
        return PriceCart(more, {discount})->discounts[0].times;
      };
      reached = reached || times_with(step->units) > times;
      if (to_first == step->units) continue;
      EXPECT_LE(times_with(step->units - 1), times) << "round " << round;
    }
    EXPECT_TRUE(reached) << "round " << round;
  }
}

}  // namespace
}  // namespace awase::pricing

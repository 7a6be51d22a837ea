// What is true of all carts, on random ones.

#include <algorithm>
#include <array>
#include <random>
#include <vector>

#include "awase/pricing/price_cart.h"
#include "gtest/gtest.h"
#include "tests/testing/cart_of_bytes.h"

namespace awase::pricing {
namespace {

using ::awase::testing::BrokenPromises;
using ::awase::testing::CartCase;
using ::awase::testing::CartOfBytes;

CartCase RandomCase(std::mt19937& random) {
  std::array<std::uint8_t, 160> bytes{};
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
  return CartOfBytes(bytes);
}

TEST(PriceCartProperty, RandomCartsKeepThePromisesOfTheHeader) {
  std::mt19937 random(4);
  int priced = 0;
  std::array<int, 4> verdicts{};
  for (int round = 0; round < 40'000; ++round) {
    const CartCase given = RandomCase(random);
    const absl::StatusOr<CartPrice> cart = PriceCart(given.lines, given.discounts);
    if (!cart.ok()) continue;
    ++priced;
    ASSERT_EQ(BrokenPromises(given, *cart), "") << "round " << round;
    for (const DiscountOutcome& outcome : cart->discounts) ++verdicts[static_cast<std::size_t>(outcome.verdict)];
  }
  // The cases are worth something: many are priced, and each verdict is met.
  EXPECT_GT(priced, 4000);
  for (const int count : verdicts) EXPECT_GT(count, 100);
}

// `lines` in the order of `order`, and `discount` naming the same lines by their new places.
CartCase Reordered(const CartCase& given, const std::vector<std::size_t>& order) {
  CartCase moved;
  std::vector<std::size_t> place_of(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    moved.lines.push_back(given.lines[order[i]]);
    place_of[order[i]] = i;
  }
  for (Discount discount : given.discounts) {
    const auto rename = [&](std::vector<std::size_t>& lines) {
      for (std::size_t& line : lines) line = place_of[line];
    };
    if (auto* quantity = std::get_if<QuantityTerms>(&discount.terms)) rename(quantity->lines);
    if (auto* basket = std::get_if<BasketTerms>(&discount.terms)) rename(basket->lines);
    if (auto* sets = std::get_if<SetTerms>(&discount.terms)) {
      for (SetTerms::Part& part : sets->parts) rename(part.lines);
    }
    moved.discounts.push_back(discount);
  }
  return moved;
}

TEST(PriceCartProperty, TheOrderOfLinesDoesNotChangeWhatOneDiscountSaves) {
  std::mt19937 random(5);
  int compared = 0;
  for (int round = 0; round < 20'000; ++round) {
    CartCase given = RandomCase(random);
    given.discounts.resize(std::min<std::size_t>(given.discounts.size(), 1));
    for (Discount& discount : given.discounts) discount.floor.reset();
    const absl::StatusOr<CartPrice> cart = PriceCart(given.lines, given.discounts);
    if (!cart.ok() || given.discounts.empty()) continue;
    std::vector<std::size_t> order(given.lines.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::shuffle(order.begin(), order.end(), random);
    const CartCase moved = Reordered(given, order);
    const absl::StatusOr<CartPrice> again = PriceCart(moved.lines, moved.discounts);
    ASSERT_TRUE(again.ok()) << again.status();
    ASSERT_EQ(cart->price_minor, again->price_minor) << "round " << round;
    ASSERT_EQ(cart->discounts[0].times, again->discounts[0].times) << "round " << round;
    compared += cart->discounts[0].saving_minor > 0 ? 1 : 0;
  }
  EXPECT_GT(compared, 1000);
}

std::int64_t PriceOf(const Line& line, const Discount& discount) {
  const absl::StatusOr<CartPrice> cart = PriceCart({line}, {discount});
  EXPECT_TRUE(cart.ok()) << cart.status();
  return cart.ok() ? cart->price_minor : 0;
}

TEST(PriceCartProperty, MoreUnitsNeverCostMoreEachUnderTiers) {
  std::mt19937 random(6);
  for (int round = 0; round < 500; ++round) {
    const auto percent = static_cast<std::int64_t>(1 + random() % 9000);
    const auto amount = static_cast<std::int64_t>(1 + random() % 300);
    const std::int64_t steps = 1 + static_cast<std::int64_t>(random() % 20);
    const UnitRounding rounding{steps, static_cast<std::int64_t>(random() % static_cast<unsigned>(steps)),
                                UnitRounding::Direction(round % 2)};
    const Discount by_unit[] = {
        {QuantityTerms{{0}, {{3, PercentOff{percent}}, {5, PercentOff{percent + 500}}}}, rounding},
        {QuantityTerms{{0}, {{3, AmountOff{amount}}, {5, AmountOff{amount + 7}}}}},
        {QuantityTerms{{0}, {{3, FixedPrice{amount + 9}}, {5, FixedPrice{amount}}}}},
    };
    const Discount rounded_once{QuantityTerms{{0}, {{3, PercentOff{percent}}, {5, PercentOff{percent + 500}}}}};
    const auto price = static_cast<std::int64_t>(random() % 500);
    for (std::int64_t quantity = 1; quantity < 9; ++quantity) {
      for (const Discount& discount : by_unit) {
        EXPECT_LE(PriceOf({price, quantity + 1}, discount) * quantity,
                  PriceOf({price, quantity}, discount) * (quantity + 1));
      }
      // Here the total of the fewer ones may have lost a part of a minor unit more.
      EXPECT_LT(PriceOf({price, quantity + 1}, rounded_once) * quantity,
                (PriceOf({price, quantity}, rounded_once) + 1) * (quantity + 1));
    }
  }
}

}  // namespace
}  // namespace awase::pricing

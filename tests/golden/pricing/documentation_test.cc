// The worked examples of docs/pricing.md: its blocks marked "priced" are what the carts here cost, in the same order.

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "awase/base/files.h"
#include "awase/base/money.h"
#include "awase/pricing/price_cart.h"
#include "awase/pricing/thresholds.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase::pricing {
namespace {

struct Example {
  const char* currency;
  std::vector<const char*> names;  // of the lines
  std::vector<Line> lines;
  std::vector<Discount> discounts;
};

// Nothing is reduced in a part of units that only have to be there.
constexpr std::optional<std::int64_t> kOnlyThere = 0;

std::vector<Example> Examples() {
  const Discount tenth_from_three{QuantityTerms{{0, 1}, {{3, PercentOff{1000}}, {10, PercentOff{1500}}}}};
  const Discount three_for_a_thousand{SetTerms{{{.lines = {0, 1, 2}, .count = 3}}, FixedPrice{1000}}};
  const Discount free_third{SetTerms{{{.lines = {0, 1}, .count = 3, .reduced = 1}}, PercentOff{kBasisPoints}}};
  Discount set{SetTerms{{{.lines = {0}}, {.lines = {1}}, {.lines = {2}}}, FixedPrice{44'990}}};
  set.floor = MarginFloor{1000};
  const Discount case_with_camera{SetTerms{{{.lines = {0}, .reduced = kOnlyThere}, {.lines = {1}}}, PercentOff{5000}}};
  const Discount in_dinars{QuantityTerms{{0}, {{1, PercentOff{1500}}}}};
  const Discount rappen{QuantityTerms{{0}, {{1, PercentOff{1500}}}}, UnitRounding{5, 0}};
  const Discount charm{QuantityTerms{{0}, {{1, PercentOff{1500}}}}, UnitRounding{100, 99}};
  Discount coupon{BasketTerms{{0, 1}, {{5000, AmountOff{500}}}}};
  coupon.stacking = Stacking::kOnTop;
  return {
      {"USD", {"film", "paper"}, {{990, 2}, {450, 1}}, {tenth_from_three}},
      {"JPY", {"tea", "rice ball", "cake"}, {{398, 2}, {350, 1}, {420, 1}}, {three_for_a_thousand}},
      {"USD", {"shirt", "sock"}, {{1999, 2}, {799, 4}}, {free_third}},
      {"USD", {"camera", "film", "case"}, {{44'900, 1, 38'000}, {1200, 1}, {3900, 1, 1500}}, {set}},
      {"USD", {"camera", "case"}, {{44'900, 1}, {3900, 2}}, {case_with_camera}},
      {"KWD", {"oud"}, {{2345, 3}}, {in_dinars}},
      {"CHF", {"chocolate"}, {{795, 3}}, {rappen}},
      {"USD", {"lamp"}, {{2499, 2}}, {charm}},
      {"USD", {"film", "case"}, {{990, 3}, {3900, 1}}, {tenth_from_three, coupon}},
  };
}

std::string Render(const Example& example) {
  const absl::StatusOr<CartPrice> cart = PriceCart(example.lines, example.discounts);
  if (!cart.ok()) return cart.status().ToString();
  const CurrencyCode currency = CurrencyCode::Parse(example.currency).value_or(CurrencyCode());
  const auto money = [&](std::int64_t minor) { return FormatMoney({minor, currency}); };
  std::string text;
  for (std::size_t i = 0; i < cart->lines.size(); ++i) {
    const LinePrice& line = cart->lines[i];
    absl::StrAppend(&text, example.names[i], ": ", example.lines[i].quantity, " x ",
                    money(example.lines[i].unit_price_minor), " = ", money(line.list_minor), ", now ",
                    money(line.price_minor), " =");
    for (const PricedUnits& units : line.units) {
      const bool is_first = units.unit_price_minor == line.units.front().unit_price_minor;
      absl::StrAppend(&text, is_first ? " " : " + ", units.quantity, " x ", money(units.unit_price_minor));
    }
    absl::StrAppend(&text, "\n");
  }
  absl::StrAppend(&text, "in all ", money(cart->list_minor), ", now ", money(cart->price_minor), "\n");
  for (const DiscountOutcome& outcome : cart->discounts) {
    absl::StrAppend(&text, "saves ", money(outcome.saving_minor));
    if (outcome.cut_by_floor_minor > 0) {
      absl::StrAppend(&text, "; floors kept ", money(outcome.cut_by_floor_minor), " of it");
    }
    absl::StrAppend(&text, "\n");
  }
  return text;
}

std::vector<std::string> PricedBlocks() {
  const absl::StatusOr<std::string> page = ReadFile(AWASE_SOURCE_DIR "/docs/pricing.md");
  EXPECT_THAT(page, testing::IsOk());
  std::vector<std::string> blocks;
  bool inside = false;
  for (const absl::string_view line : absl::StrSplit(page.value_or(""), '\n')) {
    if (line == "```priced") {
      inside = true;
      blocks.emplace_back();
    } else if (absl::StartsWith(line, "```")) {
      inside = false;
    } else if (inside) {
      absl::StrAppend(&blocks.back(), line, "\n");
    }
  }
  return blocks;
}

TEST(PricingPage, ExamplesCostWhatThePageSays) {
  std::vector<std::string> rendered;
  for (const Example& example : Examples()) rendered.push_back(Render(example));
  EXPECT_EQ(PricedBlocks(), rendered);
}

TEST(PricingPage, GapsAndCapsAreAsThePageSays) {
  EXPECT_EQ(FindGap(4240, 5000), 760);
  const std::vector<GapFill> fills = CloseGap(760, {{1200, 0.9}, {790, 0.3}, {450, 0.8}, {320, 0.6}}, 0.25, 3);
  EXPECT_EQ(fills, (std::vector<GapFill>{{2, 3, 10}, {1, std::nullopt, 30}, {0, std::nullopt, 440}}));
  EXPECT_EQ(AddOnCap(4240, 2500), 1060);
}

}  // namespace
}  // namespace awase::pricing

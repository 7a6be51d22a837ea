// PriceCart with discounts of all kinds, each over a group of the lines: what a cart with campaigns adds to a request.

#include <benchmark/benchmark.h>

#include <vector>

#include "awase/pricing/price_cart.h"

namespace awase::pricing {
namespace {

std::vector<Line> CartOf(std::int64_t count) {
  std::vector<Line> lines;
  for (std::int64_t i = 0; i < count; ++i) {
    lines.push_back(
        {199 + i * 7919 % 9000, 1 + i % 4, i % 2 == 0 ? std::optional<std::int64_t>(100 + i) : std::nullopt});
  }
  return lines;
}

// Every other one on top of the others, so that all of them have units to take.
std::vector<Discount> DiscountsOn(std::size_t lines, std::size_t count) {
  std::vector<Discount> discounts;
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<std::size_t> group;
    for (std::size_t line = i % 5; line < lines; line += 5) group.push_back(line);
    Discount discount;
    if (i % 4 == 0) discount.terms = QuantityTerms{group, {{3, PercentOff{500}}, {10, PercentOff{1000}}}};
    if (i % 4 == 1) discount.terms = SetTerms{{{.lines = group, .count = 3}}, FixedPrice{9000}};
    if (i % 4 == 2) discount.terms = SetTerms{{{.lines = group, .count = 3, .reduced = 1}}, PercentOff{kBasisPoints}};
    if (i % 4 == 3) discount.terms = BasketTerms{group, {{1000, AmountOff{250}}}};
    if (i % 2 == 1) discount.stacking = Stacking::kOnTop;
    discount.floor = MarginFloor{1000};
    discounts.push_back(discount);
  }
  return discounts;
}

void BM_PriceCart(benchmark::State& state) {
  const auto lines = CartOf(state.range(0));
  const auto discounts = DiscountsOn(lines.size(), static_cast<std::size_t>(state.range(1)));
  for (auto step : state) {
    benchmark::DoNotOptimize(PriceCart(lines, discounts));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_PriceCart)
    ->ArgNames({"lines", "discounts"})
    ->Args({3, 1})
    ->Args({10, 3})
    ->Args({50, 20})
    ->Args({1000, 100});

}  // namespace
}  // namespace awase::pricing

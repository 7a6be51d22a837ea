#include "awase/evaluation/test_cases.h"

#include <algorithm>
#include <numeric>
#include <random>
#include <utility>

namespace awase::evaluation {
namespace {

using Basket = std::vector<ProductIndex>;

struct KnownBaskets {
  std::vector<Basket> products;
  std::vector<std::size_t> places;  // among the held-out ones
};

KnownBaskets FindKnownBaskets(const orders::BasketSet& held_out, absl::Span<const std::uint8_t> is_known) {
  KnownBaskets baskets;
  for (std::size_t b = 0; b < held_out.size(); ++b) {
    Basket known;
    for (const ProductIndex product : held_out.basket(b)) {
      if (is_known[Slot(product)] != 0) known.push_back(product);
    }
    if (known.size() < 2) continue;
    baskets.products.push_back(std::move(known));
    baskets.places.push_back(b);
  }
  return baskets;
}

// At most `count` of the numbers below `size`, ascending. (The distributions of <random> differ between libraries, its
// engines do not.)
std::vector<std::size_t> Draw(std::size_t size, std::size_t count, std::mt19937_64* random) {
  std::vector<std::size_t> drawn(size);
  std::iota(drawn.begin(), drawn.end(), std::size_t{0});
  if (size <= count) return drawn;
  for (std::size_t i = 0; i < count; ++i) std::swap(drawn[i], drawn[i + (*random)() % (size - i)]);
  drawn.resize(count);
  std::sort(drawn.begin(), drawn.end());
  return drawn;
}

// Takes one product out of the basket.
ProductIndex TakeOne(Basket* basket, std::mt19937_64* random) {
  const auto taken = basket->begin() + static_cast<std::ptrdiff_t>((*random)() % basket->size());
  const ProductIndex product = *taken;
  basket->erase(taken);
  return product;
}

}  // namespace

TestCases DrawCases(const orders::BasketSet& held_out, absl::Span<const std::uint8_t> is_known,
                    const CaseOptions& options) {
  const KnownBaskets known = FindKnownBaskets(held_out, is_known);
  const std::vector<Basket>& baskets = known.products;
  TestCases cases;
  cases.baskets = held_out.size();
  cases.baskets_in_reach = baskets.size();
  std::mt19937_64 random(options.seed);
  for (const std::size_t b : Draw(baskets.size(), options.max_list_cases, &random)) {
    Basket basket = baskets[b];
    const ProductIndex anchor = TakeOne(&basket, &random);
    cases.lists.push_back({anchor, std::move(basket), known.places[b]});
  }
  for (const std::size_t b : Draw(baskets.size(), options.max_cart_cases, &random)) {
    Basket basket = baskets[b];
    const ProductIndex hidden = TakeOne(&basket, &random);
    cases.carts.push_back({std::move(basket), hidden});
  }
  return cases;
}

}  // namespace awase::evaluation

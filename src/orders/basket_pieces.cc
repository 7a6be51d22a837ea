#include "orders/internal/basket_pieces.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "awase/base/parallel.h"

namespace awase::orders_internal {
namespace {

using orders::BasketSet;

template <typename T>
void MoveDown(orders::UnfilledVector<T>* values, std::size_t from, std::size_t to, std::size_t count) {
  if (from == to) return;
  const auto first = values->begin() + static_cast<std::ptrdiff_t>(from);
  std::copy(first, first + static_cast<std::ptrdiff_t>(count), values->begin() + static_cast<std::ptrdiff_t>(to));
}

// Puts the baskets [first, last) in the order of their content.
void SortByContent(std::size_t first, std::size_t last, BasketSet* set) {
  std::vector<std::size_t> order(last - first);
  std::iota(order.begin(), order.end(), first);
  const auto less = [set](std::size_t a, std::size_t b) {
    const absl::Span<const ProductIndex> x = set->basket(a);
    const absl::Span<const ProductIndex> y = set->basket(b);
    return std::lexicographical_compare(x.begin(), x.end(), y.begin(), y.end());
  };
  if (std::is_sorted(order.begin(), order.end(), less)) return;
  std::sort(order.begin(), order.end(), less);
  std::vector<ProductIndex> products;
  std::vector<std::uint64_t> ends;
  products.reserve(set->offsets[last] - set->offsets[first]);
  for (const std::size_t b : order) {
    const absl::Span<const ProductIndex> basket = set->basket(b);
    products.insert(products.end(), basket.begin(), basket.end());
    ends.push_back(set->offsets[first] + products.size());
  }
  std::copy(products.begin(), products.end(), set->products.begin() + static_cast<std::ptrdiff_t>(set->offsets[first]));
  // The last end stays what it was, and who looks at the next baskets may be reading it.
  std::copy(ends.begin(), ends.end() - 1, set->offsets.begin() + static_cast<std::ptrdiff_t>(first) + 1);
}

void SortTies(std::size_t threads, BasketSet* set) {
  const auto is_tied = [set](std::size_t a, std::size_t b) {
    return set->buyers[a] == set->buyers[b] && set->time_micros[a] == set->time_micros[b];
  };
  ParallelFor(threads, set->size(), 1 << 14, [&](std::size_t first, std::size_t last, std::size_t /*worker*/) {
    for (std::size_t b = first; b < last;) {
      std::size_t end = b + 1;
      while (end < set->size() && is_tied(b, end)) ++end;
      // Who has the first of a group sorts all of it.
      if (end - b > 1 && (b == 0 || !is_tied(b - 1, b))) SortByContent(b, end, set);
      b = end;
    }
  });
}

}  // namespace

BasketPieces::BasketPieces(std::size_t most_baskets, std::size_t most_products, std::size_t pieces) : pieces_(pieces) {
  set_.products.resize(most_products);
  set_.offsets.resize(most_baskets + 1);
  set_.buyers.resize(most_baskets);
  set_.time_micros.resize(most_baskets);
}

void BasketPieces::MoveTogether() {
  std::size_t baskets = 0;
  std::size_t products = 0;
  for (const Piece& piece : pieces_) {
    MoveDown(&set_.products, piece.first_product, products, piece.products);
    MoveDown(&set_.offsets, piece.first_basket, baskets, piece.baskets);
    MoveDown(&set_.buyers, piece.first_basket, baskets, piece.baskets);
    MoveDown(&set_.time_micros, piece.first_basket, baskets, piece.baskets);
    products += piece.products;
    baskets += piece.baskets;
  }
  set_.products.resize(products);
  set_.offsets.resize(baskets + 1);
  set_.buyers.resize(baskets);
  set_.time_micros.resize(baskets);
}

BasketSet BasketPieces::Close(std::size_t threads) {
  MoveTogether();
  std::uint64_t next = 0;
  for (std::size_t b = 0; b < set_.size(); ++b) next += std::exchange(set_.offsets[b], next);
  set_.offsets.back() = next;
  SortTies(threads, &set_);
  return std::move(set_);
}

}  // namespace awase::orders_internal

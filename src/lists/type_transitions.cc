#include "lists/internal/type_transitions.h"

#include <algorithm>
#include <utility>

namespace awase::lists_internal {
namespace {

using lists::kNoType;
using orders::BasketSet;

// The best `count` of the products by value, ties by id.
std::vector<ProductIndex> BestOf(std::vector<std::pair<float, ProductIndex>> products, std::size_t count) {
  const auto last = products.begin() + static_cast<std::ptrdiff_t>(std::min(count, products.size()));
  std::partial_sort(products.begin(), last, products.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  std::vector<ProductIndex> best;
  for (auto product = products.begin(); product != last; ++product) best.push_back(product->second);
  return best;
}

}  // namespace

TypeTransitions::TypeTransitions(const BasketSet& baskets, const lists::ProductTypes& types, const OrderShares& shares)
    : count_(types.count), type_of_(types.of) {
  if (types.of.empty() || types.count == 0 || types.count > lists::kMostTypes) return;
  table_.assign(std::size_t{count_} * count_, 0);
  Count(baskets, shares);
  std::vector<double> of_type(count_, 0);
  for (std::size_t p = 0; p < type_of_.size(); ++p) {
    if (type_of_[p] != kNoType) of_type[type_of_[p]] += shares.shares[p];
  }
  share_of_type_.assign(type_of_.size(), 0);
  for (std::size_t p = 0; p < type_of_.size(); ++p) {
    if (type_of_[p] == kNoType || !(of_type[type_of_[p]] > 0)) continue;
    share_of_type_[p] = static_cast<float>(shares.shares[p] / of_type[type_of_[p]]);
  }
  FindBest(shares);
}

void TypeTransitions::Count(const BasketSet& baskets, const OrderShares& shares) {
  std::vector<double> sums(table_.size(), 0);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> in_basket;  // type, products of it
  std::vector<std::uint32_t> sorted;
  for (std::size_t b = 0; b < baskets.size(); ++b) {
    if (!(shares.weights[b] > 0)) continue;
    sorted.clear();
    for (const ProductIndex product : baskets.basket(b)) {
      if (type_of_[Slot(product)] != kNoType) sorted.push_back(type_of_[Slot(product)]);
    }
    std::sort(sorted.begin(), sorted.end());
    in_basket.clear();
    for (const std::uint32_t type : sorted) {
      if (in_basket.empty() || in_basket.back().first != type) in_basket.emplace_back(type, 0);
      ++in_basket.back().second;
    }
    for (const auto& [from, from_products] : in_basket) {
      for (const auto& [to, to_products] : in_basket) {
        if (from == to && to_products < 2) continue;
        sums[std::size_t{from} * count_ + to] += double{shares.weights[b]} * to_products;
      }
    }
  }
  for (std::size_t from = 0; from < count_; ++from) {
    double all = 0;
    for (std::size_t to = 0; to < count_; ++to) all += sums[from * count_ + to];
    if (!(all > 0)) continue;
    for (std::size_t to = 0; to < count_; ++to) {
      table_[from * count_ + to] = static_cast<float>(sums[from * count_ + to] / all);
    }
  }
}

void TypeTransitions::FindBest(const OrderShares& shares) {
  std::vector<std::vector<std::pair<float, ProductIndex>>> of_type(count_);
  for (std::size_t p = 0; p < type_of_.size(); ++p) {
    if (type_of_[p] != kNoType && shares.shares[p] > 0)
      of_type[type_of_[p]].emplace_back(share_of_type_[p], ProductAt(p));
  }
  std::vector<std::vector<ProductIndex>> best_of_type;
  for (auto& products : of_type) best_of_type.push_back(BestOf(std::move(products), kCandidates + 1));
  for (std::size_t from = 0; from < count_; ++from) {
    std::vector<std::pair<float, ProductIndex>> products;
    for (std::size_t to = 0; to < count_; ++to) {
      const float probability = table_[from * count_ + to];
      if (!(probability > 0)) continue;
      for (const ProductIndex product : best_of_type[to]) {
        products.emplace_back(probability * share_of_type_[Slot(product)], product);
      }
    }
    best_.push_back(BestOf(std::move(products), kCandidates + 1));  // one more: the anchor itself may be among them
  }
}

}  // namespace awase::lists_internal

#include "relations/internal/pairs_by_period.h"

#include <algorithm>
#include <atomic>
#include <numeric>

#include "awase/base/parallel.h"

namespace awase::relations_internal {
namespace {

using relations::Relation;
using relations::RelationEntry;

constexpr std::size_t kGrain = 4096;  // baskets

void AddOne(std::uint32_t* count) { std::atomic_ref(*count).fetch_add(1, std::memory_order_relaxed); }

}  // namespace

PairsByPeriod::PairsByPeriod(const Relation& relation, const orders::BasketSet& baskets, const Periods& periods,
                             std::size_t threads)
    : popularity_(relation.product_units),
      units_(relation.product_units.size()),
      is_claimed_(relation.product_units.size()) {
  CollectPairs(relation);
  together_.resize(others_.size());
  ParallelFor(threads, baskets.size(), kGrain, [&](std::size_t first, std::size_t last, std::size_t) {
    std::vector<ProductIndex> claimed;
    for (std::size_t b = first; b < last; ++b) {
      claimed.clear();
      for (const ProductIndex product : baskets.basket(b)) {
        if (is_claimed_[Slot(product)]) claimed.push_back(product);
      }
      if (!claimed.empty()) CountBasket(claimed, periods.of[b]);
    }
  });
}

bool PairsByPeriod::StandsWithFirst(ProductIndex a, ProductIndex b) const {
  const std::uint32_t of_a = popularity_[Slot(a)];
  const std::uint32_t of_b = popularity_[Slot(b)];
  return of_a != of_b ? of_a < of_b : a < b;
}

absl::Span<const ProductIndex> PairsByPeriod::others(ProductIndex product) const {
  const std::uint64_t first = offsets_[Slot(product)];
  return absl::MakeConstSpan(others_).subspan(first, offsets_[Slot(product) + 1] - first);
}

void PairsByPeriod::CollectPairs(const Relation& relation) {
  const std::size_t products = relation.product_units.size();
  offsets_.assign(products + 1, 0);
  ForEachClaim(relation, [this](ProductIndex first, ProductIndex second) {
    is_claimed_[Slot(first)] = true;
    is_claimed_[Slot(second)] = true;
    ++offsets_[Slot(first) + 1];
  });
  std::partial_sum(offsets_.begin(), offsets_.end(), offsets_.begin());
  others_.resize(offsets_.back());
  std::vector<std::uint64_t> ends(offsets_.begin(), offsets_.end() - 1);
  ForEachClaim(relation, [&](ProductIndex first, ProductIndex second) { others_[ends[Slot(first)]++] = second; });
  // A claim of both lists is one pair: all move up by those that are left out.
  auto to = others_.begin();
  for (std::size_t p = 0; p < products; ++p) {
    const auto first = others_.begin() + static_cast<std::ptrdiff_t>(offsets_[p]);
    const auto last = others_.begin() + static_cast<std::ptrdiff_t>(ends[p]);
    std::sort(first, last);
    offsets_[p] = static_cast<std::uint64_t>(to - others_.begin());
    to = std::unique_copy(first, last, to);
  }
  offsets_[products] = static_cast<std::uint64_t>(to - others_.begin());
  others_.erase(to, others_.end());
}

// Each as the pair that it stands for.
template <typename Work>
void PairsByPeriod::ForEachClaim(const Relation& relation, const Work& work) const {
  for (std::size_t p = 0; p < relation.product_units.size(); ++p) {
    const ProductIndex product = ProductAt(p);
    for (const RelationEntry& entry : relation.list(product)) {
      if (entry.is_claim == 0) continue;
      const bool is_first = StandsWithFirst(product, entry.other);
      work(is_first ? product : entry.other, is_first ? entry.other : product);
    }
  }
}

// Of the basket and a product's pairs the smaller one is looked up in the larger one: either may be thousands.
void PairsByPeriod::CountBasket(absl::Span<const ProductIndex> claimed, std::size_t period) {
  for (const ProductIndex product : claimed) {
    AddOne(&units_[Slot(product)][period]);
    const absl::Span<const ProductIndex> pairs = others(product);
    const bool basket_is_smaller = claimed.size() < pairs.size();
    const absl::Span<const ProductIndex> few = basket_is_smaller ? claimed : pairs;
    const absl::Span<const ProductIndex> many = basket_is_smaller ? pairs : claimed;
    auto from = many.begin();
    for (std::size_t i = 0; i < few.size() && from != many.end(); ++i) {
      from = std::lower_bound(from, many.end(), few[i]);
      if (from == many.end() || *from != few[i]) continue;
      const std::size_t place = basket_is_smaller ? static_cast<std::size_t>(from - many.begin()) : i;
      AddOne(&together_[offsets_[Slot(product)] + place][period]);
    }
  }
}

const PerPeriod<std::uint32_t>& PairsByPeriod::together(ProductIndex a, ProductIndex b) const {
  const bool is_first = StandsWithFirst(a, b);
  const absl::Span<const ProductIndex> pairs = others(is_first ? a : b);
  const auto found = std::lower_bound(pairs.begin(), pairs.end(), is_first ? b : a);
  return together_[offsets_[Slot(is_first ? a : b)] + static_cast<std::size_t>(found - pairs.begin())];
}

}  // namespace awase::relations_internal

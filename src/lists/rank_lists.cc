#include "awase/lists/rank_lists.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "awase/base/parallel.h"
#include "awase/orders/counter_pool.h"
#include "lists/internal/cover.h"
#include "lists/internal/near_for.h"
#include "lists/internal/scored_lists.h"

namespace awase::lists {
namespace {

using lists_internal::CoverageChooser;
using lists_internal::kChosen;
using lists_internal::kNotCounted;
using lists_internal::Scored;
using lists_internal::ScoredLists;
using relations::Relation;
using relations::RelationEntry;

constexpr std::size_t kCountedListLength = 160;
constexpr std::size_t kMostProductsWithLongLists = 200'000;
constexpr std::size_t kListsAtOnce = 4096;  // scored on all threads, then chosen from one after the other

class Ranking {
 public:
  Ranking(const Relation& counted, const orders::BasketSet& baskets, const ProductTypes& types,
          const std::optional<similarity::NearProducts>& near, const ListSettings& settings, std::size_t top_k,
          std::size_t threads)
      : counted_(counted),
        top_k_(top_k),
        threads_(threads),
        source_(counted, CountedListLength(top_k, baskets.product_count), baskets, types, near, settings),
        counters_(source_.index()),
        chooser_(baskets.product_count, settings.coverage_bonus),
        lists_(baskets.product_count) {}

  // The lists of all products, by product.
  std::vector<std::vector<RelationEntry>> Rank() {
    const std::vector<ProductIndex> anchors = source_.ByPages();
    std::vector<std::vector<Scored>> scored(kListsAtOnce);
    for (std::size_t first = 0; first < anchors.size(); first += kListsAtOnce) {
      const std::size_t count = std::min(kListsAtOnce, anchors.size() - first);
      ParallelFor(threads_, count, 64, [&](std::size_t from, std::size_t to, std::size_t) {
        const orders::CounterPool::Lease counter = counters_.Take();
        for (std::size_t i = from; i < to; ++i) source_.Score(anchors[first + i], &*counter, &scored[i]);
      });
      for (std::size_t i = 0; i < count; ++i) chooser_.Choose(source_.pages()[Slot(anchors[first + i])], &scored[i]);
      ParallelFor(threads_, count, 64, [&](std::size_t from, std::size_t to, std::size_t) {
        for (std::size_t i = from; i < to; ++i) {
          lists_[Slot(anchors[first + i])] = EntriesOf(anchors[first + i], &scored[i]);
        }
      });
    }
    return std::move(lists_);
  }

 private:
  // The chosen ten stand in front.
  std::vector<RelationEntry> EntriesOf(ProductIndex anchor, std::vector<Scored>* scored) const {
    const std::size_t chosen = std::min(kChosen, scored->size());
    const std::size_t kept = std::min(std::max(top_k_, std::size_t{1}), scored->size());
    if (kept > chosen) {
      const auto tail = scored->begin() + static_cast<std::ptrdiff_t>(chosen);
      std::partial_sort(tail, scored->begin() + static_cast<std::ptrdiff_t>(kept), scored->end(),
                        lists_internal::RanksBefore);
      ScaleBelow((*scored)[chosen - 1].score, absl::MakeSpan(*scored).subspan(chosen, kept - chosen));
    }
    std::vector<RelationEntry> entries;
    const absl::Span<const RelationEntry> list = counted_.list(anchor);
    for (const Scored& candidate : absl::MakeSpan(*scored).first(kept)) {
      RelationEntry entry{};
      if (candidate.place != kNotCounted) {
        entry = list[candidate.place];
      } else {
        entry.source = source_.SourceOf(anchor, candidate.product);
      }
      entry.other = candidate.product;
      entry.score = candidate.score;
      entries.push_back(entry);
    }
    return entries;
  }

  // A product that was passed over for the sake of coverage may score higher than the tenth: behind it, it must not.
  static void ScaleBelow(float limit, absl::Span<Scored> tail) {
    constexpr float kBelow = 0.999F;
    if (tail.front().score < limit || !(tail.front().score > 0)) return;
    const float factor = kBelow * limit / tail.front().score;
    for (Scored& candidate : tail) candidate.score *= factor;
    std::sort(tail.begin(), tail.end(), lists_internal::RanksBefore);  // rounding may have made two scores equal
  }

  const Relation& counted_;
  std::size_t top_k_;
  std::size_t threads_;
  ScoredLists source_;
  orders::CounterPool counters_;
  CoverageChooser chooser_;
  std::vector<std::vector<RelationEntry>> lists_;
};

}  // namespace

std::size_t CountedListLength(std::size_t top_k, std::size_t products) {
  return products > kMostProductsWithLongLists ? top_k : std::max(top_k, kCountedListLength);
}

bool CanRankBySimilar(std::size_t products) { return products <= kMostProductsWithLongLists; }

Relation RankLists(Relation counted, const orders::BasketSet& baskets, const ProductTypes& types,
                   const ListSettings& settings, std::size_t top_k, std::size_t threads) {
  const std::optional<similarity::NearProducts> near = lists_internal::NearFor(counted, settings, threads);
  std::vector<std::vector<RelationEntry>> lists =
      Ranking(counted, baskets, types, near, settings, top_k, threads).Rank();
  counted.entries.clear();
  counted.claims.claims = 0;
  for (std::size_t p = 0; p < lists.size(); ++p) {
    counted.offsets[p] = counted.entries.size();
    counted.entries.insert(counted.entries.end(), lists[p].begin(), lists[p].end());
    for (const RelationEntry& entry : lists[p]) counted.claims.claims += entry.is_claim;
    lists[p] = {};
  }
  counted.offsets[lists.size()] = counted.entries.size();
  return counted;
}

}  // namespace awase::lists

#include "relations/internal/ranked_baskets.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "awase/base/parallel.h"
#include "relations/internal/sort_small.h"

namespace awase::relations_internal {
namespace {

using orders::BasketSet;

// Entries of an index that are on their way to memory at the same time.
constexpr std::size_t kWriteBatch = 64;

// The borders of `pieces` runs of baskets with about as many lines each and no buyer in two of them: pieces + 1
// numbers.
std::vector<std::size_t> SplitByLines(const BasketSet& baskets, std::size_t pieces) {
  const std::uint64_t lines = baskets.offsets.back();
  std::vector<std::size_t> borders;
  for (std::size_t i = 0; i < pieces; ++i) {
    const auto at = std::lower_bound(baskets.offsets.begin(), baskets.offsets.end(), lines / pieces * i);
    std::size_t border = std::min(static_cast<std::size_t>(at - baskets.offsets.begin()), baskets.size());
    if (!borders.empty()) border = std::max(border, borders.back());
    while (border > 0 && border < baskets.size() && baskets.buyers[border] == baskets.buyers[border - 1]) ++border;
    borders.push_back(border);
  }
  borders.push_back(baskets.size());
  return borders;
}

bool BuyersRepeat(const BasketSet& baskets) {
  return std::adjacent_find(baskets.buyers.begin(), baskets.buyers.end()) != baskets.buyers.end();
}

}  // namespace

PopularityRanks RankByPopularity(const BasketSet& baskets, std::size_t threads) {
  const std::size_t products = baskets.product_count;
  const std::size_t pieces = threads;
  const std::vector<std::size_t> borders = SplitByLines(baskets, pieces);
  std::vector<std::vector<std::uint32_t>> counts(pieces);
  ParallelFor(threads, pieces, 1, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t i = first; i < last; ++i) {
      counts[i].resize(products);
      const std::uint64_t end = baskets.offsets[borders[i + 1]];
      for (std::uint64_t line = baskets.offsets[borders[i]]; line < end; ++line) {
        ++counts[i][Slot(baskets.products[line])];
      }
    }
  });
  std::vector<std::uint32_t>& units = counts[0];
  for (std::size_t i = 1; i < pieces; ++i) {
    for (std::size_t p = 0; p < products; ++p) units[p] += counts[i][p];
  }
  PopularityRanks ranks;
  ranks.product_of.resize(products);
  for (std::size_t p = 0; p < products; ++p) ranks.product_of[p] = ProductAt(p);
  std::stable_sort(ranks.product_of.begin(), ranks.product_of.end(),
                   [&](ProductIndex a, ProductIndex b) { return units[Slot(a)] > units[Slot(b)]; });
  ranks.rank_of.resize(products);
  ranks.units.resize(products);
  for (std::size_t rank = 0; rank < products; ++rank) {
    const std::size_t product = Slot(ranks.product_of[rank]);
    ranks.rank_of[product] = static_cast<std::uint32_t>(rank);
    ranks.units[rank] = units[product];
  }
  return ranks;
}

template <typename Word, typename Layout>
RankedBaskets<Word, Layout>::RankedBaskets(const BasketSet& baskets, const PopularityRanks& ranks,
                                           absl::Span<const std::uint32_t> weights, const Layout& layout,
                                           std::size_t threads)
    : baskets_(baskets), ranks_(ranks), buyers_repeat_(BuyersRepeat(baskets)), head_(product_count(), buyers_repeat_) {
  if (buyers_repeat_) header_words_ += kNumberWords;
  PlaceBlocks(threads);
  ParallelFor(threads, blocks_.size(), 1, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t i = first; i < last; ++i) WriteBlock(weights, layout, &blocks_[i]);
  });
  for (const Block& block : blocks_) head_.Merge(block.head);
}

// One block per thread. Each gets the room that it can need at most: pages that are not written cost nothing.
template <typename Word, typename Layout>
void RankedBaskets<Word, Layout>::PlaceBlocks(std::size_t threads) {
  const std::vector<std::size_t> borders = SplitByLines(baskets_, threads);
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < threads; ++i) {
    blocks_.push_back({borders[i], borders[i + 1], word, {}, HeadCounts<Layout>(product_count(), buyers_repeat_)});
    const std::uint64_t lines = baskets_.offsets[borders[i + 1]] - baskets_.offsets[borders[i]];
    word += (borders[i + 1] - borders[i]) * header_words_ + lines;
  }
  words_ = HugeArray<Word>(word);
  length_bits_ = std::min(32 - static_cast<int>(std::bit_width(word)), 31);
}

template <typename Word, typename Layout>
void RankedBaskets<Word, Layout>::WriteBlock(absl::Span<const std::uint32_t> weights, const Layout& layout,
                                             Block* block) {
  block->places.resize(product_count());
  Word* to = words_.data() + block->first_word;
  const auto append_number = [&to](std::uint32_t number) {
    std::memcpy(to, &number, sizeof(number));
    to += kNumberWords;
  };
  std::vector<std::uint32_t> ranks;
  std::vector<std::uint32_t> sorted;
  for (std::size_t b = block->first_basket; b < block->last_basket; ++b) {
    const absl::Span<const ProductIndex> basket = baskets_.basket(b);
    if (basket.size() < 2) continue;
    ranks.resize(basket.size());
    sorted.resize(basket.size());
    for (std::size_t i = 0; i < basket.size(); ++i) ranks[i] = ranks_.rank_of[Slot(basket[i])];
    SortDistinct(ranks.data(), ranks.size(), sorted.data());
    std::uint32_t weight = 1;
    if constexpr (Layout::kHasWeight) append_number(weight = weights[b]);
    if (buyers_repeat_) append_number(baskets_.buyers[b]);
    *to++ = kMark;
    for (std::size_t i = 0; i < sorted.size(); ++i) to[i] = static_cast<Word>(sorted[i]);
    to += sorted.size();
    const auto head_size =
        static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), head_.rank_count()) - sorted.begin());
    block->head.AddBasket(absl::MakeConstSpan(sorted).subspan(0, head_size), layout.OneBasket(weight),
                          baskets_.buyers[b]);
    for (std::size_t i = std::max<std::size_t>(head_size, 1); i < sorted.size(); ++i) ++block->places[sorted[i]];
  }
}

template <typename Word, typename Layout>
typename RankedBaskets<Word, Layout>::Index RankedBaskets<Word, Layout>::MakeIndex(std::uint32_t first_rank,
                                                                                   std::uint32_t last_rank,
                                                                                   Direction direction,
                                                                                   std::size_t threads) const {
  const std::uint32_t ranks = last_rank - first_rank;
  Index index;
  index.owner_ = this;
  index.direction_ = direction;
  index.first_rank_ = first_rank;
  index.firsts_.resize(ranks + std::size_t{1});
  // Per block and rank: where its next place goes.
  std::vector<std::vector<std::uint64_t>> cursors(blocks_.size(), std::vector<std::uint64_t>(ranks));
  std::uint64_t next = 0;
  for (std::uint32_t i = 0; i < ranks; ++i) {
    index.firsts_[i] = next;
    const std::uint32_t rank = index.rank(i);
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      cursors[b][rank - first_rank] = next;
      next += blocks_[b].places[rank];
    }
  }
  index.firsts_[ranks] = next;
  index.places_ = HugeArray<std::uint32_t>(next);
  std::uint32_t* const places = index.places_.data();
  ParallelFor(threads, blocks_.size(), 1, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t i = first; i < last; ++i) {
      WritePlaces(blocks_[i], first_rank, last_rank, cursors[i].data(), places);
    }
  });
  return index;
}

// Consecutive places go to as many far-apart cache lines: asking for a batch of lines before writing to the first of
// them lets the misses overlap.
template <typename Word, typename Layout>
void RankedBaskets<Word, Layout>::WritePlaces(const Block& block, std::uint32_t first_rank, std::uint32_t last_rank,
                                              std::uint64_t* cursors, std::uint32_t* places) const {
  struct Write {
    std::uint64_t to;
    std::uint32_t place;
  };
  Write writes[kWriteBatch];
  std::size_t size = 0;
  const auto flush = [&] {
    for (std::size_t i = 0; i < size; ++i) places[writes[i].to] = writes[i].place;
    size = 0;
  };
  const std::uint64_t longest = (std::uint64_t{1} << length_bits_) - 1;
  std::uint64_t word = block.first_word;
  for (std::size_t b = block.first_basket; b < block.last_basket; ++b) {
    const std::uint64_t basket_size = baskets_.offsets[b + 1] - baskets_.offsets[b];
    if (basket_size < 2) continue;
    word += header_words_;
    for (std::uint64_t i = 1; i < basket_size; ++i) {
      const std::uint32_t rank = words_[word + i];
      if (rank < first_rank || rank >= last_rank || rank < head_.rank_count()) continue;
      const std::uint64_t place = (word + i) << length_bits_ | std::min(i, longest);
      writes[size] = {cursors[rank - first_rank]++, static_cast<std::uint32_t>(place)};
      __builtin_prefetch(places + writes[size].to, 1);
      if (++size == kWriteBatch) flush();
    }
    word += basket_size;
  }
  flush();
}

template <typename Word, typename Layout>
std::vector<std::uint32_t> RankedBaskets<Word, Layout>::SplitRanks(std::uint64_t max_index_bytes) const {
  std::vector<std::uint32_t> ends;
  std::uint64_t bytes = 0;
  for (std::uint32_t rank = 0; rank < product_count(); ++rank) {
    std::uint64_t of_rank = 0;
    for (const Block& block : blocks_) of_rank += block.places[rank] * std::uint64_t{sizeof(std::uint32_t)};
    if (bytes > 0 && bytes + of_rank > max_index_bytes) {
      ends.push_back(rank);
      bytes = 0;
    }
    bytes += of_rank;
  }
  ends.push_back(static_cast<std::uint32_t>(product_count()));
  return ends;
}

template class RankedBaskets<std::uint16_t, SumLayout>;
template class RankedBaskets<std::uint32_t, SumLayout>;
template class RankedBaskets<std::uint16_t, UnitLayout>;
template class RankedBaskets<std::uint32_t, UnitLayout>;

}  // namespace awase::relations_internal

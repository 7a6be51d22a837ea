#ifndef AWASE_RELATIONS_INTERNAL_RANKED_BASKETS_H_
#define AWASE_RELATIONS_INTERNAL_RANKED_BASKETS_H_

// Baskets in the shape that counting pairs is fast on. Products get a rank by popularity (0 = most units), so that the
// counters that are touched most lie side by side; a basket's ranks ascend, so that "the more popular products of this
// basket" is a prefix; pairs of the most popular ones are counted on the way (HeadCounts); all that a visit of a basket
// needs stands in one place, so that it costs one cache miss; and all is as small as it can be, because bringing memory
// in is what counting spends most of its time on.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/huge_array.h"
#include "awase/base/product_index.h"
#include "awase/orders/baskets.h"
#include "relations/internal/head_counts.h"
#include "relations/internal/pair_sum.h"

namespace awase::relations_internal {

// Products by falling number of baskets, ties by product.
struct PopularityRanks {
  std::vector<ProductIndex> product_of;  // by rank
  std::vector<std::uint32_t> rank_of;    // by product
  std::vector<std::uint32_t> units;      // by rank: in how many baskets it is
};
// REQUIRES: threads ≥ 1. Memory: 12 bytes a product, and 4 a product and thread while it runs.
PopularityRanks RankByPopularity(const orders::BasketSet& baskets, std::size_t threads);

// Immutable once built, then thread-safe. Word is what a rank is written in: std::uint16_t for up to kMaxProducts
// products, std::uint32_t for more. Layout is what pairs are summed in: SumLayout, or UnitLayout where no basket has a
// weight of its own. Memory: a word a line and 1 to 5 words of 16 bits (1 to 3 of 32) a basket; per
// thread 4 bytes a product and a HeadCounts. While an index is alive: 4 bytes a line of its ranks (none of those that
// HeadCounts counts) and 8 a rank; while it is made, 8 more per rank and thread. Throws std::bad_alloc.
template <typename Word, typename Layout>
class RankedBaskets {
 public:
  static constexpr std::size_t kMaxProducts = std::numeric_limits<Word>::max();

  // The products of a basket that are more popular than one of it.
  struct Prefix {
    std::uint32_t weight;
    std::uint32_t buyer;           // 0 where no buyer repeats
    absl::Span<const Word> ranks;  // ascending
  };

  // The order in which the ranks of an index are gone through.
  enum class Direction { kPopularFirst, kRareFirst };
  class Index;

  // `weights` has one element per basket, in [1, layout.max_weight()]; it is not looked at where Layout has no weight.
  // The set and the ranks are borrowed and outlive this object. Baskets with fewer than two products are left out. The
  // baskets are cut into `threads` (≥ 1) pieces. REQUIRES: Fits. O(lines · basket size), in steps of a vector for
  // baskets of usual sizes.
  RankedBaskets(const orders::BasketSet& baskets, const PopularityRanks& ranks, absl::Span<const std::uint32_t> weights,
                const Layout& layout, std::size_t threads);

  // Whether a set of so many products, lines and baskets can be written in words of this size.
  static bool Fits(std::uint64_t products, std::uint64_t lines, std::uint64_t baskets) {
    return products <= kMaxProducts && WordsFor(lines, baskets) < kMaxWords;
  }
  // The most words that the lines and baskets of a set need. Positions of words have 32 bits.
  static std::uint64_t WordsFor(std::uint64_t lines, std::uint64_t baskets) {
    return lines + kMaxHeaderWords * baskets;
  }
  static constexpr std::uint64_t kMaxWords = std::uint64_t{1} << 32;  // fewer

  std::size_t product_count() const { return ranks_.units.size(); }
  // False when no buyer has two baskets: then the baskets of a pair are its buyers.
  bool buyers_repeat() const { return buyers_repeat_; }

  // The pairs among the most popular products: ranks below head().rank_count(), which have no places in an index.
  const HeadCounts<Layout>& head() const { return head_; }

  // Of the ranks [first_rank, last_rank). Refers to this object. O(lines).
  Index MakeIndex(std::uint32_t first_rank, std::uint32_t last_rank, Direction direction, std::size_t threads) const;

  // Ends of consecutive ranges of ranks whose indexes have places of at most `max_index_bytes` each: {product_count()}
  // where one range is enough. A rank that alone takes more gets a range in which no other rank has places.
  std::vector<std::uint32_t> SplitRanks(std::uint64_t max_index_bytes) const;

 private:
  // A record is: weight (where Layout has one), buyer (where they repeat), mark, ranks.
  static constexpr std::size_t kNumberWords = sizeof(std::uint32_t) / sizeof(Word);
  static constexpr std::size_t kMaxHeaderWords = 2 * kNumberWords + 1;
  static constexpr Word kMark = std::numeric_limits<Word>::max();  // no rank is as large

  // Consecutive baskets and their records: what one thread works on.
  struct Block {
    std::size_t first_basket;
    std::size_t last_basket;
    std::uint64_t first_word;
    std::vector<std::uint32_t> places;  // by rank: how many the index has of this block
    HeadCounts<Layout> head;
  };

  static std::uint32_t LoadNumber(const Word* from) {
    std::uint32_t number;
    std::memcpy(&number, from, sizeof(number));
    return number;
  }

  void PlaceBlocks(std::size_t threads);
  void WriteBlock(absl::Span<const std::uint32_t> weights, const Layout& layout, Block* block);
  void WritePlaces(const Block& block, std::uint32_t first_rank, std::uint32_t last_rank, std::uint64_t* cursors,
                   std::uint32_t* places) const;

  const orders::BasketSet& baskets_;
  const PopularityRanks& ranks_;
  const bool buyers_repeat_;
  std::size_t header_words_ = (Layout::kHasWeight ? kNumberWords : 0) + 1;
  int length_bits_ = 0;  // of a place; see Index
  std::vector<Block> blocks_;
  HugeArray<Word> words_;
  HeadCounts<Layout> head_;
};

// The baskets of each rank of a range, but for those in which its product is the most popular one.
template <typename Word, typename Layout>
class RankedBaskets<Word, Layout>::Index {
 public:
  std::uint32_t rank_count() const { return static_cast<std::uint32_t>(firsts_.size() - 1); }
  // The i-th rank to go through.
  std::uint32_t rank(std::uint32_t i) const {
    return first_rank_ + (direction_ == Direction::kPopularFirst ? i : rank_count() - 1 - i);
  }

  std::size_t size(std::uint32_t rank) const { return first(rank, 1) - first(rank); }

  // Of the rank's i-th basket, in the order of the set (so buyers ascend).
  Prefix prefix(std::uint32_t rank, std::size_t i) const {
    const absl::Span<const Word> ranks = RanksAt(places_[first(rank) + i]);
    const Word* const mark = ranks.data() - 1;
    const std::uint32_t buyer = owner_->buyers_repeat_ ? LoadNumber(mark - kNumberWords) : 0;
    if constexpr (!Layout::kHasWeight) return {1, buyer, ranks};
    return {LoadNumber(mark - (owner_->header_words_ - 1)), buyer, ranks};
  }

  // Brings prefix(rank, i) into the cache; i may lie beyond the rank's last, which is then one of the next rank.
  // Inlined by force: GCC 12 takes a function that only prefetches for one without effect and leaves out its calls.
  __attribute__((always_inline)) void Prefetch(std::uint32_t rank, std::size_t i) const {
    const std::uint64_t position = first(rank) + i;
    if (position >= places_.size()) return;
    const std::uint32_t place = places_[position];
    const Word* const own = owner_->words_.data() + (place >> owner_->length_bits_);
    __builtin_prefetch(own);
    // The header; what lies between the two in a long basket the processor fetches by itself.
    __builtin_prefetch(own - (place & length_mask()) - owner_->header_words_);
  }

  // About how many additions counting the rank takes: the lengths of its prefixes, as far as places tell them.
  std::uint64_t additions(std::uint32_t rank) const {
    std::uint64_t sum = 0;
    for (std::uint64_t i = first(rank); i < first(rank, 1); ++i) sum += places_[i] & length_mask();
    return sum;
  }

 private:
  friend class RankedBaskets;
  // Where the places of the `skip`-th rank from `rank` on begin.
  std::uint64_t first(std::uint32_t rank, std::uint32_t skip = 0) const {
    const std::uint32_t offset = rank - first_rank_;
    return firsts_[(direction_ == Direction::kPopularFirst ? offset : rank_count() - 1 - offset) + skip];
  }
  std::uint32_t length_mask() const { return (std::uint32_t{1} << owner_->length_bits_) - 1; }
  absl::Span<const Word> RanksAt(std::uint32_t place) const {
    const Word* const own = owner_->words_.data() + (place >> owner_->length_bits_);
    std::size_t length = place & length_mask();
    if (length == length_mask()) {
      while (own[-1 - static_cast<std::ptrdiff_t>(length)] != kMark) ++length;
    }
    return absl::MakeConstSpan(own - length, length);
  }

  const RankedBaskets* owner_ = nullptr;
  Direction direction_ = Direction::kPopularFirst;
  std::uint32_t first_rank_ = 0;
  std::vector<std::uint64_t> firsts_;  // in the order of going through
  // Upper bits: the word that holds the rank itself. Lower bits (owner_->length_bits_): the length of the prefix before
  // it; all ones: that or more, to be found by walking back to the mark.
  HugeArray<std::uint32_t> places_;
};

extern template class RankedBaskets<std::uint16_t, SumLayout>;
extern template class RankedBaskets<std::uint32_t, SumLayout>;
extern template class RankedBaskets<std::uint16_t, UnitLayout>;
extern template class RankedBaskets<std::uint32_t, UnitLayout>;

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_RANKED_BASKETS_H_

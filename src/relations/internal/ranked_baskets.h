#ifndef AWASE_RELATIONS_INTERNAL_RANKED_BASKETS_H_
#define AWASE_RELATIONS_INTERNAL_RANKED_BASKETS_H_

// Baskets in the shape that counting pairs is fast on. Products get a rank by popularity (0 = most units), so that the
// counters that are touched most lie side by side; a basket's ranks ascend, so that "the more popular products of this
// basket" is a prefix; and all that a visit of a basket needs stands in one place, so that it costs one cache miss.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/huge_array.h"
#include "awase/base/product_index.h"
#include "awase/orders/baskets.h"

namespace awase::relations_internal {

// Products by falling number of baskets, ties by product.
struct PopularityRanks {
  std::vector<ProductIndex> product_of;  // by rank
  std::vector<std::uint32_t> rank_of;    // by product
  std::vector<std::uint32_t> units;      // by rank: in how many baskets it is
};
PopularityRanks RankByPopularity(const orders::BasketSet& baskets, std::size_t threads);

// The products of a basket that are more popular than one of it.
struct BasketPrefix {
  std::uint32_t weight;
  std::uint32_t buyer;                          // 0 where no buyer repeats
  absl::Span<const std::uint16_t> small_ranks;  // below 2^16, ascending
  const unsigned char* large_ranks;             // further ones, four bytes each, at any address
  std::size_t large_size;
};

// Immutable once built, then thread-safe. Memory: 2 bytes per line (4 for the products behind the 65,536 most popular)
// and 4 to 12 per basket; 8 more per line while an index of all ranks is alive.
class RankedBaskets {
 public:
  // `weights` has one element per basket. The set and the ranks are borrowed and outlive this object. Baskets with fewer
  // than two products are left out; none has kMaxBasketSize or more. O(lines · basket size), in steps of a vector for
  // baskets of usual sizes.
  RankedBaskets(const orders::BasketSet& baskets, const PopularityRanks& ranks, absl::Span<const std::uint32_t> weights,
                std::size_t threads);

  static constexpr std::uint64_t kMaxBasketSize = std::uint64_t{1} << 24;

  std::size_t product_count() const { return ranks_.units.size(); }
  // False when no buyer has two baskets: then the baskets of a pair are its buyers.
  bool buyers_repeat() const { return buyers_repeat_; }

  // The order in which the ranks of an index are gone through.
  enum class Direction { kPopularFirst, kRareFirst };

  // The baskets of each rank of a range, but for those in which its product is the most popular one.
  class Index {
   public:
    std::uint32_t first_rank() const { return first_rank_; }
    std::uint32_t rank_count() const { return static_cast<std::uint32_t>(firsts_.size() - 1); }
    // The i-th rank to go through.
    std::uint32_t rank(std::uint32_t i) const {
      return first_rank_ + (direction_ == Direction::kPopularFirst ? i : rank_count() - 1 - i);
    }

    std::size_t size(std::uint32_t rank) const { return first(rank, 1) - first(rank); }

    // Of the rank's i-th basket, in the order of the set (so buyers ascend).
    BasketPrefix prefix(std::uint32_t rank, std::size_t i) const {
      const std::uint64_t place = places_[first(rank) + i];
      return owner_->PrefixAt(place >> kLengthBits, place & kLengthMask, rank);
    }
    std::uint32_t buyer(std::uint32_t rank, std::size_t i) const {
      return owner_->BuyerAt(places_[first(rank) + i] >> kLengthBits);
    }

    // Brings prefix(rank, i) into the cache; i may lie beyond the rank's last, which is then one of the next rank.
    // Inlined by force: GCC 12 takes a function that only prefetches for one without effect and leaves out its calls.
    __attribute__((always_inline)) void Prefetch(std::uint32_t rank, std::size_t i) const {
      const std::uint64_t position = first(rank) + i;
      if (position >= places_.size()) return;
      const std::uint64_t place = places_[position];
      const std::uint16_t* record = owner_->words_.data() + (place >> kLengthBits);
      __builtin_prefetch(record);
      __builtin_prefetch(record + (place & kLengthMask));  // of a longer basket the processor fetches what is between
    }

    // Σ of the lengths of the rank's prefixes: the additions that counting it takes.
    std::uint64_t additions(std::uint32_t rank) const;

   private:
    friend class RankedBaskets;
    // Where the places of the `skip`-th rank from `rank` on begin.
    std::uint64_t first(std::uint32_t rank, std::uint32_t skip = 0) const {
      const std::uint32_t offset = rank - first_rank_;
      return firsts_[(direction_ == Direction::kPopularFirst ? offset : rank_count() - 1 - offset) + skip];
    }

    const RankedBaskets* owner_ = nullptr;
    Direction direction_ = Direction::kPopularFirst;
    std::uint32_t first_rank_ = 0;
    std::vector<std::uint64_t> firsts_;  // in the order of going through
    HugeArray<std::uint64_t> places_;    // word at which the record begins, then length of the prefix in kLengthBits
  };

  // Of the ranks [first_rank, last_rank). Refers to this object. O(lines).
  Index MakeIndex(std::uint32_t first_rank, std::uint32_t last_rank, Direction direction, std::size_t threads) const;

  // Ends of consecutive ranges of ranks whose indexes take at most `max_index_bytes` each: {product_count()} where one
  // range is enough. A rank that alone takes more gets a range of its own.
  std::vector<std::uint32_t> SplitRanks(std::uint64_t max_index_bytes) const;

 private:
  static constexpr int kLengthBits = 24;
  static constexpr std::uint64_t kLengthMask = kMaxBasketSize - 1;
  static constexpr std::uint32_t kSmallRanks = 1 << 16;

  // Consecutive baskets and their records: what one thread works on.
  struct Block {
    std::size_t first_basket;
    std::size_t last_basket;
    std::uint64_t first_word;
    std::vector<std::uint32_t> places;  // by rank: how many the index has of this block
  };

  static std::uint32_t Load(const std::uint16_t* from) {
    std::uint32_t value;
    std::memcpy(&value, from, sizeof(value));
    return value;
  }
  BasketPrefix PrefixAt(std::uint64_t word, std::uint64_t length, std::uint32_t rank) const {
    const std::uint16_t* const record = words_.data() + word;
    const std::uint16_t* const ranks = record + header_words_;
    BasketPrefix prefix{Load(record), buyers_repeat_ ? Load(record + 2) : 0, absl::MakeConstSpan(ranks, length), {}, 0};
    if (rank <= kSmallRanks) return prefix;
    const std::uint64_t small = Load(record + header_words_ - 2);
    prefix.small_ranks = absl::MakeConstSpan(ranks, std::min(small, length));
    prefix.large_ranks = reinterpret_cast<const unsigned char*>(ranks + small);
    prefix.large_size = length - prefix.small_ranks.size();
    return prefix;
  }
  std::uint32_t BuyerAt(std::uint64_t word) const { return Load(words_.data() + word + 2); }

  void PlaceBlocks(std::size_t threads);
  void WriteBlock(absl::Span<const std::uint32_t> weights, Block* block);
  std::uint16_t* WriteRecord(absl::Span<const std::uint32_t> sorted, std::uint32_t weight, std::uint32_t buyer,
                             std::uint16_t* to) const;
  void WritePlaces(const Block& block, std::uint32_t first_rank, std::uint32_t last_rank, std::uint64_t* cursors,
                   std::uint64_t* places) const;

  const orders::BasketSet& baskets_;
  const PopularityRanks& ranks_;
  bool buyers_repeat_ = false;
  std::size_t header_words_ = 2;  // weight; buyer where they repeat; number of small ranks where there are large ones
  std::vector<Block> blocks_;
  HugeArray<std::uint16_t> words_;
};

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_RANKED_BASKETS_H_

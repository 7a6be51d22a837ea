#ifndef AWASE_RELATIONS_INTERNAL_TOP_LISTS_H_
#define AWASE_RELATIONS_INTERNAL_TOP_LISTS_H_

// The best K others of every product, fed by many threads in any order.

#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"

namespace awase::relations_internal {

// A score and a product in one number whose order is that of lists: higher scores first, ties by product (the smaller
// one is the greater key). Keys of one list are distinct, so the best K do not depend on the order of the offers.
using RankingKey = std::uint64_t;

// REQUIRES: score ≥ 0 (the bits of such numbers are in the order of their values).
inline RankingKey MakeKey(float score, ProductIndex other) {
  return RankingKey{std::bit_cast<std::uint32_t>(score)} << 32 | ~static_cast<std::uint32_t>(other);
}

// The score in a key. Two keys compare as their scores do, unless those are equal.
inline float ScoreOf(RankingKey key) { return std::bit_cast<float>(static_cast<std::uint32_t>(key >> 32)); }

struct Candidate {
  RankingKey key;
  std::uint32_t units;
  std::uint32_t buyers;

  float score() const { return ScoreOf(key); }
  ProductIndex other() const { return ProductIndex{~static_cast<std::uint32_t>(key)}; }
};

// The best K of what it is offered. Keeps up to twice as many and throws the worse away when it is full, which costs a
// few comparisons without branches per offer where a heap would take log K steps with one each. Memory: 16 bytes per
// candidate kept. thread-compatible.
class TopList {
 public:
  // A key must be greater to be among the best K; 0 until that is known.
  RankingKey bar() const { return bar_; }

  void Offer(const Candidate& candidate, std::size_t k) {
    if (candidate.key <= bar_) return;
    if (size_ == capacity_) MakeRoom(k);
    candidates_[size_++] = candidate;
  }

  // Where the next candidate is written, if that is not full.
  const Candidate* room() const { return candidates_.get() + size_; }

  // Of all that is kept; the best K are among it.
  absl::Span<const Candidate> candidates() const { return absl::MakeConstSpan(candidates_.get(), size_); }

  // Leaves the best K, best first.
  void Sort(std::size_t k);
  // Empties the list, of which it is known that what is up to `bar` is not among the best K. Keeps the memory.
  void Clear(RankingKey bar = 0);

 private:
  void MakeRoom(std::size_t k);
  void CutTo(std::size_t k, std::size_t most);

  std::unique_ptr<Candidate[]> candidates_;
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 0;
  RankingKey bar_ = 0;
};

// One TopList per product, for threads that offer to any of them at any time. What cannot enter a list any more is
// turned away without a lock, and a lock is held for some instructions: no thread waits long for another.
class TopLists {
 public:
  // REQUIRES: 1 ≤ k < 2^30. Without `is_shared` nothing is locked: for one thread alone.
  TopLists(std::size_t lists, std::size_t k, bool is_shared)
      : k_(k), is_shared_(is_shared), lists_(lists), hints_(lists) {}

  // A key must be greater to be among the list's best K. That of a moment ago, which may be too low. thread-safe.
  RankingKey bar(std::size_t list) const { return hints_[list].bar.load(std::memory_order_relaxed); }

  // thread-safe.
  void Offer(std::size_t list, absl::Span<const Candidate> candidates);

  // Brings what an Offer touches into the cache. thread-safe. Inlined by force: see RankedBaskets::Index::Prefetch.
  __attribute__((always_inline)) void Prefetch(std::size_t list) const {
    __builtin_prefetch(&lists_[list], 1);
    __builtin_prefetch(hints_[list].room.load(std::memory_order_relaxed), 1);
  }

  // The best K, best first; theirs until Free. Lists are independent of each other; REQUIRES: no Offer at the same
  // time.
  absl::Span<const Candidate> Sort(std::size_t list);
  void Free(std::size_t list) { lists_[list].top = TopList(); }

 private:
  struct List {
    TopList top;
    std::atomic<bool> is_locked{false};
  };
  // What is known of a list without its lock, as it was after the last Offer.
  struct Hint {
    std::atomic<RankingKey> bar{0};
    std::atomic<const Candidate*> room{nullptr};  // where the next candidate is written; only ever prefetched
  };

  const std::size_t k_;
  const bool is_shared_;
  std::vector<List> lists_;
  std::vector<Hint> hints_;  // by list
};

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_TOP_LISTS_H_

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

struct Candidate {
  RankingKey key;
  std::uint32_t units;
  std::uint32_t buyers;

  float score() const { return std::bit_cast<float>(static_cast<std::uint32_t>(key >> 32)); }
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

  // Of all that is kept; the best K are among it.
  absl::Span<const Candidate> candidates() const { return absl::MakeConstSpan(candidates_.get(), size_); }

  // Leaves the best K, best first.
  void Sort(std::size_t k);
  // Keeps the memory.
  void Clear();

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
      : k_(k), is_shared_(is_shared), lists_(lists), bars_(lists) {}

  // False when the key is certainly not among the list's best K. thread-safe.
  bool MayEnter(std::size_t list, RankingKey key) const { return key > bars_[list].load(std::memory_order_relaxed); }

  // thread-safe.
  void Offer(std::size_t list, absl::Span<const Candidate> candidates);

  // Brings the list into the cache before an Offer. Inlined by force: see RankedBaskets::Index::Prefetch.
  __attribute__((always_inline)) void Prefetch(std::size_t list) const { __builtin_prefetch(&lists_[list], 1); }

  // The best K, best first; theirs until Free. Lists are independent of each other; REQUIRES: no Offer at the same
  // time.
  absl::Span<const Candidate> Sort(std::size_t list);
  void Free(std::size_t list) { lists_[list].top = TopList(); }

 private:
  struct List {
    TopList top;
    std::atomic<bool> is_locked{false};
  };

  const std::size_t k_;
  const bool is_shared_;
  std::vector<List> lists_;
  std::vector<std::atomic<RankingKey>> bars_;  // of the lists, or what they were a moment ago
};

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_TOP_LISTS_H_

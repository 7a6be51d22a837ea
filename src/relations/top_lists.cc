#include "relations/internal/top_lists.h"

#include <algorithm>
#include <thread>

namespace awase::relations_internal {
namespace {

constexpr std::size_t kFirstCapacity = 8;  // most products of a large shop have few partners
constexpr std::size_t kGrowth = 8;         // … and what has more than these mostly has many
constexpr std::size_t kLeastSpare = 16;

// Moves the candidates above `pivot` to the front and returns how many those are. Each step swaps, whether it has to or
// not: a branch would be mispredicted every other time.
std::size_t Partition(Candidate* candidates, std::size_t size, RankingKey pivot) {
  std::size_t above = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const Candidate candidate = candidates[i];
    candidates[i] = candidates[above];
    candidates[above] = candidate;
    above += candidate.key > pivot ? 1 : 0;
  }
  return above;
}

// Holds the lock of a list, for some instructions.
class SpinLock {
 public:
  // Null: there is nothing to lock.
  explicit SpinLock(std::atomic<bool>* is_locked) : is_locked_(is_locked) {
    if (is_locked_ == nullptr) return;
    while (is_locked_->exchange(true, std::memory_order_acquire)) {
      while (is_locked_->load(std::memory_order_relaxed)) std::this_thread::yield();
    }
  }
  ~SpinLock() {
    if (is_locked_ != nullptr) is_locked_->store(false, std::memory_order_release);
  }
  SpinLock(const SpinLock&) = delete;
  SpinLock& operator=(const SpinLock&) = delete;

 private:
  std::atomic<bool>* const is_locked_;
};

RankingKey MedianOfThree(RankingKey a, RankingKey b, RankingKey c) {
  return std::max(std::min(a, b), std::min(std::max(a, b), c));
}

}  // namespace

void TopList::MakeRoom(std::size_t k) {
  const std::size_t most = k + std::max(k, kLeastSpare);
  if (capacity_ == most) return CutTo(k, k + std::max(k, kLeastSpare) / 4);
  const std::size_t capacity = std::min(most, std::max<std::size_t>(kFirstCapacity, kGrowth * capacity_));
  auto larger = std::make_unique_for_overwrite<Candidate[]>(capacity);
  std::copy_n(candidates_.get(), size_, larger.get());
  candidates_ = std::move(larger);
  capacity_ = static_cast<std::uint32_t>(capacity);
}

// Leaves at least the best `k`, and at most `most`: quickselect that stops early.
void TopList::CutTo(std::size_t k, std::size_t most) {
  std::size_t first = 0;     // what is before is among the best k
  std::size_t last = size_;  // what is behind is not
  while (last > most) {
    Candidate* const at = candidates_.get() + first;
    const std::size_t size = last - first;
    // Above the median of three distinct keys there is one at least, and two are not.
    const RankingKey pivot = MedianOfThree(at[0].key, at[size / 2].key, at[size - 1].key);
    const std::size_t middle = first + Partition(at, size, pivot);
    if (middle >= k) {
      last = middle;
      bar_ = pivot;
    } else {
      first = middle;
    }
  }
  size_ = static_cast<std::uint32_t>(last);
}

void TopList::Sort(std::size_t k) {
  Candidate* const first = candidates_.get();
  std::sort(first, first + size_, [](const Candidate& a, const Candidate& b) { return a.key > b.key; });
  size_ = static_cast<std::uint32_t>(std::min<std::size_t>(size_, k));
}

void TopList::Clear(RankingKey bar) {
  size_ = 0;
  bar_ = bar;
}

void TopLists::Offer(std::size_t list, absl::Span<const Candidate> candidates) {
  List& to = lists_[list];
  const SpinLock lock(is_shared_ ? &to.is_locked : nullptr);  // a list that grows may throw std::bad_alloc
  for (const Candidate& candidate : candidates) to.top.Offer(candidate, k_);
  hints_[list].bar.store(to.top.bar(), std::memory_order_relaxed);
  hints_[list].room.store(to.top.room(), std::memory_order_relaxed);
}

absl::Span<const Candidate> TopLists::Sort(std::size_t list) {
  lists_[list].top.Sort(k_);
  return lists_[list].top.candidates();
}

}  // namespace awase::relations_internal

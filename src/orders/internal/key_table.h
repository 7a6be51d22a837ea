#ifndef AWASE_ORDERS_INTERNAL_KEY_TABLE_H_
#define AWASE_ORDERS_INTERNAL_KEY_TABLE_H_

// Hash keys → dense numbers in order of first appearance.

#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"
#include "awase/orders/order_log.h"
#include "awase/orders/unfilled_vector.h"

namespace awase::orders_internal {

// Open addressing over slots of eight bytes, with half of the hash in them: a search touches one cache line of slots and
// then the key, nothing else. single-thread.
class KeyTable {
 public:
  KeyTable() : slots_(kFirstSlots, Slot{}) {}

  // A key's number; a new key gets size().
  std::uint32_t FindOrAdd(const orders::IdKey& key) {
    const auto tag = static_cast<std::uint32_t>(key.high);
    for (std::size_t i = key.low & mask_;; i = (i + 1) & mask_) {
      const Slot slot = slots_[i];
      if (slot.next_number == 0) return Add(key, i);
      if (slot.tag == tag && keys_[slot.next_number - 1] == key) return slot.next_number - 1;
    }
  }

  // A key's number, or kNotFound.
  std::uint32_t Find(const orders::IdKey& key) const {
    const auto tag = static_cast<std::uint32_t>(key.high);
    for (std::size_t i = key.low & mask_;; i = (i + 1) & mask_) {
      const Slot slot = slots_[i];
      if (slot.next_number == 0) return kNotFound;
      if (slot.tag == tag && keys_[slot.next_number - 1] == key) return slot.next_number - 1;
    }
  }
  static constexpr std::uint32_t kNotFound = 0xFFFFFFFF;

  // Where FindOrAdd will look first and, once that is in the cache, then: for __builtin_prefetch. (A function that does
  // nothing but prefetch is taken for one without effect, and its calls are left out.)
  const void* SlotPlace(const orders::IdKey& key) const { return &slots_[key.low & mask_]; }
  const void* KeyPlace(const orders::IdKey& key) const {
    const std::uint32_t next_number = slots_[key.low & mask_].next_number;
    return keys_.data() + next_number - (next_number > 0 ? 1 : 0);
  }

  std::size_t size() const { return keys_.size(); }

  // By number; stays until a key is added.
  absl::Span<const orders::IdKey> keys() const { return keys_; }

  // Leaves nothing but the keys: nothing can be found or added any more.
  void EndSearching() { orders::ReleaseMemory(&slots_); }

 private:
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t next_number = 0;  // the number + 1; 0 = free
  };
  static constexpr std::size_t kFirstSlots = 1024;

  std::uint32_t Add(const orders::IdKey& key, std::size_t slot);
  void Grow();

  orders::UnfilledVector<Slot> slots_;
  std::size_t mask_ = kFirstSlots - 1;
  orders::UnfilledVector<orders::IdKey> keys_;
};

}  // namespace awase::orders_internal

#endif  // AWASE_ORDERS_INTERNAL_KEY_TABLE_H_

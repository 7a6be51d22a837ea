#ifndef AWASE_ORDERS_INTERNAL_KEY_TABLE_H_
#define AWASE_ORDERS_INTERNAL_KEY_TABLE_H_

// Hash keys → dense numbers in order of first appearance.

#include <cstddef>
#include <cstdint>

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

  std::size_t size() const { return keys_.size(); }

  // Leaves the table empty and without memory.
  orders::UnfilledVector<orders::IdKey> TakeKeys();

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

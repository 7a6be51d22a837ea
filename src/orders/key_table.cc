#include "orders/internal/key_table.h"

namespace awase::orders_internal {

std::uint32_t KeyTable::Add(const orders::IdKey& key, std::size_t slot) {
  const auto number = static_cast<std::uint32_t>(keys_.size());
  keys_.push_back(key);
  slots_[slot] = {static_cast<std::uint32_t>(key.high), number + 1};
  if (keys_.size() > slots_.size() / 8 * 5) Grow();  // linear probing gets long beyond that
  return number;
}

void KeyTable::Grow() {
  const std::size_t size = slots_.size() * 2;
  orders::ReleaseMemory(&slots_);  // first, so that the two are not there at the same time
  slots_.assign(size, Slot{});
  mask_ = size - 1;
  for (std::size_t number = 0; number < keys_.size(); ++number) {
    std::size_t i = keys_[number].low & mask_;
    while (slots_[i].next_number != 0) i = (i + 1) & mask_;
    slots_[i] = {static_cast<std::uint32_t>(keys_[number].high), static_cast<std::uint32_t>(number + 1)};
  }
}

}  // namespace awase::orders_internal

#ifndef AWASE_LIVE_LIVE_ENTRY_H_
#define AWASE_LIVE_LIVE_ENTRY_H_

// What is held of one product, and how an update changes it.

#include <cstdint>
#include <optional>

#include "awase/base/money.h"
#include "awase/live/live_table.h"
#include "awase/live/product_update.h"

namespace awase::live {

// Whoever changes a field with the largest number decides it: whatever the order in which updates with distinct numbers
// arrive, the same is left in the end. A reset without a number begins anew: numbers are forgotten with the values.
template <typename Value>
struct LiveField {
  std::optional<Value> value;  // nothing = as the model says
  std::uint64_t sequence = 0;  // of the last update with a number; 0 = there was none

  bool is_blank() const { return !value.has_value() && sequence == 0; }

  friend bool operator==(const LiveField&, const LiveField&) = default;
};

struct LiveEntry {
  LiveField<Money> price;
  LiveField<std::int64_t> stock;
  LiveField<bool> visible;

  LiveValues values() const { return {price.value, stock.value, visible.value}; }
  // Whether there is nothing to remember.
  bool is_blank() const { return price.is_blank() && stock.is_blank() && visible.is_blank(); }

  friend bool operator==(const LiveEntry&, const LiveEntry&) = default;
};

// False when the update comes too late for every field that it speaks of.
bool Apply(const ProductUpdate& update, LiveEntry& entry);

}  // namespace awase::live

#endif  // AWASE_LIVE_LIVE_ENTRY_H_

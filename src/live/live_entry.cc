#include "live/live_entry.h"

#include <algorithm>

namespace awase::live {
namespace {

template <typename Value>
bool ApplyField(const ProductUpdate& update, const std::optional<Value>& set, LiveField<Value>& field) {
  if (!set.has_value() && !update.reset) return false;
  if (update.sequence != 0 && update.sequence <= field.sequence) return false;
  field.value = set;
  field.sequence = std::max(field.sequence, update.sequence);
  return true;
}

}  // namespace

bool Apply(const ProductUpdate& update, LiveEntry& entry) {
  const bool forgets = update.reset && update.sequence == 0;
  if (forgets) entry = LiveEntry();
  const bool price = ApplyField(update, update.set.price, entry.price);
  const bool stock = ApplyField(update, update.set.stock, entry.stock);
  const bool visible = ApplyField(update, update.set.visible, entry.visible);
  return price || stock || visible;
}

}  // namespace awase::live

#ifndef AWASE_LIVE_PRODUCT_UPDATE_H_
#define AWASE_LIVE_PRODUCT_UPDATE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "awase/live/live_table.h"

namespace awase::live {

// The longest product id, as in requests.
inline constexpr std::size_t kMaxProductIdBytes = 10'240;
// Of one call.
inline constexpr std::size_t kMaxUpdates = 100'000;

// What a feed says of one product: some of its fields, all others are left as they are.
struct ProductUpdate {
  std::string product_id;  // 1 to kMaxProductIdBytes, byte for byte as in the catalogue

  // The feed's own order, for each field of each product: an update changes a field only if its number is larger than
  // that of the update that changed this field last. Late and repeated updates so do no harm, and fields may come from
  // feeds that count apart. 0 = without a number: it counts as the newest, in the order of arrival, and leaves the
  // number of the field as it is.
  std::uint64_t sequence = 0;

  // All fields that `set` does not name are again as the model says. Without a number all that is held of the product
  // is forgotten before, its numbers too: what comes after it counts, whatever its number. This is the way out where a
  // feed has sent numbers that are too large, or a product is gone for good.
  bool reset = false;

  LiveValues set;
};

struct UpdateFault {
  std::size_t index;    // among the updates
  std::string message;  // "updates[3].stock: -1 is no stock: want 0 or more"
};

// Of a call with so many updates: that they are more than kMaxUpdates, or none.
std::vector<UpdateFault> FindFaultOfCount(std::size_t updates);

// Everything that is wrong with the updates, in their order: ids, negative prices and stocks, updates that say nothing.
// Of more than kMaxUpdates only that.
std::vector<UpdateFault> FindFaults(absl::Span<const ProductUpdate> updates);

// kInvalidArgument with the first faults and the number of the others; OK when there is none.
absl::Status StatusOf(absl::Span<const UpdateFault> faults);

}  // namespace awase::live

#endif  // AWASE_LIVE_PRODUCT_UPDATE_H_

#ifndef AWASE_WHATIF_INTERNAL_TALLY_H_
#define AWASE_WHATIF_INTERNAL_TALLY_H_

// What is counted over a run of requests. Tallies of neighbouring runs are added up in the order of the requests, so
// that sums of fractions, too, are the same for any number of threads.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "awase/base/product_index.h"
#include "awase/whatif/compare.h"

namespace awase::whatif {

// A request whose slot differs, and what it weighs.
struct Example {
  std::size_t request = 0;
  std::uint32_t weight = 1;
};

// Differences of one kind: the same placement and slot, the same rules behind them, the same ways of differing.
struct DifferenceGroup {
  std::string slot;                     // empty for the cart
  std::optional<std::size_t> position;  // of the slot in the answers; nothing for the cart
  Change<std::vector<std::string>> rule_ids;
  std::uint64_t alike = 0;
  std::uint64_t weight = 0;
  std::vector<Example> best;  // heaviest first, ties by request; at most as many as are shown in all
};

using GroupsByKey = std::map<std::string, DifferenceGroup>;

// single-thread.
struct Tally {
  // Its counts, value, offers and rules; what is below is still missing in it.
  Comparison counts;
  std::map<std::pair<std::string, std::string>, SlotChange> slots;  // by placement and slot
  absl::flat_hash_map<ProductIndex, ProductChange> products;
  GroupsByKey groups;

  // Adds what was counted over the requests that come next. `top`: how many examples are kept of a group.
  void Add(const Tally& next, std::size_t top);

  // The whole comparison but for its differences.
  Comparison Finish() &&;
};

// Puts an example in its place.
void AddExample(const Example& example, std::size_t top, std::vector<Example>& best);

}  // namespace awase::whatif

#endif  // AWASE_WHATIF_INTERNAL_TALLY_H_

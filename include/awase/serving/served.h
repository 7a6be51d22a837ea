#ifndef AWASE_SERVING_SERVED_H_
#define AWASE_SERVING_SERVED_H_

#include <cstdint>
#include <memory>

#include "absl/strings/string_view.h"
#include "awase/engine/recommend.h"

namespace awase::serving {

// What answers at one moment: the active version and, where one is tried out, the canary, both with the same rules and
// live values. Immutable in a SnapshotHolder.
struct Served {
  std::shared_ptr<const engine::Snapshot> active;  // never null
  std::shared_ptr<const engine::Snapshot> canary;  // null: there is none
  std::uint32_t canary_share_basis_points = 0;     // of the customers, 1 to artefact::kWholeShare with a canary

  // Whether the canary answers to the customer, of whom the session speaks where `customer_id` is empty; without either
  // it does not. The same customers each time, on every server: those that a growing share had stay in it, and another
  // version has others (docs/operations.md#canary). O(length of the ids).
  bool IsForCanary(absl::string_view customer_id, absl::string_view session_id) const;
};

}  // namespace awase::serving

#endif  // AWASE_SERVING_SERVED_H_

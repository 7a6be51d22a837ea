#ifndef AWASE_LADDER_BEHAVIOUR_H_
#define AWASE_LADDER_BEHAVIOUR_H_

// What customers did, as far as ladders want to know it. Counting it is the caller's business: ladders know no orders.

#include <cstdint>
#include <functional>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"

namespace awase::ladder {

// Two roots of one family, the cheaper one first.
struct Step {
  ProductIndex cheap;
  ProductIndex dear;

  friend bool operator==(const Step&, const Step&) = default;
  friend auto operator<=>(const Step&, const Step&) = default;
};

// Distinct customers who moved along a step one way and never the other way, in whatever way: each counts once, so
// that the sums are of distinct customers. See RungEvidence for the names.
struct MoveCounts {
  std::uint32_t upgrades = 0;
  std::uint32_t downgrades = 0;
  std::uint32_t switches_up = 0;
  std::uint32_t switches_down = 0;

  std::uint32_t up() const { return upgrades + switches_up; }
  std::uint32_t down() const { return downgrades + switches_down; }
  friend bool operator==(const MoveCounts&, const MoveCounts&) = default;
};

// How often a root was bought and sent back.
struct ReturnCount {
  std::uint32_t purchases = 0;
  std::uint32_t buyers = 0;     // distinct customers who bought it
  std::uint32_t returned = 0;   // of those
  std::uint32_t returners = 0;  // distinct customers who sent it back
};

// Spans are borrowed for the call of BuildLadders.
struct Behaviour {
  absl::Span<const std::uint32_t> popularity = {};  // per product: in how many orders it was
  absl::Span<const ReturnCount> returns = {};       // per root; empty: not known
  // The counts of each of `steps`, which are distinct. Empty: nothing is known of moves. Asked at most
  // twice: for the candidates, and for the second rungs.
  std::function<std::vector<MoveCounts>(absl::Span<const Step> steps)> count_moves = nullptr;
};

}  // namespace awase::ladder

#endif  // AWASE_LADDER_BEHAVIOUR_H_

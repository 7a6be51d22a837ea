#ifndef AWASE_RELATIONS_BUILD_RELATION_H_
#define AWASE_RELATIONS_BUILD_RELATION_H_

// Counts co-purchases, ranks each product's neighbours and marks claims, without ever holding the full matrix.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awase/orders/baskets.h"
#include "awase/relations/relation.h"

namespace awase::relations {

// The power family: score(i, j) = Σ over the units with i and j of |b|^−γ · w(age), divided by n_j^β. w(age) is
// 2^(−age / half-life), and with a season weight what is said in age_weight.h.
// What each setting does, and why these defaults: docs/relevance.md.
struct RankingOptions {
  double basket_size_exponent = 0.5;  // γ ≥ 0: how much less a large basket says about each of its pairs
  double half_life_days = 240;        // a unit this much older than the newest counts half; 0 = age does not matter
  double popularity_exponent = 0;     // β in [0, 1]: 0 ranks by evidence alone, 1 forgets popularity
  // s in [0, 100]: a unit of this season of an earlier year counts as much as s of now; nothing where HasEarlierSeason
  // (season.h) is false. 0 = a season is nothing.
  double season_weight = 0;
};

// When a pair may be said to people ("frequently bought together").
struct ClaimOptions {
  std::uint32_t min_units = 12;        // orders (or customers) with both; why 12: docs/adr/0002-what-may-be-claimed.md
  std::uint32_t min_buyers = 5;        // distinct buyers with both: one fan's hundred orders are not a hundred people
  double false_discovery_rate = 0.05;  // over all pairs whose products both reach min_units
  double min_lift_low = 1;             // lower bound of lift against the null that knows basket sizes
  // Of what earlier periods claim, the share that must hold in later ones; 0 = not looked at. See KeepLastingClaims.
  double min_share_held = 0.97;
};

struct RelationOptions {
  // Behaviour.
  RelationKind kind = RelationKind::kBoughtTogether;
  RankingOptions ranking;
  ClaimOptions claims;
  std::size_t top_k = 64;        // longest list kept, in [1, 2^30)
  std::uint32_t min_buyers = 2;  // pairs of fewer distinct buyers are left out of the lists: nobody can be singled out
  // Performance only: the result is the same bytes for any number.
  std::size_t threads = 1;
  // What the index of products to baskets may take (4 bytes a line, but for those of the 256 most popular products);
  // counting goes in passes over ranges of products where that is not enough. Each pass reads all baskets once more.
  std::uint64_t max_index_bytes = std::numeric_limits<std::uint64_t>::max();
  // Called from time to time, by one thread at a time; either may be empty. Progress is the share counted in [0, 1]: it
  // never falls, and ends at 1. cancelled returning true ends the build with kCancelled.
  std::function<void(double)> progress;
  std::function<bool()> cancelled;
};

// kInvalidArgument, naming the option and its range, when BuildRelation would refuse `options`.
absl::Status CheckRelationOptions(const RelationOptions& options);

// How long the parts of a build took.
struct RelationTimings {
  // From baskets to chosen candidates: weighing, relabelling, transposing, counting, choosing.
  double count_seconds = 0;
  double rank_seconds = 0;  // from candidates to lists in order, with evidence
};

// kFailedPrecondition for a basket set too large for its integers (2^32 − 1 for lines + 3 · units, 2^28 − 1 units with
// the second most popular product), the errors of CheckRelationOptions, kResourceExhausted without memory, kCancelled.
// `timings` may be null. Cost: Σ |b| (|b| − 1) / 2 additions.
// Memory in bytes, at most, beside the result (W = 2, or 4 for more than 65,535 products or close to 2^32 lines):
//   per line     W, and 4 in the index (max_index_bytes)
//   per unit     12 + W
//   per product  78 for ranks, bars and lists, and 32 · max(top_k, 16) for what is in the lists
//   per thread   36 per product; and where it has a piece of the baskets to bring into shape (of 65,536 lines or more)
//                another 12 per product and ½ MiB (¼ MiB where no buyer repeats)
absl::StatusOr<Relation> BuildRelation(const orders::BasketSet& baskets, const RelationOptions& options,
                                       RelationTimings* timings = nullptr);

}  // namespace awase::relations

#endif  // AWASE_RELATIONS_BUILD_RELATION_H_

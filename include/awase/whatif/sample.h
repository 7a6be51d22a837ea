#ifndef AWASE_WHATIF_SAMPLE_H_
#define AWASE_WHATIF_SAMPLE_H_

// Requests to compare rule sets on where none were recorded.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/time/time.h"
#include "awase/engine/recommend.h"
#include "awase/whatif/compare.h"

namespace awase::whatif {

struct SampleOptions {
  std::size_t size = 20'000;  // more where rules name more products than that
  std::uint64_t seed = 1;
  absl::Time now;  // the time of requests to which no rule says anything about time
};

// Requests of five strata:
//   named               every product that a rule of either set names: once now, or when its rule begins, and further
//                       times (up to half of the sample) on the rule's placements and at its moments: now and, where
//                       they are still to come, `from`, `until`, and a second before each of the two
//   head, middle, tail  visible products by orders: those that make up the first third of them all (each order counted
//                       for each of its products), the second and the last
//   without lists       visible products for which bought_together and also_bought have no list
// The last four share what is left in equal parts; a stratum has each product as often as any other, give or take one.
// About half of their requests are product pages. The others are spread over all other placements of the snapshots, the
// shop's own among them: carts and check-outs with one of the products that were bought with it; of plans (products
// with a subscription interval) those that advise plans, which other products have only where a rule names the
// placement. About one in four of these requests is at a moment of a rule, the others are now.
//
// A request weighs the orders of its stratum over the requests of the stratum, at least 1: so the strata are as large
// as among the orders.
//
// Where plans are advised the customer of a plan subscribes to it, with one seat: it renews, and where a trial ends,
// that ends, in so many days as rules ask for, or in two weeks; half of these customers have used a part of each limit
// that rules ask for, or a half, nine tenths or five quarters. Nothing else is said of the customer, the channel or the
// session: rules that ask for these do not fire.
//
// The same arguments give the same requests. O(products · log products + size).
//
// REQUIRES: both snapshots are of the same model and placements (Snapshot::WithRules).
std::vector<ReplayedRequest> GenerateSample(const engine::Snapshot& before, const engine::Snapshot& after,
                                            const SampleOptions& options);

}  // namespace awase::whatif

#endif  // AWASE_WHATIF_SAMPLE_H_

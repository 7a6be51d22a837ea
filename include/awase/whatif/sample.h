#ifndef AWASE_WHATIF_SAMPLE_H_
#define AWASE_WHATIF_SAMPLE_H_

// Requests to compare rule sets on where none were recorded.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/time/time.h"
#include "awase/artefact/model.h"
#include "awase/rules/rule_set.h"
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
// About half of their requests are product pages. The others are carts and check-outs, with one of the products that
// were bought with it, pages after a purchase and mails; of plans (products with a subscription interval) they are
// those of the plans' placements. About one in four of these requests is at a moment of a rule, the others are now.
//
// A request weighs the orders of its stratum over the requests of the stratum, at least 1: so the strata are as large
// as among the orders.
//
// Nothing is said of the customer, the channel or the session: rules that ask for these do not fire.
//
// The same arguments give the same requests. O(products · log products + size).
std::vector<ReplayedRequest> GenerateSample(const artefact::Model& model, const rules::RuleSet& before,
                                            const rules::RuleSet& after, const SampleOptions& options);

}  // namespace awase::whatif

#endif  // AWASE_WHATIF_SAMPLE_H_

#ifndef AWASE_PLANS_INTERNAL_CHOICES_H_
#define AWASE_PLANS_INTERNAL_CHOICES_H_

// What of one plan a customer could subscribe to.

#include <vector>

#include "awase/plans/cost.h"
#include "awase/plans/fit_plan.h"
#include "awase/plans/plan_book.h"
#include "plans/internal/need.h"

namespace awase::plans_internal {

// By product, as a configuration has them.
void SortOptions(plans::Configuration* configuration);

// The plan with the options that are wanted for themselves, as far as it does not include them, and with each sensible
// choice of those for capacity: every set of them, or where the plan has more than six LikelySets. As many seats as are
// needed where anything is paid per seat, else one. Nothing when an option that is wanted cannot be had. O(that of
// LikelySets), whatever options other plans have.
std::vector<plans::Configuration> ChoicesOf(const plans::PlanBook& book, const plans::Subscription& subscription,
                                            const plans::Plan& plan, const Need& need);

}  // namespace awase::plans_internal

#endif  // AWASE_PLANS_INTERNAL_CHOICES_H_

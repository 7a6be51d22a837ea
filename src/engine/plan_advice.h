#ifndef AWASE_ENGINE_PLAN_ADVICE_H_
#define AWASE_ENGINE_PLAN_ADVICE_H_

// Part of stage 1: which plan fits the customer of the request.

#include <vector>

#include "absl/types/span.h"
#include "awase/artefact/model.h"
#include "awase/base/product_index.h"
#include "awase/plans/plan_book.h"
#include "context.h"
#include "resolver.h"

namespace awase::engine {

// The products of the model that say what plans say, those with faults among them. O(attributes of all products).
std::vector<ProductIndex> PlanProductsOf(const artefact::Model& model);

// All plans and options of the model. REQUIRES: plan_products are PlanProductsOf it. O(n log n).
plans::PlanBook PlansOf(const artefact::Model& model, absl::Span<const ProductIndex> plan_products);

// Fills in context.plan_fit (or plan_problem) where the placement advises plans, the subscription's product (else the
// page's) is a plan, and the request has usage or options. At the end of a trial nothing is too early: no cool-down.
void AdvisePlan(Context& context, Resolver& resolver);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_PLAN_ADVICE_H_

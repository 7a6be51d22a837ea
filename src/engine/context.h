#ifndef AWASE_ENGINE_CONTEXT_H_
#define AWASE_ENGINE_CONTEXT_H_

// Stage 1: the request with its ids resolved, once.

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/time/time.h"
#include "awase/artefact/model.h"
#include "awase/base/money.h"
#include "awase/base/product_index.h"
#include "awase/engine/recommend.h"
#include "awase/engine/request.h"
#include "awase/plans/fit_plan.h"
#include "placements.h"
#include "reason_texts.h"

namespace awase::engine {

// Roots, for "the product or a variant of it". Usually a handful, at most kMaxOwnedIds; no memory for a handful.
class RootSet {
 public:
  void Add(ProductIndex root) { roots_.push_back(root); }
  // REQUIRES: called after the last Add and before the first Contains.
  void Seal() {
    std::sort(roots_.begin(), roots_.end());
    roots_.erase(std::unique(roots_.begin(), roots_.end()), roots_.end());
  }
  bool Contains(ProductIndex root) const { return std::binary_search(roots_.begin(), roots_.end(), root); }

 private:
  absl::InlinedVector<ProductIndex, 8> roots_;
};

// Everything the later stages read. single-thread; borrows snapshot and request.
struct Context {
  const Snapshot& snapshot;
  const artefact::Model& model;
  const Request& request;
  const Placement& placement;
  absl::Time now;

  // The products that bring candidates: the anchors, and after them the cart's where the placement lets the cart speak.
  // Known ones only, distinct, in the request's order.
  absl::InlinedVector<ProductIndex, 4> seeds;
  // The first of product_ids, when the model knows it; else kNoProduct. Sets and rungs are about this product.
  ProductIndex page_product = kNoProduct;
  RootSet seed_roots;
  RootSet cart_roots;
  RootSet owned_roots;
  RootSet shown_roots;                                    // named by the caller
  absl::InlinedVector<artefact::StringId, 4> seed_types;  // product types of the seeds, where given; distinct

  // The request's, else the first seed's that has a price. Nothing = no prices to compare with.
  std::optional<CurrencyCode> currency;

  Language language = Language::kEnglish;  // of all sentences for customers

  // Which plan fits, where the placement advises plans, the customer has one and usage or options are given.
  std::optional<plans::Fit> plan_fit;

  // What a step up or down starts from: the customer's plan where one is advised, else the page's product.
  ProductIndex step_from() const { return plan_fit.has_value() ? plan_fit->now.plan->product : page_product; }

  // Roots offered in earlier slots of this answer (stage 9 adds them).
  absl::InlinedVector<ProductIndex, 16> offered_roots;
};

// Ids of product_ids, cart and already_shown_ids that the model does not know are added to `missing_ids`, each once.
// REQUIRES: CheckRequest(request) is OK. O(ids · log products).
Context ResolveContext(const Snapshot& snapshot, const Request& request, absl::Time now,
                       std::vector<std::string>& missing_ids);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_CONTEXT_H_

#ifndef AWASE_ENGINE_CONTEXT_H_
#define AWASE_ENGINE_CONTEXT_H_

// Stage 1: the request with its ids resolved, once.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "awase/artefact/model.h"
#include "awase/base/money.h"
#include "awase/base/product_index.h"
#include "awase/engine/placements.h"
#include "awase/engine/recommend.h"
#include "awase/engine/request.h"
#include "awase/plans/fit_plan.h"
#include "condition_index.h"
#include "condition_memo.h"
#include "customer_caps.h"
#include "intent_gates.h"
#include "reason_texts.h"
#include "selection_rules.h"
#include "stop_rules.h"

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

struct BoundCap;
struct BoundPin;

// A line of the cart whose product the model knows.
struct KnownCartLine {
  ProductIndex product;
  std::int64_t quantity;
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
  std::size_t anchor_count = 0;  // of the seeds, the first ones: those of product_ids
  absl::Span<const ProductIndex> anchors() const { return absl::MakeConstSpan(seeds).first(anchor_count); }
  // The first of product_ids, when the model knows it; else kNoProduct. Sets and rungs are about this product.
  ProductIndex page_product = kNoProduct;
  RootSet seed_roots;
  RootSet cart_roots;
  RootSet owned_roots;
  RootSet shown_roots;                                    // named by the caller
  absl::InlinedVector<KnownCartLine, 4> cart;             // as in the request
  absl::InlinedVector<ProductIndex, 8> owned;             // those that the model knows, as in the request
  absl::InlinedVector<artefact::StringId, 4> seed_types;  // product types of the seeds, where given; distinct

  // The request's, else the first seed's that has a price. Nothing = no prices to compare with.
  std::optional<CurrencyCode> currency;

  Language language = Language::kEnglish;  // of all sentences for customers

  // Which plan fits, where the placement advises plans, the customer has one and usage or options are given.
  std::optional<plans::Fit> plan_fit;
  // Why nobody can tell which plan fits, though usage or options are given: for the page's owner. Empty where plan_fit
  // is there, or the request has nothing to do with plans.
  std::string plan_problem;

  // What a step up or down starts from: the customer's plan where one is advised, else the page's product.
  ProductIndex step_from() const { return plan_fit.has_value() ? plan_fit->now.plan->product : page_product; }

  // What the request answers to the conditions of rules. It changes nothing that anybody can see: each answer is the
  // same whenever it is asked for.
  mutable ConditionMemo memo;

  // Rules that the conditions may hold of, by list (MayApply of applying_rules.h).
  FoundRules found_rules{};

  StopsInForce stops{};

  // What gate rules and defaults decide about the intents.
  IntentGates intent_gates;

  // The pins that apply, of all slots; by rank, each once.
  absl::InlinedVector<const BoundPin*, 4> pins;
  SelectionRules selection;

  // The caps of one column that apply, of all rows; by rank.
  absl::InlinedVector<const BoundCap*, 4> row_caps_by_value;

  // What the customer has been offered often enough.
  ReachedCaps reached_caps;

  // What this answer advises to have instead of step_from(), as roots; empty where the placement gives no such advice
  // (stage 9 adds them).
  absl::InlinedVector<ProductIndex, 4> advised_roots;

  // The root of the product that somebody asks about (explain_product.h); kNoProduct in all other requests. It is
  // judged to the end even where no seat is left for it, so that it leaves by what speaks against it, and as kLimit
  // only where nothing else does.
  ProductIndex asked_root = kNoProduct;

  // Roots offered in earlier slots of this answer (stage 9 adds them).
  absl::InlinedVector<ProductIndex, 16> offered_roots;
};

// Ids of product_ids, cart and already_shown_ids that the model does not know are added to `missing_ids`, each once.
// REQUIRES: CheckRequest(request, snapshot.placements()) is OK. O(ids · log products).
Context ResolveContext(const Snapshot& snapshot, const Request& request, absl::Time now,
                       std::vector<std::string>& missing_ids);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_CONTEXT_H_

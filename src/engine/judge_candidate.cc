#include "judge_candidate.h"

#include <algorithm>

#include "arbitration.h"
#include "candidates.h"
#include "customer_caps.h"
#include "exclusion_rules.h"
#include "kept_apart.h"
#include "row_caps.h"
#include "set_choice.h"

namespace awase::engine {

void MarkBelowFloor(const Context& context, const SlotSpec& slot, Candidates& candidates) {
  if (slot.kind != SlotKind::kAlsoBought || context.placement.least_score <= 0) return;
  for (Candidate& candidate : candidates) candidate.is_below_floor = candidate.score < context.placement.least_score;
}

bool LeavesByFloor(const Context& context, const Candidate& candidate) {
  return candidate.is_below_floor && !WhyNotByEntry(context, candidate).has_value();
}

Verdict JudgeCandidate(const Context& context, const SlotSpec& slot, const Candidate& candidate) {
  if (const std::optional<RemovalCause> cause = WhyNotByEntry(context, candidate)) return {candidate.product, cause};
  if (candidate.is_below_floor) return {candidate.product, RemovalCause::kNoEvidence};
  if (slot.kind == SlotKind::kAlsoBought) {
    return candidate.any_variant ? JudgeVariants(context, slot.kind, candidate.root, PriceNeed::kSameIfAny)
                                 : JudgeProduct(context, slot.kind, candidate.product, PriceNeed::kSameIfAny);
  }
  return JudgeStep(context, slot.kind, context.page_product, candidate.product);
}

Verdict JudgeInRow(const Context& context, const SlotDraft& draft, const Candidate& candidate) {
  const ProductIndex product = candidate.product;
  if (const std::optional<RemovalCause> cause = WhyNotInRow(context, draft, candidate)) return {product, cause};
  if (const rules::Rule* rule = CapReachedInRow(context, draft, product)) {
    return {product, RemovalCause::kCapped, rule};
  }
  if (const rules::Rule* rule = CapReachedByCustomer(context, draft.spec.intent, product)) {
    return {product, RemovalCause::kCappedInTime, rule};
  }
  if (draft.spec.kind == SlotKind::kAlsoBought && GoesOnlyWithReplaced(context, candidate)) {
    return {product, RemovalCause::kExcluded};
  }
  return {product};
}

bool LiesInCart(const Context& context, ProductIndex product) {
  return !context.placement.cart_is_paid &&
         std::any_of(context.cart.begin(), context.cart.end(),
                     [product](const KnownCartLine& line) { return line.product == product; });
}

Verdict JudgePresent(const Context& context, ProductIndex product) {
  const std::optional<RemovalCause> cause = WhyNotSellable(context, product, PriceNeed::kRequired);
  if (cause.has_value()) return {product, cause};
  if (const rules::Rule* rule = HidingRule(context, product)) return {product, RemovalCause::kHiddenByRule, rule};
  return {product};
}

Verdict JudgeSetLine(const Context& context, absl::Span<const ProductIndex> before, ProductIndex product) {
  const bool is_present = LiesInCart(context, product);
  const Verdict verdict = is_present ? JudgePresent(context, product)
                                     : JudgeProduct(context, SlotKind::kBundle, product, PriceNeed::kRequired);
  if (verdict.cause.has_value()) return verdict;
  // Two variants of one product are one offer said twice.
  const auto is_variant = [&](ProductIndex other) { return context.model.root(other) == context.model.root(product); };
  if (std::any_of(before.begin(), before.end(), is_variant)) return {product, RemovalCause::kAlreadyShown};
  if (is_present) return verdict;
  if (const rules::Rule* rule = SeparatingRule(context, product, before)) {
    return {product, RemovalCause::kKeptApart, rule};
  }
  const rules::Rule* cap = CapReachedByCustomer(context, Intent::kCrossSell, product);  // 9
  return cap == nullptr ? verdict : Verdict{product, RemovalCause::kCappedInTime, cap};
}

}  // namespace awase::engine

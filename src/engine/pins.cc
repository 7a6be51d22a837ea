#include "pins.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "applying_rules.h"
#include "eligibility.h"
#include "set_choice.h"

namespace awase::engine {

absl::InlinedVector<const BoundPin*, 4> FindPins(const Context& context) {
  const Snapshot::BoundRules& bound = context.snapshot.bound_rules();
  if (bound.pins.empty()) return {};
  RulePlaces places = MayApply(context, RuleList::kPins);
  const auto add_page = [&](ProductIndex page) {
    const absl::Span<const std::uint32_t> of_page = bound.pins_by_page.Of(page);
    places.insert(places.end(), of_page.begin(), of_page.end());
  };
  for (const ProductIndex seed : context.seeds) {
    add_page(seed);
    if (const ProductIndex root = context.model.root(seed); root != seed) add_page(root);
  }
  return ApplyingRules(context, bound.pins, places);
}

namespace {

// What speaks against the pinned product in this row, whether or not there is a seat for it.
Verdict JudgePinned(const Context& context, const SlotDraft& draft, const BoundPin& pin) {
  const bool is_row_of_steps = draft.spec.kind != SlotKind::kAlsoBought;
  Verdict verdict = is_row_of_steps ? JudgeStep(context, draft.spec.kind, context.page_product, pin.product)
                                    : JudgeProduct(context, draft.spec.kind, pin.product, PriceNeed::kSameIfAny);
  if (verdict.cause.has_value()) return verdict;
  if (IsNoStep(context, draft.spec, pin.product, /*is_learned=*/false)) {
    return {pin.product, RemovalCause::kNoEvidence};
  }
  if (const rules::Rule* cap = CapReachedByCustomer(context, draft.spec.intent, pin.product)) {  // 9
    return {pin.product, RemovalCause::kCappedInTime, cap};
  }
  return {pin.product};
}

}  // namespace

void ChoosePinned(const Context& context, SlotDraft& draft) {
  for (const BoundPin* pin : context.pins) {
    if (pin->slot != draft.spec.kind) continue;
    if (draft.FindChosen(pin->root) != nullptr) continue;  // a rule of higher priority has placed it
    Verdict verdict{pin->product};
    if (!draft.full() || pin->root == context.asked_root) verdict = JudgePinned(context, draft, *pin);
    if (draft.full() && !verdict.cause.has_value()) verdict.cause = RemovalCause::kLimit;
    if (verdict.cause.has_value()) {
      Remove(context, draft, pin->product, *verdict.cause, verdict.rule != nullptr ? verdict.rule : pin->rule.rule);
    } else {
      draft.chosen.push_back({.product = pin->product,
                              .root = pin->root,
                              .seed = context.page_product,
                              .source = Source::kRule,
                              .pin = pin});
    }
  }
}

void ArrangePins(SlotDraft& draft) {
  const auto first_unpinned = std::find_if(draft.chosen.begin(), draft.chosen.end(),
                                           [](const Candidate& candidate) { return candidate.pin == nullptr; });
  if (first_unpinned == draft.chosen.begin()) return;
  std::stable_sort(draft.chosen.begin(), first_unpinned,
                   [](const Candidate& a, const Candidate& b) { return a.pin->position < b.pin->position; });
  absl::InlinedVector<Candidate, 8> row;
  auto pinned = draft.chosen.begin();
  auto unpinned = first_unpinned;
  while (pinned != first_unpinned || unpinned != draft.chosen.end()) {
    const bool pin_is_due =
        pinned != first_unpinned && (unpinned == draft.chosen.end() || pinned->pin->position <= row.size() + 1);
    row.push_back(pin_is_due ? *pinned++ : *unpinned++);
  }
  draft.chosen = std::move(row);
}

}  // namespace awase::engine

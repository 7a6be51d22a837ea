#include "pins.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "bound_rules.h"
#include "eligibility.h"
#include "set_choice.h"

namespace awase::engine {
namespace {

using Pins = absl::InlinedVector<const BoundPin*, 4>;

// The pins of this slot on this page, now; by rank, each once.
Pins FindPins(const Context& context, SlotKind slot) {
  const Snapshot::BoundRules& bound = context.snapshot.bound_rules();
  Pins pins;
  if (bound.pins.empty()) return pins;
  const PlacementMask placement = MaskOf(context.placement);
  const auto add = [&](std::uint32_t place) {
    const BoundPin& pin = bound.pins[place];
    if (pin.slot == slot && pin.rule.Applies(placement, context.now)) pins.push_back(&pin);
  };
  const auto add_page = [&](ProductIndex page) {
    const auto found = bound.pins_by_page.find(page);
    if (found != bound.pins_by_page.end()) std::for_each(found->second.begin(), found->second.end(), add);
  };
  std::for_each(bound.pins_everywhere.begin(), bound.pins_everywhere.end(), add);
  for (const ProductIndex seed : context.seeds) {
    add_page(seed);
    if (const ProductIndex root = context.model.root(seed); root != seed) add_page(root);
  }
  // Addresses rise with rank: the pins of a snapshot are one vector, filled in the order of the rule set.
  std::sort(pins.begin(), pins.end());
  pins.erase(std::unique(pins.begin(), pins.end()), pins.end());
  return pins;
}

}  // namespace

void ChoosePinned(const Context& context, SlotDraft& draft) {
  const bool is_row_of_steps = draft.spec.kind != SlotKind::kAlsoBought;
  for (const BoundPin* pin : FindPins(context, draft.spec.kind)) {
    const ProductIndex root = context.model.root(pin->product);
    if (draft.FindChosen(root) != nullptr) continue;  // a rule of higher priority has placed it
    const Verdict verdict = is_row_of_steps ? JudgeStep(context, context.page_product, pin->product)
                                            : JudgeProduct(context, pin->product, PriceNeed::kSameIfAny);
    if (verdict.cause.has_value()) {
      Remove(context, draft, pin->product, *verdict.cause, verdict.rule != nullptr ? verdict.rule : pin->rule.rule);
    } else if (IsNoStep(context, draft.spec, pin->product)) {
      Remove(context, draft, pin->product, RemovalCause::kNoEvidence, pin->rule.rule);
    } else if (draft.full()) {
      Remove(context, draft, pin->product, RemovalCause::kLimit, pin->rule.rule);
    } else {
      draft.chosen.push_back(
          {.product = pin->product, .root = root, .seed = context.page_product, .source = Source::kRule, .pin = pin});
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

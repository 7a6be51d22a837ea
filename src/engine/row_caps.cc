#include "row_caps.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/string_view.h"
#include "applying_rules.h"
#include "product_column.h"

namespace awase::engine {
namespace {

bool IsReachedByValue(const Context& context, const SlotDraft& draft, const rules::Cap& cap, ProductIndex product) {
  const absl::string_view value = ValueInColumn(context.model.product(product), cap.per);
  if (value.empty()) return false;
  const auto count = std::count_if(draft.chosen.begin(), draft.chosen.end(), [&](const Candidate& chosen) {
    return ValueInColumn(context.model.product(chosen.product), cap.per) == value;
  });
  return count >= static_cast<std::ptrdiff_t>(cap.at_most);
}

// Whether the cap, which may be about the product, is reached by those of its set.
bool IsReachedBySet(const Context& context, const SlotDraft& draft, const BoundCap& bound, ProductIndex product) {
  if ((bound.slots & MaskOf(draft.spec.kind)) == 0 || draft.chosen.size() < bound.cap->at_most) return false;
  if (!bound.set->Has(context.model, product) || !Applies(context, bound.rule)) return false;
  const auto count = std::count_if(draft.chosen.begin(), draft.chosen.end(), [&](const Candidate& chosen) {
    return bound.set->Has(context.model, chosen.product);
  });
  return count >= static_cast<std::ptrdiff_t>(bound.cap->at_most);
}

}  // namespace

absl::InlinedVector<const BoundCap*, 4> FindRowCapsByValue(const Context& context) {
  const Snapshot::BoundRules& bound = context.snapshot.bound_rules();
  return ApplyingRules(context, bound.caps, RuleList::kRowCaps);
}

const rules::Rule* CapReachedInRow(const Context& context, const SlotDraft& draft, ProductIndex product) {
  const Snapshot::BoundRules& bound = context.snapshot.bound_rules();
  if (bound.caps.empty() || draft.chosen.empty()) return nullptr;
  const BoundCap* first = nullptr;
  for (const BoundCap* cap : context.row_caps_by_value) {
    if ((cap->slots & MaskOf(draft.spec.kind)) == 0 || !IsReachedByValue(context, draft, *cap->cap, product)) continue;
    first = cap;
    break;
  }
  for (const std::uint32_t place : bound.row_caps_by_set.MayHave(context.model, product)) {
    const BoundCap& cap = bound.caps[place];
    if (first != nullptr && first < &cap) break;
    if (!IsReachedBySet(context, draft, cap, product)) continue;
    first = &cap;
    break;
  }
  return first == nullptr ? nullptr : first->rule.rule;
}

}  // namespace awase::engine

#include "slot_draft.h"

#include <algorithm>
#include <cstddef>

namespace awase::engine {

SlotDraft::SlotDraft(const SlotSpec& slot_spec, const Request& request, std::vector<TraceEntry>* trace_or_null)
    : spec(slot_spec),
      wanted(std::min(request.max_offers_per_slot.value_or(slot_spec.count), slot_spec.most)),
      trace(trace_or_null) {}

Candidate* SlotDraft::FindChosen(ProductIndex root) {
  for (Candidate& candidate : chosen) {
    if (candidate.root == root) return &candidate;
  }
  return nullptr;
}

void Remove(const Context& context, SlotDraft& draft, ProductIndex product, RemovalCause cause,
            const rules::Rule* rule) {
  ++draft.removed[static_cast<std::size_t>(cause)];
  if (draft.trace == nullptr) return;
  TraceEntry& entry = draft.trace->emplace_back();
  entry.slot = std::string(draft.spec.name);
  entry.product_id = std::string(context.model.product(product).product_id());
  entry.cause = cause;
  if (rule == nullptr) return;
  entry.rule_id = rule->id;
  if (const auto* rung = std::get_if<rules::Rung>(&rule->action)) entry.rule_author = rung->author;
}

}  // namespace awase::engine

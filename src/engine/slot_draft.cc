#include "slot_draft.h"

#include <algorithm>
#include <cstddef>
#include <variant>

namespace awase::engine {

SlotDraft::SlotDraft(const SlotSpec& slot_spec, const Request& request, std::vector<TraceEntry>* trace_or_null)
    : spec(slot_spec),
      wanted(std::min(request.max_offers_per_slot.value_or(slot_spec.count), slot_spec.most)),
      trace(trace_or_null) {}

const rules::Rule* WantingRule(const Candidate& candidate) {
  if (candidate.pin != nullptr) return candidate.pin->rule.rule;
  return candidate.asserted_by == nullptr ? nullptr : candidate.asserted_by->rule.rule;
}

Candidate* SlotDraft::FindChosen(ProductIndex root) {
  for (Candidate& candidate : chosen) {
    if (candidate.root == root) return &candidate;
  }
  return nullptr;
}

namespace {

// Whether the rule is there to show something, rather than to keep it away.
bool Shows(const rules::Rule& rule) {
  const auto* rung = std::get_if<rules::Rung>(&rule.action);
  return std::holds_alternative<rules::Bundle>(rule.action) || std::holds_alternative<rules::Pin>(rule.action) ||
         (rung != nullptr && !rung->forbid);
}

}  // namespace

void TraceRemoval(const Context& context, SlotDraft& draft, ProductIndex product, RemovalCause cause,
                  const rules::Rule* rule) {
  TraceEntry& entry = draft.trace->emplace_back();
  entry.slot = std::string(draft.spec.name);
  entry.product_id = std::string(context.model.product(product).product_id());
  entry.cause = cause;
  if (rule == nullptr) return;
  entry.rule_id = rule->id;
  entry.rule_wanted_it = Shows(*rule);
  if (const auto* rung = std::get_if<rules::Rung>(&rule->action)) entry.rule_author = rung->author;
}

void RemoveSet(const Context& context, SlotDraft& draft, const BundleDraft& set, const Verdict& why) {
  const rules::Rule* own = set.curated == nullptr ? nullptr : set.curated->rule.rule;
  Remove(context, draft, why.product, *why.cause, why.rule != nullptr ? why.rule : own);
  if (draft.trace == nullptr) return;
  TracedSet& traced = draft.trace->back().set.emplace();
  if (own != nullptr) traced.rule_id = own->id;
  for (const ProductIndex product : set.products) {
    traced.product_ids.emplace_back(context.model.product(product).product_id());
  }
}

}  // namespace awase::engine

#include "intent_gates.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "applying_rules.h"

namespace awase::engine {
namespace {

using Decider = IntentGate::Decider;

constexpr std::array<const char*, kIntentCount> kIntentWords = {"cross-sell", "up-sell", "down-sell"};

// The default for up-sell; what the request does not say closes nothing.
IntentGate DefaultOfUpSell(const CustomerState& customer) {
  if (customer.nps.has_value() && *customer.nps <= kLastDetractorNps) return {true, Decider::kNps};
  if (customer.health.has_value() && *customer.health < kLeastHealthForUpSell) return {true, Decider::kHealth};
  return {};
}

}  // namespace

IntentGates FindIntentGates(const Context& context) {
  const Snapshot::BoundRules& bound = context.snapshot.bound_rules();
  IntentGates decided{};
  for (const BoundGate* gate : ApplyingRules(context, bound.gates, RuleList::kGates)) {
    for (std::size_t i = 0; i < kIntentCount; ++i) {
      const bool speaks = (gate->intents & MaskOf(static_cast<Intent>(i))) != 0;
      if (speaks && decided[i].decider == Decider::kNobody) decided[i] = {!gate->gate->open, Decider::kRule, gate};
    }
  }
  IntentGate& up_sell = decided[static_cast<std::size_t>(Intent::kUpSell)];
  if (up_sell.decider == Decider::kNobody) up_sell = DefaultOfUpSell(context.request.customer);
  return decided;
}

std::string WhyClosed(const Context& context, Intent intent) {
  const IntentGate& decided = context.intent_gates[static_cast<std::size_t>(intent)];
  const std::string closed = absl::StrCat(kIntentWords[static_cast<std::size_t>(intent)], " is closed ");
  const CustomerState& customer = context.request.customer;
  switch (decided.decider) {
    case Decider::kRule: {
      const std::string& text = decided.gate->gate->text;
      return absl::StrCat(closed, "by rule \"", decided.gate->rule.rule->id, "\"", text.empty() ? "" : ": ", text);
    }
    case Decider::kNps:
      return absl::StrCat(closed, "by default to detractors (NPS 0 to ", kLastDetractorNps,
                          "; this customer: ", *customer.nps, ")");
    case Decider::kHealth:
      return absl::StrCat(closed, "by default to customers of a health below ", kLeastHealthForUpSell,
                          " (this customer: ", *customer.health, ")");
    case Decider::kNobody:
      break;
  }
  return closed;
}

std::vector<IntentDecision> DecisionsOf(const Context& context) {
  std::vector<IntentDecision> decisions;
  for (std::size_t i = 0; i < kIntentCount; ++i) {
    const IntentGate& decided = context.intent_gates[i];
    const auto intent = static_cast<Intent>(i);
    const auto& slots = context.placement.slots;
    const bool is_asked =
        std::any_of(slots.begin(), slots.end(), [intent](const SlotSpec& slot) { return slot.intent == intent; });
    if (decided.decider == Decider::kNobody || !is_asked) continue;
    IntentDecision& decision = decisions.emplace_back();
    decision.intent = intent;
    decision.closed = decided.closed;
    if (decided.gate != nullptr) decision.rule_id = decided.gate->rule.rule->id;
    if (decided.closed) decision.reason = WhyClosed(context, intent);
  }
  return decisions;
}

}  // namespace awase::engine

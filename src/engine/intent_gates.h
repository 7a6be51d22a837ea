#ifndef AWASE_ENGINE_INTENT_GATES_H_
#define AWASE_ENGINE_INTENT_GATES_H_

// Part of stage 2: which intents may speak to this customer, here and now. Gate rules decide; where none speaks of an
// intent, a default may close it.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "awase/engine/answer.h"

namespace awase::engine {

struct BoundGate;
struct Context;

// Who gives 6 at most when asked whether they would recommend the shop is a detractor (the usual bands: 0–6, 7 and 8,
// 9 and 10), and is not sold more before it is put right. Passives, 7 and 8, are not stopped.
inline constexpr std::uint32_t kLastDetractorNps = 6;
// Health is 0 to 100, and shops that keep it call the lowest two fifths red: who is there is about to leave, and needs
// help, or a smaller plan, but no larger one. The middle is not stopped.
inline constexpr std::uint32_t kLeastHealthForUpSell = 40;

// What is decided about one intent.
struct IntentGate {
  enum class Decider : std::uint8_t { kNobody, kRule, kNps, kHealth };

  bool closed = false;
  Decider decider = Decider::kNobody;
  const BoundGate* gate = nullptr;  // with kRule
};
using IntentGates = std::array<IntentGate, kIntentCount>;  // by Intent

// Of the gate rules that apply, the first that speaks of an intent decides. Else up-sell is closed to detractors and to
// customers of little health, where the request says so. REQUIRES: all that conditions ask of the context is resolved.
// O(gate rules that may apply).
IntentGates FindIntentGates(const Context& context);

// One sentence for people on why the intent is closed. REQUIRES: it is.
std::string WhyClosed(const Context& context, Intent intent);

// For the answer: what is decided about the intents of the placement's slots.
std::vector<IntentDecision> DecisionsOf(const Context& context);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_INTENT_GATES_H_

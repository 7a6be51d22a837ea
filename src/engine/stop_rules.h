#ifndef AWASE_ENGINE_STOP_RULES_H_
#define AWASE_ENGINE_STOP_RULES_H_

// Part of stage 1: stop rules, which keep rules behind them from acting on this request. Applies() asks them.

#include <array>
#include <string>
#include <variant>
#include <vector>

#include "awase/rules/rule_set.h"

namespace awase::engine {

struct BoundStop;
struct Context;

// The first stop in force of each action, by place in rules::Action; null where there is none.
using StopsInForce = std::array<const BoundStop*, std::variant_size_v<rules::Action>>;

// Fills in context.stops, before any other rule is asked for. A stop may itself be stopped by one before it.
// O(stop rules that may apply · actions).
void FindStops(Context& context);

// The ids of the stops that have kept a rule from acting on the request, of those that would have acted; by rank.
std::vector<std::string> StopsThatStopped(const Context& context);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_STOP_RULES_H_

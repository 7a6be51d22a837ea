#include "stop_rules.h"

#include <algorithm>
#include <cstddef>

#include "applying_rules.h"

namespace awase::engine {
namespace {

bool Names(const rules::Stop& stop, absl::string_view action) {
  return stop.actions.empty() || std::find(stop.actions.begin(), stop.actions.end(), action) != stop.actions.end();
}

}  // namespace

void FindStops(Context& context) {
  const Snapshot::BoundRules& bound = context.snapshot.bound_rules();
  if (bound.stops.empty()) return;
  RulePlaces places = MayApply(context, RuleList::kStops);
  std::sort(places.begin(), places.end());
  for (const std::uint32_t place : places) {
    const BoundStop& stop = bound.stops[place];
    if (!Applies(context, stop.rule)) continue;
    for (std::size_t action = 0; action < context.stops.size(); ++action) {
      const BoundStop*& first = context.stops[action];
      if (first == nullptr && Names(*stop.stop, rules::kActionNames[action])) first = &stop;
    }
  }
}

std::vector<std::string> StopsThatStopped(const Context& context) {
  absl::InlinedVector<const BoundStop*, 4> stops;
  for (std::size_t action = 0; action < context.stops.size(); ++action) {
    if (context.memo.WasStopped(action)) stops.push_back(context.stops[action]);
  }
  // Addresses rise with rank: the stops of a snapshot are one vector, filled in the order of the rule set.
  std::sort(stops.begin(), stops.end());
  stops.erase(std::unique(stops.begin(), stops.end()), stops.end());
  std::vector<std::string> ids;
  for (const BoundStop* stop : stops) ids.push_back(stop->rule.rule->id);
  return ids;
}

}  // namespace awase::engine

#include <optional>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "awase/engine/recommend.h"
#include "bound_rules.h"
#include "plan_advice.h"

namespace awase::engine {
namespace {

std::string DayOf(std::int64_t micros) {
  return absl::FormatTime("%E4Y-%m-%d", absl::FromUnixMicros(micros), absl::UTCTimeZone());
}

}  // namespace

std::shared_ptr<const Snapshot> Snapshot::Create(std::shared_ptr<const artefact::Model> model,
                                                 std::shared_ptr<const rules::RuleSet> rules,
                                                 std::shared_ptr<const PlacementTable> placements) {
  // The constructor is private, so make_shared cannot reach it.
  auto plans = std::make_shared<const plans::PlanBook>(PlansOf(*model));
  return std::shared_ptr<const Snapshot>(
      new Snapshot(std::move(model), std::move(plans), std::move(rules), std::move(placements)));
}

std::shared_ptr<const Snapshot> Snapshot::WithRules(std::shared_ptr<const rules::RuleSet> rules) const {
  return std::shared_ptr<const Snapshot>(new Snapshot(model_, plans_, std::move(rules), placements_));
}

Snapshot::Snapshot(std::shared_ptr<const artefact::Model> model, std::shared_ptr<const plans::PlanBook> plans,
                   std::shared_ptr<const rules::RuleSet> rules, std::shared_ptr<const PlacementTable> placements)
    : model_(std::move(model)),
      plans_(std::move(plans)),
      rules_(std::move(rules)),
      placements_(std::move(placements)),
      bound_rules_(std::make_unique<const BoundRules>(BoundRules::Bind(*model_, *placements_, *rules_))) {
  if (const std::optional<artefact::OrderPeriod> period = model_->order_period()) {
    first_day_ = DayOf(period->first_micros);
    last_day_ = DayOf(period->last_micros);
  }
}

Snapshot::~Snapshot() = default;

}  // namespace awase::engine

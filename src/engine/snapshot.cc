#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "awase/engine/recommend.h"
#include "bound_rules.h"
#include "plan_advice.h"

namespace awase::engine {
namespace {

std::string DayOf(std::int64_t micros) {
  return absl::FormatTime("%E4Y-%m-%d", absl::FromUnixMicros(micros), absl::UTCTimeZone());
}

bool HasOtherPrice(const artefact::Model& before, const artefact::Model& now, absl::Span<const ProductIndex> products) {
  return std::any_of(products.begin(), products.end(), [&](ProductIndex product) {
    return before.product(product).price() != now.product(product).price();
  });
}

}  // namespace

std::shared_ptr<const Snapshot> Snapshot::Create(std::shared_ptr<const artefact::Model> model,
                                                 std::shared_ptr<const rules::RuleSet> rules,
                                                 std::shared_ptr<const PlacementTable> placements) {
  // The constructors are private, so make_shared cannot reach them.
  std::shared_ptr<Snapshot> snapshot(new Snapshot());
  snapshot->plan_products_ = std::make_shared<const std::vector<ProductIndex>>(PlanProductsOf(*model));
  snapshot->plans_ = std::make_shared<const plans::PlanBook>(PlansOf(*model, *snapshot->plan_products_));
  snapshot->placements_ = std::move(placements);
  if (const std::optional<artefact::OrderPeriod> period = model->order_period()) {
    snapshot->first_day_ = DayOf(period->first_micros);
    snapshot->last_day_ = DayOf(period->last_micros);
  }
  snapshot->model_ = std::move(model);
  snapshot->Bind(std::move(rules));
  return snapshot;
}

std::shared_ptr<const Snapshot> Snapshot::WithRules(std::shared_ptr<const rules::RuleSet> rules) const {
  std::shared_ptr<Snapshot> next(new Snapshot(*this));
  next->Bind(std::move(rules));
  return next;
}

std::shared_ptr<const Snapshot> Snapshot::WithLive(live::LiveTable live) const {
  std::shared_ptr<Snapshot> next(new Snapshot(*this));
  next->model_ = model_->WithLive(std::move(live));
  if (HasOtherPrice(*model_, *next->model_, *plan_products_)) {
    next->plans_ = std::make_shared<const plans::PlanBook>(PlansOf(*next->model_, *plan_products_));
  }
  return next;
}

void Snapshot::Bind(std::shared_ptr<const rules::RuleSet> rules) {
  rules_ = std::move(rules);
  bound_rules_ = std::make_shared<const BoundRules>(BoundRules::Bind(*model_, *placements_, *rules_));
}

Snapshot::~Snapshot() = default;

}  // namespace awase::engine

#ifndef AWASE_ENGINE_RECOMMEND_H_
#define AWASE_ENGINE_RECOMMEND_H_

// The online decision as a pure function: no clock, file, lock, protobuf or gRPC inside. The same code serves,
// previews, replays and tests.

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "awase/artefact/model.h"
#include "awase/engine/answer.h"
#include "awase/engine/placements.h"
#include "awase/engine/request.h"
#include "awase/live/live_table.h"
#include "awase/plans/plan_book.h"
#include "awase/rules/rule_set.h"

namespace awase::engine {

// One consistent view of everything an answer depends on. Immutable and thread-safe; built once per change of model,
// rules or live values, off the request path.
class Snapshot {
 public:
  // Binds the rules' product ids to the model. Ids the model does not know make their part of a rule without effect
  // (rules::LoadRules has warned of them). O(rules + attributes of all products).
  static std::shared_ptr<const Snapshot> Create(
      std::shared_ptr<const artefact::Model> model, std::shared_ptr<const rules::RuleSet> rules,
      std::shared_ptr<const PlacementTable> placements = PlacementTable::BuiltIn());
  // The same model and placements under other rules: what is known of the model is shared, not found anew. O(rules).
  std::shared_ptr<const Snapshot> WithRules(std::shared_ptr<const rules::RuleSet> rules) const;
  // The same model, rules and placements where products have other live values (artefact::Model::WithLive): what is
  // known of them is shared, but for plans, which are read anew where the price of one is another now.
  // O(plan products), or O(n log n) of them.
  std::shared_ptr<const Snapshot> WithLive(live::LiveTable live) const;
  ~Snapshot();

  const artefact::Model& model() const { return *model_; }
  const rules::RuleSet& rules() const { return *rules_; }
  const PlacementTable& placements() const { return *placements_; }
  const std::shared_ptr<const artefact::Model>& shared_model() const { return model_; }
  const std::shared_ptr<const rules::RuleSet>& shared_rules() const { return rules_; }

  // The model's plans and their options, at live prices.
  const plans::PlanBook& plans() const { return *plans_; }

  // The first and the last day of the model's orders, YYYY-MM-DD in UTC; empty where they had no times.
  const std::string& first_day() const { return first_day_; }
  const std::string& last_day() const { return last_day_; }

  // Rules by what they touch; detail of src/engine.
  struct BoundRules;
  const BoundRules& bound_rules() const { return *bound_rules_; }

 private:
  Snapshot() = default;
  Snapshot(const Snapshot&) = default;  // shares everything

  void Bind(std::shared_ptr<const rules::RuleSet> rules);

  std::shared_ptr<const artefact::Model> model_;
  std::shared_ptr<const std::vector<ProductIndex>> plan_products_;  // what plans_ are read from
  std::shared_ptr<const plans::PlanBook> plans_;
  std::shared_ptr<const rules::RuleSet> rules_;
  std::shared_ptr<const PlacementTable> placements_;
  std::shared_ptr<const BoundRules> bound_rules_;
  std::string first_day_;
  std::string last_day_;
};

// Runs the stages of docs/life_of_a_request.md. Unknown products are not errors: they come back in missing_ids.
//   kInvalidArgument  a field out of range; the message names the field
// Cost: linear in list lengths and cart, not in the catalogue.
absl::StatusOr<Answer> Recommend(const Snapshot& snapshot, const Request& request, absl::Time now);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_RECOMMEND_H_

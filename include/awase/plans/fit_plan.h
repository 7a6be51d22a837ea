#ifndef AWASE_PLANS_FIT_PLAN_H_
#define AWASE_PLANS_FIT_PLAN_H_

// Which subscription fits a customer's use: up when a limit is near or overage costs more than the step, down when the
// smaller one saves enough, and never below the need. A pure function; docs/plans.md says why so.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "awase/plans/cost.h"
#include "awase/plans/plan_book.h"
#include "awase/plans/usage_history.h"

namespace awase::plans {

// What a customer has. Borrows plan and options.
struct Subscription {
  const Plan* plan = nullptr;          // REQUIRES: not null
  std::vector<const Option*> options;  // chosen, wanted or used; also of those that the plan includes. Distinct
  std::optional<std::int64_t> seats;   // bought; ≥ 1
  std::optional<absl::Time> changed_at;
  std::string use;  // kind of use that the plans are to be for; empty = the plan's own
  // Ids of what is had, wanted or used beside the plan and is not in the book. What it costs, and which plans go with
  // it, is not known: nothing is proposed.
  std::vector<std::string> unknown_options;
};

struct FitOptions {
  // The need: the use that this share of the periods does not exceed, and this much more of it. 0 < quantile <= 1.
  double quantile = 0.9;
  double headroom = 0.1;
  // A step down is proposed when it saves at least this share of what is paid now.
  double min_saving_share = 0.1;
  // So long after a change nothing is proposed for the sake of money. Who lacks something is not made to wait.
  absl::Duration cool_down = absl::Hours(24 * 30);
  absl::Time now = absl::InfiniteFuture();
};

// A metric whose need exceeds what the subscription includes.
struct NearLimit {
  std::string metric;
  Quantity use;          // the quantile, without headroom
  Quantity limit;        // of plan and options
  bool is_hard = false;  // nothing goes beyond it at any price
};

// Another subscription that meets the need.
struct Move {
  // By the fee of the plans for the same seats; within one plan, or where plans cost the same, by that of plan, seats
  // and options. kUp where nothing differs, and for what costs more for the customer's use.
  enum class Direction : std::uint8_t { kDown, kUp };
  Configuration to;
  Direction direction = Direction::kUp;
  std::int64_t total_minor = 0;      // over all periods of the history; see uncovered_periods
  std::int64_t saving_minor = 0;     // what is paid now less that; < 0 where it costs more
  std::int64_t fee_delta_minor = 0;  // per interval
  // In which more was used than `to` gives at any price. They count as at least what they cost now.
  std::size_t uncovered_periods = 0;
};

// Why a plan of the family is not proposed.
enum class SkipCause : std::uint8_t {
  kOtherCurrency,
  kOtherInterval,
  kOtherUse,
  kLacksOption,     // an option that is wanted is neither in it nor to be had for it
  kLacksPerk,       // without usage nothing that the plan comes with is given up: a perk or option of it is not there
  kBelowNeed,       // a limit is too low: `metric`
  kSavesTooLittle,  // costs less, by less than the stated share
  kCostsMore,       // than what is paid now, which meets the need
  kCoolingDown,
};
const char* SkipCauseName(SkipCause cause);  // "OTHER_CURRENCY", …

struct SkippedPlan {
  const Plan* plan;
  SkipCause cause;
  std::string metric;  // with kBelowNeed
};

struct Fit {
  Configuration now;
  std::int64_t total_minor = 0;  // of `now`, over all periods
  // Of the history; 0 = no history of any metric that the family speaks of: then fees are compared, of one interval.
  std::size_t periods = 0;
  bool meets_need = true;   // of `now`: in limits, use and options
  bool fits_use = true;     // its plan is for the kind of use
  bool has_options = true;  // all that are wanted can be had with its plan
  bool is_cooling_down = false;
  std::vector<NearLimit> near_limits;  // of `now`, by metric
  // Best first: the least total; all of them in the direction of the best. Empty: what the customer has fits.
  std::vector<Move> moves;
  std::vector<SkippedPlan> skipped;          // of the family, by its order
  std::vector<std::string> ignored_metrics;  // used, but no plan of the family speaks of them
  // The plan speaks of them, the history does not: no hard limit of them is lowered, and elsewhere none is used.
  std::vector<std::string> unmentioned_metrics;
  std::string unknown_use;                   // the subscription's, when no plan is made for it: ignored
  std::vector<std::string> unknown_options;  // the subscription's; with any, nothing is proposed
};

// Total costs are those of the history under each subscription. Where a period's use is above the need (1 − quantile of
// them may be) and a hard limit, the period counts as at least what it costs now. Of metrics that the history does not
// mention, no hard limit is lowered, and what overage follows is taken as not used. Without any history no limit is
// lowered and no overage made dearer, and for the sake of money no perk is given up; fees alone are compared.
// O(plans · choices · periods · metrics): at most 64 choices of options for a plan with up to six for capacity, and of
// more three for each.
Fit FitPlan(const PlanBook& book, const Subscription& subscription, const UsageHistory& history,
            const FitOptions& options);

}  // namespace awase::plans

#endif  // AWASE_PLANS_FIT_PLAN_H_

#ifndef AWASE_TESTS_UNIT_PLANS_FIT_TESTING_H_
#define AWASE_TESTS_UNIT_PLANS_FIT_TESTING_H_

// What the tests of FitPlan share: a customer of a shop, and moves as text.

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "awase/plans/fit_plan.h"
#include "gtest/gtest.h"
#include "tests/unit/plans/plan_testing.h"

namespace awase::plans {

inline absl::Time Now() { return absl::FromCivil(absl::CivilDay(2026, 11, 1), absl::UTCTimeZone()); }

// Moves and skipped plans as text: "up large +1000 saves 500".
inline std::string MoveText(const Move& move) {
  std::string text = move.direction == Move::Direction::kUp ? "up " : "down ";
  text += move.to.plan->product_id;
  for (const Option* option : move.to.options) text += "+" + option->product_id;
  if (move.to.seats != 1) text += " x" + std::to_string(move.to.seats);
  return text + " saves " + std::to_string(move.saving_minor);
}
inline std::vector<std::string> MovesOf(const Fit& fit) {
  std::vector<std::string> texts;
  for (const Move& move : fit.moves) texts.push_back(MoveText(move));
  return texts;
}
inline std::vector<std::string> SkippedOf(const Fit& fit) {
  std::vector<std::string> texts;
  for (const SkippedPlan& skipped : fit.skipped) {
    texts.push_back(skipped.plan->product_id + " " + SkipCauseName(skipped.cause) +
                    (skipped.metric.empty() ? "" : " " + skipped.metric));
  }
  return texts;
}

class FitPlanTest : public ::testing::Test {
 protected:
  FitPlanTest() { options_.now = Now(); }

  Fit FitOf(absl::string_view plan, const UsageHistory& history, std::vector<std::string> options = {}) {
    const PlanBook& book = shop_.Book();
    subscription_.plan = shop_.PlanOf(plan);
    subscription_.options.clear();
    for (const std::string& option : options) subscription_.options.push_back(shop_.OptionOf(option));
    return FitPlan(book, subscription_, history, options_);
  }

  PlanShop shop_;
  Subscription subscription_;
  FitOptions options_;
};

}  // namespace awase::plans

#endif  // AWASE_TESTS_UNIT_PLANS_FIT_TESTING_H_

#include "plan_rows.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "awase/catalog/plan_columns.h"
#include "awase/engine/differences.h"
#include "eligibility.h"
#include "rung_rules.h"

namespace awase::engine {
namespace {

using plans::Configuration;
using plans::Fit;
using plans::Move;

plans::Move::Direction DirectionOf(const SlotSpec& slot) {
  return slot.kind == SlotKind::kLower ? Move::Direction::kDown : Move::Direction::kUp;
}

bool Has(const Configuration& configuration, const plans::Option* option) {
  return std::find(configuration.options.begin(), configuration.options.end(), option) != configuration.options.end();
}

// What the customer would newly buy: the plan, else the first new option, else more or less of the plan there is.
ProductIndex OfferedProduct(const Fit& fit, const Move& move) {
  if (move.to.plan != fit.now.plan) return move.to.plan->product;
  for (const plans::Option* option : move.to.options) {
    if (!Has(fit.now, option)) return option->product;
  }
  return move.to.plan->product;
}

// Of everything that would be new.
Verdict JudgeMove(const Context& context, const Fit& fit, const Move& move) {
  if (move.to.plan != fit.now.plan) {
    const ProductIndex to = move.to.plan->product;
    const Verdict plan = JudgePlanProduct(context, to);
    if (plan.cause.has_value()) return plan;
    const rules::Rule* forbidden = ForbiddingRule(context, fit.now.plan->product, to);
    if (forbidden != nullptr) return {to, RemovalCause::kHiddenByRule, forbidden};
  }
  for (const plans::Option* option : move.to.options) {
    if (Has(fit.now, option)) continue;
    const Verdict verdict = JudgePlanProduct(context, option->product);
    if (verdict.cause.has_value()) return verdict;
  }
  return {OfferedProduct(fit, move)};
}

std::string LimitText(const Configuration& configuration, absl::string_view metric) {
  if (!configuration.Knows(metric)) return "";
  const std::optional<plans::Quantity> limit = configuration.LimitOf(metric);
  return limit.has_value() ? plans::FormatQuantity(*limit) : "unlimited";
}

// With all that options and seats make of the limits.
std::vector<SpecDifference> LimitDifferences(const Configuration& now, const Configuration& then) {
  std::vector<SpecDifference> differences;
  std::set<std::string> metrics;
  for (const Configuration* configuration : {&now, &then}) {
    for (const plans::Term& term : configuration->plan->terms) metrics.insert(term.metric);
    for (const plans::Option* option : configuration->options) {
      for (const plans::Term& term : option->terms) metrics.insert(term.metric);
    }
    if (configuration->PaysPerSeat()) metrics.emplace(plans::kSeatsMetric);
  }
  for (const std::string& metric : metrics) {
    const std::string before = LimitText(now, metric);
    const std::string after = LimitText(then, metric);
    if (before == after) continue;
    const std::string name = absl::StrCat(catalog::kLimitPrefix, metric);
    differences.push_back({name, before, after, CompareValues(name, before, after)});
  }
  return differences;
}

// Limits as they become, then what else the plans have.
std::vector<SpecDifference> DifferencesOf(const Context& context, const Configuration& now, const Configuration& then) {
  std::vector<SpecDifference> differences = LimitDifferences(now, then);
  if (now.plan == then.plan) return differences;
  for (SpecDifference& other : FindDifferences(context.model, now.plan->product, then.plan->product, nullptr)) {
    if (!absl::StartsWith(other.name, catalog::kLimitPrefix)) differences.push_back(std::move(other));
  }
  if (differences.size() > kMaxDifferences) differences.resize(kMaxDifferences);
  return differences;
}

}  // namespace

void FillPlanRow(const Context& context, SlotDraft& draft) {
  if (!context.plan_fit.has_value()) return;
  const Fit& fit = *context.plan_fit;
  for (const Move& move : fit.moves) {
    if (move.direction != DirectionOf(draft.spec)) continue;
    const ProductIndex product = OfferedProduct(fit, move);
    const bool has_no_seat = !draft.chosen.empty();
    if (has_no_seat && context.model.root(product) != context.asked_root) {
      Remove(context, draft, product, RemovalCause::kLimit);
      continue;
    }
    Verdict verdict = JudgeMove(context, fit, move);
    if (!verdict.cause.has_value()) {
      const rules::Rule* cap = CapReachedByCustomer(context, draft.spec.intent, product);  // 9
      if (cap != nullptr) verdict = {product, RemovalCause::kCappedInTime, cap};
    }
    if (has_no_seat) {
      Remove(context, draft, verdict.product, verdict.cause.value_or(RemovalCause::kLimit), verdict.rule);
      continue;
    }
    if (verdict.cause.has_value()) {
      Remove(context, draft, verdict.product, *verdict.cause, verdict.rule);
      if (verdict.cause != RemovalCause::kInCart) continue;
      draft.empty_reason = "what fits the customer's use is in the cart";  // and what fits less well is no advice
      return;
    }
    draft.chosen.push_back({.product = product,
                            .root = context.model.root(product),
                            .seed = fit.now.plan->product,
                            .source = Source::kPlan,
                            .rung = 1,
                            .move = &move});
  }
}

void DescribePlanChange(const Context& context, const Move& move, Offer& offer) {
  const Fit& fit = *context.plan_fit;
  const CurrencyCode currency = fit.now.plan->currency;
  offer.price_difference = Money{move.fee_delta_minor, currency};  // fee_then − fee_now
  offer.differences = DifferencesOf(context, fit.now, move.to);
  PlanChange& change = offer.plan_change.emplace();
  change.from = fit.now.plan->product;
  change.to = move.to.plan->product;
  change.seats = move.to.PaysPerSeat() ? move.to.seats : 0;
  for (const plans::Option* option : move.to.options) change.options.push_back(option->product);
  change.periods = static_cast<std::uint32_t>(fit.periods);
  change.interval = fit.now.plan->interval;
  change.fee_now = Money{fit.now.FeeMinor(), currency};
  change.fee_then = Money{move.to.FeeMinor(), currency};
  change.cost_now = Money{fit.total_minor, currency};
  change.cost_then = Money{move.total_minor, currency};
  change.near_limits = fit.near_limits;
}

}  // namespace awase::engine

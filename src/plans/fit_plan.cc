// Every plan of the family is tried with the options that are wanted, and with sets of those that only give more of a
// metric. What does not meet the need, or is not worth a change, is left out with its cause; of what is left
// the least total over the history is best. Tested against a search by brute force in tests/unit/plans.

#include "awase/plans/fit_plan.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "plans/internal/choices.h"
#include "plans/internal/history_costs.h"
#include "plans/internal/need.h"

namespace awase::plans {
namespace {

using plans_internal::FamilyMetrics;
using plans_internal::HasOverage;
using plans_internal::HistoryCosts;
using plans_internal::MetricNeed;
using plans_internal::Need;
using plans_internal::SortOptions;

class Fitter {
 public:
  Fitter(const PlanBook& book, const Subscription& subscription, const UsageHistory& reported,
         const FitOptions& options)
      : book_(book), subscription_(subscription), options_(options), family_(book.FamilyOf(*subscription.plan)) {
    fit_.now = ConfigurationNow();
    const FamilyMetrics metrics = MetricsOfFamily();
    const UsageHistory none;
    const UsageHistory& history = SpeaksOfAny(reported, metrics) ? reported : none;
    fit_.periods = history.periods().size();
    NoteMetrics(reported, metrics);
    ChooseUse();
    costs_.emplace(subscription, history, metrics);
    need_.emplace(subscription, fit_.now, history, metrics, options);
    if (!subscription.seats.has_value()) fit_.now.seats = need_->seats();
    if (!fit_.now.PaysPerSeat()) fit_.now.seats = 1;
  }

  Fit Run() && {
    fit_.unknown_options = subscription_.unknown_options;
    fit_.total_minor = costs_->Paid(fit_.now).minor;
    fit_.fits_use = IsForUse(*subscription_.plan);
    fit_.meets_need = fit_.fits_use && fit_.has_options && need_->FindLack(fit_.now) == nullptr;
    fit_.is_cooling_down =
        subscription_.changed_at.has_value() && *subscription_.changed_at + options_.cool_down > options_.now;
    NoteNearLimits();
    if (!fit_.unknown_options.empty()) return std::move(fit_);
    for (const Plan& plan : family_) ConsiderPlan(plan);
    std::sort(fit_.moves.begin(), fit_.moves.end(), IsBetter);
    const auto other_way = std::remove_if(fit_.moves.begin(), fit_.moves.end(), [this](const Move& move) {
      return move.direction != fit_.moves.front().direction;
    });
    fit_.moves.erase(other_way, fit_.moves.end());
    return std::move(fit_);
  }

 private:
  // An option that the plan does not go with is wanted, not had.
  Configuration ConfigurationNow() {
    Configuration now{.plan = subscription_.plan, .options = {}, .seats = subscription_.seats.value_or(1)};
    for (const Option* option : subscription_.options) {
      if (subscription_.plan->Includes(option->product)) continue;
      if (option->CanBeAddedTo(*subscription_.plan)) {
        now.options.push_back(option);
      } else {
        fit_.has_options = false;
      }
    }
    SortOptions(&now);
    return now;
  }

  // What any plan that could be taken speaks of, an option for capacity to it, or an option of the customer's.
  FamilyMetrics MetricsOfFamily() const {
    std::set<std::string> names;
    bool limits_seats = false;
    const auto add = [&](const Charge& charge) {
      for (const Term& term : charge.terms) names.insert(term.metric);
      limits_seats = limits_seats || charge.FindTerm(kSeatsMetric) != nullptr;
      if (charge.fee.is_per_seat) names.emplace(kSeatsMetric);
    };
    for (const Plan& plan : family_) {
      if (!IsComparable(plan, *subscription_.plan)) continue;
      add(plan);
      limits_seats = limits_seats || plan.fee.is_per_seat;
      for (const std::uint32_t place : book_.OptionPlacesOf(plan)) {
        if (const Option& option = book_.options()[place]; option.is_capacity) add(option);
      }
    }
    for (const Option* option : fit_.now.options) add(*option);
    return {{names.begin(), names.end()}, limits_seats};
  }

  static bool SpeaksOfAny(const UsageHistory& history, const FamilyMetrics& metrics) {
    return std::any_of(metrics.names.begin(), metrics.names.end(),
                       [&history](const std::string& metric) { return history.Mentions(metric); });
  }

  // That of the request, unless no plan is made for it: then it is a word that nobody here uses.
  void ChooseUse() {
    use_ = subscription_.plan->use;
    if (absl::StripAsciiWhitespace(subscription_.use).empty()) return;
    const bool is_known = std::any_of(family_.begin(), family_.end(),
                                      [this](const Plan& plan) { return IsSameUse(plan.use, subscription_.use); });
    (is_known ? use_ : fit_.unknown_use) = subscription_.use;
  }

  void NoteMetrics(const UsageHistory& history, const FamilyMetrics& metrics) {
    std::set_difference(history.metrics().begin(), history.metrics().end(), metrics.names.begin(), metrics.names.end(),
                        std::back_inserter(fit_.ignored_metrics));
    for (const std::string& metric : metrics.names) {
      const bool is_said = metric == kSeatsMetric && subscription_.seats.has_value();
      if (!is_said && !history.Mentions(metric) && fit_.now.Knows(metric)) fit_.unmentioned_metrics.push_back(metric);
    }
  }

  void NoteNearLimits() {
    for (const MetricNeed& need : need_->metrics()) {
      if (!need.is_known) continue;
      if (!fit_.now.Knows(need.metric)) {
        // What the plan says nothing of it does not give, where others of its family do.
        const Quantity had_anyway{need.metric == kSeatsMetric ? kMicrosPerUnit : 0};
        if (!need_->IsEnough(fit_.now, need)) fit_.near_limits.push_back({need.metric, need.use, had_anyway, true});
        continue;
      }
      const std::optional<Quantity> limit = need_->AllowedBy(fit_.now, need);
      if (!limit.has_value() || *need.amount <= *limit) continue;
      fit_.near_limits.push_back({need.metric, need.use, *limit, !HasOverage(fit_.now, need.metric)});
    }
  }

  bool IsForUse(const Plan& plan) const { return plan.use.empty() || IsSameUse(plan.use, use_); }

  void Skip(const Plan& plan, SkipCause cause, std::string metric = "") {
    fit_.skipped.push_back({&plan, cause, std::move(metric)});
  }

  void ConsiderPlan(const Plan& plan) {
    const Plan& now = *subscription_.plan;
    if (plan.currency != now.currency) return Skip(plan, SkipCause::kOtherCurrency);
    if (plan.interval != now.interval) return Skip(plan, SkipCause::kOtherInterval);
    if (!IsForUse(plan)) return Skip(plan, SkipCause::kOtherUse);
    std::optional<Move> best;
    std::optional<SkippedPlan> why_not;
    const std::vector<Configuration> choices = plans_internal::ChoicesOf(book_, subscription_, plan, *need_);
    for (const Configuration& choice : choices) {
      if (choice == fit_.now) continue;
      if (const MetricNeed* lack = need_->FindLack(choice)) {  // before costs are counted: most of many options do
        if (!why_not.has_value()) why_not = SkippedPlan{&plan, SkipCause::kBelowNeed, lack->metric};
        continue;
      }
      const Move move = MoveTo(choice);
      if (std::optional<SkippedPlan> cause = WhyNot(move)) {
        if (!why_not.has_value()) why_not = std::move(cause);
      } else if (!best.has_value() || IsBetter(move, *best)) {
        best = move;
      }
    }
    if (best.has_value()) {
      fit_.moves.push_back(*std::move(best));
    } else if (choices.empty()) {
      Skip(plan, SkipCause::kLacksOption);
    } else if (why_not.has_value() && plan.product != now.product) {
      fit_.skipped.push_back(*std::move(why_not));
    }
  }

  Move MoveTo(const Configuration& choice) const {
    const HistoryCosts::Total total = costs_->InsteadOf(fit_.now, choice);
    Move move{.to = choice, .total_minor = total.minor};
    move.uncovered_periods = fit_.periods == 0 ? 0 : total.uncovered_periods;
    move.saving_minor = fit_.total_minor - move.total_minor;
    move.fee_delta_minor = choice.FeeMinor() - fit_.now.FeeMinor();
    move.direction = IsDown(move) ? Move::Direction::kDown : Move::Direction::kUp;
    return move;
  }

  // Options that a plan contains may make it cheaper than a lower one with all of them added: it stays the higher plan.
  // What costs more for the customer's use is no step down, whatever its fee.
  bool IsDown(const Move& move) const {
    if (move.saving_minor < 0) return false;
    const std::int64_t from = subscription_.plan->fee.Of(need_->seats());
    const std::int64_t to = move.to.plan->fee.Of(need_->seats());
    return from != to ? to < from : move.fee_delta_minor < 0;
  }

  // Whether, without usage, anything that the plan comes with is missing there. Options that are named are those that
  // count; where none is, all that the plan includes do.
  bool GivesUpPerks(const Configuration& then) const {
    const Plan& now = *subscription_.plan;
    if (fit_.periods > 0 || then.plan == &now) return false;
    const std::vector<std::string>& perks = then.plan->perks;
    if (!std::includes(perks.begin(), perks.end(), now.perks.begin(), now.perks.end())) return true;
    return subscription_.options.empty() && !std::all_of(now.includes.begin(), now.includes.end(),
                                                         [&then](ProductIndex option) { return then.Has(option); });
  }

  // Of what meets the need.
  std::optional<SkippedPlan> WhyNot(const Move& move) const {
    const Plan* plan = move.to.plan;
    if (!fit_.meets_need) return std::nullopt;
    if (fit_.is_cooling_down) return SkippedPlan{plan, SkipCause::kCoolingDown, ""};
    if (GivesUpPerks(move.to)) return SkippedPlan{plan, SkipCause::kLacksPerk, ""};
    if (move.saving_minor <= 0) return SkippedPlan{plan, SkipCause::kCostsMore, ""};
    const double least = options_.min_saving_share * static_cast<double>(fit_.total_minor);
    if (move.direction == Move::Direction::kDown && static_cast<double>(move.saving_minor) < least) {
      return SkippedPlan{plan, SkipCause::kSavesTooLittle, ""};
    }
    return std::nullopt;
  }

  static bool IsBetter(const Move& a, const Move& b) {
    const auto key = [](const Move& move) {
      return std::tuple(move.total_minor, move.fee_delta_minor, move.to.options.size(), move.to.plan->product);
    };
    if (key(a) != key(b)) return key(a) < key(b);
    return std::lexicographical_compare(a.to.options.begin(), a.to.options.end(), b.to.options.begin(),
                                        b.to.options.end(),
                                        [](const Option* x, const Option* y) { return x->product < y->product; });
  }

  const PlanBook& book_;
  const Subscription& subscription_;
  const FitOptions& options_;
  absl::Span<const Plan> family_;
  std::string use_;  // kind of use that plans must be for, unless they are for everybody
  std::optional<HistoryCosts> costs_;
  std::optional<Need> need_;
  Fit fit_;
};

}  // namespace

const char* SkipCauseName(SkipCause cause) {
  switch (cause) {
    case SkipCause::kOtherCurrency:
      return "OTHER_CURRENCY";
    case SkipCause::kOtherInterval:
      return "OTHER_INTERVAL";
    case SkipCause::kOtherUse:
      return "OTHER_USE";
    case SkipCause::kLacksOption:
      return "LACKS_OPTION";
    case SkipCause::kLacksPerk:
      return "LACKS_PERK";
    case SkipCause::kBelowNeed:
      return "BELOW_NEED";
    case SkipCause::kSavesTooLittle:
      return "SAVES_TOO_LITTLE";
    case SkipCause::kCostsMore:
      return "COSTS_MORE";
    case SkipCause::kCoolingDown:
      return "COOLING_DOWN";
  }
  return "UNKNOWN";
}

Fit FitPlan(const PlanBook& book, const Subscription& subscription, const UsageHistory& history,
            const FitOptions& options) {
  return Fitter(book, subscription, history, options).Run();
}

}  // namespace awase::plans

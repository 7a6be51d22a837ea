#include "plan_reasons.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/base/money.h"
#include "cut_text.h"
#include "reason_texts.h"

namespace awase::engine {
namespace {

using plans::Configuration;
using plans::Fit;
using plans::Option;
using plans::SkipCause;

constexpr std::size_t kMaxNearLimits = 3;  // all of them are in PlanChange::near_limits
constexpr std::size_t kMaxTitle = 60;
constexpr std::size_t kMaxMetrics = 5;  // named to the page's owner

std::string Title(const Context& context, ProductIndex product) {
  const artefact::ProductView view = context.model.product(product);
  return Say(context.language, Text::kNamedProduct,
             {CutText(view.title().empty() ? view.product_id() : view.title(), kMaxTitle)});
}

std::string Listed(const Context& context, const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Text separator = i + 1 == names.size() ? Text::kSetAnd : Text::kSetComma;
    if (i > 0) absl::StrAppend(&text, TextIn(context.language, separator));
    absl::StrAppend(&text, names[i]);
  }
  return text;
}

std::vector<std::string> Titles(const Context& context, const std::vector<ProductIndex>& products) {
  std::vector<std::string> titles;
  for (const ProductIndex product : products) titles.push_back(Title(context, product));
  return titles;
}

// "data_mb" is "data mb" to people.
std::string SpokenName(absl::string_view column) {
  std::string name(column);
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

// What `a` pays for beside its plan and `b` does not.
std::vector<ProductIndex> OptionsBeyond(const Configuration& a, const Configuration& b) {
  std::vector<ProductIndex> products;
  for (const Option* option : a.options) {
    if (std::find(b.options.begin(), b.options.end(), option) == b.options.end()) products.push_back(option->product);
  }
  return products;
}

std::string PeriodsText(Language language, std::uint32_t periods, absl::string_view interval) {
  const bool one = periods == 1;
  const Text text = interval == "month"  ? (one ? Text::kOneMonth : Text::kMonths)
                    : interval == "year" ? (one ? Text::kOneYear : Text::kYears)
                                         : (one ? Text::kOnePeriod : Text::kPeriods);
  return Say(language, text, {GroupThousands(periods)});
}

Text PerInterval(absl::string_view interval) {
  if (interval == "month") return Text::kPerMonth;
  return interval == "year" ? Text::kPerYear : Text::kPerPeriod;
}

// Cost now, cost then, and the difference.
std::string CostSentence(Language language, const PlanChange& change) {
  Money difference{change.cost_now.minor_units - change.cost_then.minor_units, change.cost_now.currency};
  const bool saves = difference.minor_units >= 0;
  if (!saves) difference.minor_units = -difference.minor_units;
  const std::string now = FormatMoney(change.cost_now);
  const std::string then = FormatMoney(change.cost_then);
  if (change.periods == 0) {
    return Say(language, saves ? Text::kPlanFeeLess : Text::kPlanFeeMore,
               {then, now, FormatMoney(difference), TextIn(language, PerInterval(change.interval))});
  }
  return Say(language, saves ? Text::kPlanLess : Text::kPlanMore,
             {PeriodsText(language, change.periods, change.interval), then, now, FormatMoney(difference)});
}

// What the change is made of, beside its price.
std::string ChangeSentences(const Context& context, const Configuration& now, const Configuration& then) {
  std::string text;
  std::vector<ProductIndex> contained;
  std::vector<ProductIndex> dropped;
  for (const ProductIndex option : OptionsBeyond(now, then)) {
    (then.plan->Includes(option) ? contained : dropped).push_back(option);
  }
  for (const ProductIndex option : now.plan->includes) {
    if (!then.Has(option)) dropped.push_back(option);
  }
  const auto say = [&](Text sentence, const std::vector<std::string>& names) {
    if (!names.empty()) absl::StrAppend(&text, Say(context.language, sentence, {Listed(context, names)}));
  };
  say(Text::kPlanContains, Titles(context, contained));
  std::vector<std::string> lost = Titles(context, dropped);
  for (const std::string& perk : now.plan->perks) {
    if (!std::binary_search(then.plan->perks.begin(), then.plan->perks.end(), perk)) lost.push_back(SpokenName(perk));
  }
  say(Text::kPlanDrops, lost);
  say(Text::kPlanAdds, Titles(context, OptionsBeyond(then, now)));
  if (now.seats != then.seats && now.plan->fee.is_per_seat && then.plan->fee.is_per_seat) {
    absl::StrAppend(&text,
                    Say(context.language, Text::kPlanSeats, {absl::StrCat(then.seats), absl::StrCat(now.seats)}));
  }
  return text;
}

// What of the usage and the request decided nothing, and what it does not tell.
std::string Remarks(const Fit& fit) {
  std::string text;
  const auto add = [&text](absl::string_view what, const std::vector<std::string>& metrics) {
    if (metrics.empty()) return;
    const auto last = metrics.begin() + static_cast<std::ptrdiff_t>(std::min(metrics.size(), kMaxMetrics));
    absl::StrAppend(&text, what, absl::StrJoin(metrics.begin(), last, ", "), metrics.size() > kMaxMetrics ? ", …" : "");
  };
  add("; no plan speaks of ", fit.ignored_metrics);
  if (fit.periods > 0) add("; the usage does not tell of ", fit.unmentioned_metrics);
  if (!fit.unknown_use.empty()) {
    absl::StrAppend(&text, "; no plan is for the use \"", CutText(fit.unknown_use, kMaxTitle), "\", which was ignored");
  }
  return text;
}

const char* SkipPhrase(SkipCause cause) {
  switch (cause) {
    case SkipCause::kOtherCurrency:
      return "in another currency";
    case SkipCause::kOtherInterval:
      return "for another interval";
    case SkipCause::kOtherUse:
      return "for another kind of use";
    case SkipCause::kLacksOption:
      return "without an option that is wanted";
    case SkipCause::kLacksPerk:
      return "without a perk of the customer's plan";
    case SkipCause::kBelowNeed:
      return "below the need";
    case SkipCause::kSavesTooLittle:
      return "saving too little";
    case SkipCause::kCostsMore:
      return "costing no less";
    case SkipCause::kCoolingDown:
      return "too soon after the last change";
  }
  return "passed over";
}

}  // namespace

std::string PlanSentences(const Context& context, const plans::Move& move, const Offer& offer) {
  const Fit& fit = *context.plan_fit;
  std::string text;
  for (std::size_t i = 0; i < fit.near_limits.size() && i < kMaxNearLimits; ++i) {
    if (fit.meets_need && move.direction == plans::Move::Direction::kDown) break;  // then it is no reason
    const plans::NearLimit& near = fit.near_limits[i];
    absl::StrAppend(&text,
                    Say(context.language, Text::kPlanNear,
                        {SpokenName(near.metric), plans::FormatQuantity(near.use), plans::FormatQuantity(near.limit)}));
  }
  if (!fit.fits_use && !move.to.plan->use.empty()) {
    absl::StrAppend(&text, Say(context.language, Text::kPlanForUse, {CutText(move.to.plan->use, kMaxTitle)}));
  }
  absl::StrAppend(&text, ChangeSentences(context, fit.now, move.to),
                  CostSentence(context.language, *offer.plan_change));
  if (move.uncovered_periods > 0) {
    const std::string periods =
        PeriodsText(context.language, static_cast<std::uint32_t>(move.uncovered_periods), offer.plan_change->interval);
    absl::StrAppend(&text, Say(context.language, Text::kPlanUncovered, {periods}));
  }
  return text;
}

std::string NoPlanReason(const Fit& fit, Intent intent) {
  const std::string remarks = Remarks(fit);
  if (!fit.unknown_options.empty()) {
    const auto last =
        fit.unknown_options.begin() + static_cast<std::ptrdiff_t>(std::min(fit.unknown_options.size(), kMaxMetrics));
    return absl::StrCat("which plan fits is not known: option_ids names ",
                        absl::StrJoin(fit.unknown_options.begin(), last, ", "),
                        fit.unknown_options.size() > kMaxMetrics ? ", …" : "",
                        ", which is no option or has a fault (see the training report)", remarks);
  }
  if (!fit.moves.empty()) {
    return absl::StrCat(
        "the plan that fits the customer's use is a ",
        intent == Intent::kDownSell ? "higher one: see the slot higher" : "lower one: see the slot lower", remarks);
  }
  if (fit.skipped.empty()) {
    return absl::StrCat("what the customer has fits, and its family has no other plan", remarks);
  }
  std::array<std::size_t, static_cast<std::size_t>(SkipCause::kCoolingDown) + 1> counts{};
  for (const plans::SkippedPlan& skipped : fit.skipped) ++counts[static_cast<std::size_t>(skipped.cause)];
  std::string sentence = absl::StrCat(fit.meets_need ? "what the customer has fits; " : "no plan fits; ",
                                      fit.skipped.size(), " of its family looked at: ");
  const char* separator = "";
  for (std::size_t cause = 0; cause < counts.size(); ++cause) {
    if (counts[cause] == 0) continue;
    absl::StrAppend(&sentence, separator, counts[cause], " ", SkipPhrase(static_cast<SkipCause>(cause)));
    separator = ", ";
  }
  return absl::StrCat(sentence, remarks);
}

}  // namespace awase::engine

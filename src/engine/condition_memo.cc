#include "condition_memo.h"

#include <algorithm>
#include <limits>
#include <string>

#include "absl/numeric/int128.h"
#include "absl/strings/string_view.h"
#include "awase/base/calendar_day.h"
#include "bound_rules.h"
#include "context.h"
#include "usage_question.h"

namespace awase::engine {
namespace {

bool Contains(const rules::Words& words, const std::string& word) {
  return std::binary_search(words.begin(), words.end(), word);
}

bool AnyOf(const std::vector<std::string>& said, const rules::Words& words) {
  return std::any_of(said.begin(), said.end(), [&words](const std::string& word) { return Contains(words, word); });
}

// What the customer says is in no order, and few.
bool HasAll(const std::vector<std::string>& said, const rules::Words& words) {
  return std::all_of(words.begin(), words.end(), [&said](const std::string& word) {
    return std::find(said.begin(), said.end(), word) != said.end();
  });
}

bool IsWithin(std::optional<std::uint32_t> score, const rules::Range& range) {
  return score.has_value() && range.Contains(*score);
}

bool IsInWindow(const rules::Range& days, absl::CivilDay today) {
  const auto day = [](std::int64_t number) {
    return MonthDay{static_cast<int>(number / 100), static_cast<int>(number % 100)};
  };
  return rules::YearlyWindow{day(days.low), day(days.high)}.Contains(today);
}

bool IsInTraffic(const Request& request, const std::string& salt, const rules::Range& parts) {
  const std::string& id = request.customer.id.empty() ? request.session_id : request.customer.id;
  return !id.empty() && parts.Contains(rules::TrafficPart(salt, id));
}

std::int64_t PiecesOf(const std::vector<CartLine>& cart) {
  std::int64_t pieces = 0;
  for (const CartLine& line : cart) pieces += line.quantity;
  return pieces;
}

std::int64_t PiecesIn(const Context& context, const BoundSet& set) {
  std::int64_t pieces = 0;
  for (const KnownCartLine& line : context.cart) {
    if (set.Has(context.model, line.product)) pieces += line.quantity;
  }
  return pieces;
}

template <typename Products>
bool AnyIn(const Context& context, const Products& products, const BoundSet& set) {
  return std::any_of(products.begin(), products.end(),
                     [&](ProductIndex product) { return set.Has(context.model, product); });
}

bool IsDaysAway(const Context& context, std::optional<absl::CivilDay> SubscriptionState::* day,
                const rules::Range& range, absl::CivilDay today) {
  const std::optional<SubscriptionState>& subscription = context.request.customer.subscription;
  return subscription.has_value() && ((*subscription).*day).has_value() &&
         range.Contains(*((*subscription).*day) - today);
}

bool AskClock(const Context& context, const ConditionBook& book, const Question& question, absl::CivilSecond now) {
  const CustomerState& customer = context.request.customer;
  switch (question.kind) {
    case QuestionKind::kEveryYear:
      return IsInWindow(question.range, absl::CivilDay(now));
    case QuestionKind::kHours:
      return book.hours(question).Contains(absl::CivilMinute(now));
    case QuestionKind::kBirthdayMonth:
      return customer.birthday.has_value() && customer.birthday->month == now.month();
    case QuestionKind::kDaysToRenewal:
      return IsDaysAway(context, &SubscriptionState::renews_on, question.range, absl::CivilDay(now));
    default:
      return IsDaysAway(context, &SubscriptionState::trial_ends_on, question.range, absl::CivilDay(now));
  }
}

}  // namespace

absl::CivilSecond ConditionMemo::LocalTime(const Context& context, const ConditionBook& book,
                                           const Question& question) {
  if (local_times_.empty()) local_times_.resize(book.zone_count());
  std::optional<absl::CivilSecond>& time = local_times_[question.zone];
  if (!time.has_value()) time = book.zone(question).At(context.now).cs;
  return *time;
}

std::int64_t ConditionMemo::CartTotal(const Context& context) {
  if (cart_total_.has_value()) return *cart_total_;
  absl::int128 total = 0;
  for (const KnownCartLine& line : context.cart) {
    const std::optional<Money> price = context.model.product(line.product).price();
    if (price.has_value() && price->currency == context.currency) {
      total += absl::int128(price->minor_units) * line.quantity;
    }
  }
  cart_total_ = static_cast<std::int64_t>(std::min<absl::int128>(total, std::numeric_limits<std::int64_t>::max()));
  return *cart_total_;
}

const plans::UsageHistory& ConditionMemo::Usage(const Context& context) {
  if (!usage_.has_value()) usage_ = plans::UsageHistory::Of(context.request.customer.usage);
  return *usage_;
}

// One case per kind.
bool ConditionMemo::Ask(const Context& context, const ConditionBook& book, QuestionId id) {
  const Question& question = book.question(id);
  const CustomerState& customer = context.request.customer;
  switch (question.kind) {
    case QuestionKind::kChannel:
      return Contains(book.words(question), context.request.channel);
    case QuestionKind::kSegments:
      return AnyOf(customer.segments, book.words(question));
    case QuestionKind::kLacksSegments:
      return !AnyOf(customer.segments, book.words(question));
    case QuestionKind::kTier:
      return Contains(book.words(question), customer.tier);
    case QuestionKind::kInterests:
      return AnyOf(customer.interests, book.words(question));
    case QuestionKind::kMilestones:
      return HasAll(customer.milestones, book.words(question));
    case QuestionKind::kMilestonesMissing:
      return !HasAll(customer.milestones, book.words(question));
    case QuestionKind::kNps:
      return IsWithin(customer.nps, question.range);
    case QuestionKind::kHealth:
      return IsWithin(customer.health, question.range);
    case QuestionKind::kEveryYear:
    case QuestionKind::kHours:
    case QuestionKind::kBirthdayMonth:
    case QuestionKind::kDaysToRenewal:
    case QuestionKind::kDaysToTrialEnd:
      return AskClock(context, book, question, LocalTime(context, book, question));
    case QuestionKind::kTraffic:
      return IsInTraffic(context.request, book.words(question).front(), question.range);
    case QuestionKind::kCartQuantity:
      return question.range.Contains(PiecesOf(context.request.cart));
    case QuestionKind::kCartTotal:
      return context.currency == question.currency && question.range.Contains(CartTotal(context));
    case QuestionKind::kAnchor:
      return AnyIn(context, context.anchors(), book.set(question));
    case QuestionKind::kCartContains:
      return question.range.Contains(PiecesIn(context, book.set(question)));
    case QuestionKind::kCartLacks:
      return PiecesIn(context, book.set(question)) == 0;
    case QuestionKind::kOwns:
      return AnyIn(context, context.owned, book.set(question));
    case QuestionKind::kLacksOwned:
      return !AnyIn(context, context.owned, book.set(question));
    case QuestionKind::kUsage:
      return UsesPartOfLimit(context, Usage(context), book.words(question).front(), question.range);
  }
  return false;
}

bool Applies(const Context& context, const BoundRule& rule) {
  const bool is_there =
      (rule.placements & context.placement.mask) != 0 && rule.from <= context.now && context.now < rule.until;
  if (!is_there || !context.memo.Holds(context, context.snapshot.bound_rules().conditions, rule.condition))
    return false;
  const BoundStop* stop = context.stops[rule.action];
  if (stop == nullptr || rule.rank <= stop->rule.rank) return true;
  context.memo.NoteStopped(rule.action);
  return false;
}

}  // namespace awase::engine

// when: cart, time, channel and traffic. Product sets and customers have files of their own.

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "awase/base/calendar_day.h"
#include "awase/yaml/nearest_word.h"
#include "awase/yaml/quoted.h"
#include "rules/internal/condition_check.h"
#include "rules/internal/condition_scalars.h"
#include "rules/internal/validate_rule.h"

namespace awase::rules_internal {
namespace {

using ::awase::yaml::Quoted;

constexpr char kWhen[] = ".when";
constexpr absl::Duration kYear = absl::Hours(24 * 366);

bool IsSameSet(const std::optional<rules::ProductSet>& a, const std::optional<rules::ProductSet>& b) {
  return a.has_value() && a == b;
}

void CheckCart(const ConditionCheck& check, const v1::CartCondition& cart) {
  const std::string below = absl::StrCat(kWhen, ".cart");
  if (!check.rule().Has(below) || check.IsEmptyMap(below, cart)) return;
  CheckProductSet(check, absl::StrCat(below, ".contains"), cart.contains());
  CheckProductSet(check, absl::StrCat(below, ".lacks"), cart.lacks());
  check.Amounts(absl::StrCat(below, ".total"), cart.total());
  const std::string quantity = absl::StrCat(below, ".quantity");
  if (check.IsThere(quantity) && !check.IsEmptyMap(quantity, cart.quantity())) {
    const std::int64_t most = std::numeric_limits<std::uint32_t>::max();
    Bound low = {"at_least", std::nullopt};
    Bound high = {"below", std::nullopt};
    if (cart.quantity().has_at_least()) low.value = cart.quantity().at_least();
    if (cart.quantity().has_below()) high.value = cart.quantity().below();
    check.Bounds(quantity, low, high, false, {0, most});
    if (high.value == 0 || (high.value == 1 && cart.has_contains())) {
      check.Error(quantity, cart.has_contains() ? "is never true: what the cart contains is at least one piece"
                                                : "is never true: nothing has fewer than 0 pieces");
    }
  }
  const rules::CartCondition& converted = check.rule().rule.when->cart;
  if (check.rule().IsSound(below) && IsSameSet(converted.contains, converted.lacks)) {
    check.Warn(absl::StrCat(below, ".lacks"), "is never true: it is what the cart is to contain");
  }
}

// Nothing when it is missing or wrong, which is reported.
std::optional<MonthDay> CheckMonthDay(const ConditionCheck& check, absl::string_view key, const std::string& text) {
  const std::string below = absl::StrCat(kWhen, ".every_year");
  const std::string path = absl::StrCat(below, ".", key);
  if (check.rule().IsMissing(below, key)) {
    check.Error(below, absl::StrCat("has no ", key, ": want a month and day such as 07-01"));
  }
  if (!check.IsThere(path)) return std::nullopt;
  const absl::StatusOr<MonthDay> day = ParseMonthDay(text);
  if (day.ok()) return *day;
  check.Error(path, day.status().message());
  return std::nullopt;
}

// Whether a day of the window lies in the time of a rule that applies for less than a year.
bool MeetsWindow(const rules::Rule& rule) {
  if (rule.from == absl::InfinitePast() || rule.until == absl::InfiniteFuture() || rule.until - rule.from >= kYear) {
    return true;
  }
  const absl::CivilDay last(rule.when->time_zone.At(rule.until - absl::Nanoseconds(1)).cs);
  for (absl::CivilDay day(rule.when->time_zone.At(rule.from).cs); day <= last; ++day) {
    if (rule.when->every_year->Contains(day)) return true;
  }
  return false;
}

void CheckEveryYear(const ConditionCheck& check, const v1::YearlyWindow& window) {
  const std::string below = absl::StrCat(kWhen, ".every_year");
  if (!check.rule().Has(below)) return;
  const std::optional<MonthDay> from = CheckMonthDay(check, "from", window.from());
  const std::optional<MonthDay> until = CheckMonthDay(check, "until", window.until());
  if (!from.has_value() || !until.has_value()) return;
  if (*from == *until) {
    check.Error(below, "from and until are the same day: until is the first day after the window");
  } else if (check.rule().IsSound("") && check.rule().rule.from < check.rule().rule.until &&
             !MeetsWindow(check.rule().rule)) {
    check.Warn(below, "is never true from the rule's from until its until");
  }
}

std::optional<int> CheckTimeOfDay(const ConditionCheck& check, absl::string_view key, const std::string& text,
                                  int when_missing) {
  const std::string path = absl::StrCat(kWhen, ".hours.", key);
  if (!check.rule().Has(path)) return when_missing;
  if (!check.rule().IsSound(path)) return std::nullopt;
  const absl::StatusOr<int> time = ParseTimeOfDay(text);
  if (time.ok()) return *time;
  check.Error(path, time.status().message());
  return std::nullopt;
}

void CheckDayNames(const ConditionCheck& check, const ProtoWords& days) {
  const std::string below = absl::StrCat(kWhen, ".hours.days");
  check.List(below, days);
  if (!check.IsThere(below)) return;
  for (int i = 0; i < days.size(); ++i) {
    if (days[i].empty() || FindDay(days[i]).has_value()) continue;
    check.Error(absl::StrCat(below, "[", i, "]"), yaml::UnknownWord("day", days[i], DayNames()));
  }
}

void CheckHours(const ConditionCheck& check, const v1::Hours& hours) {
  const std::string below = absl::StrCat(kWhen, ".hours");
  if (!check.rule().Has(below) || check.IsEmptyMap(below, hours)) return;
  CheckDayNames(check, hours.days());
  const std::optional<int> from = CheckTimeOfDay(check, "from", hours.from(), 0);
  const std::optional<int> until = CheckTimeOfDay(check, "until", hours.until(), rules::kMinutesPerDay);
  if (!from.has_value() || !until.has_value()) return;
  if (*from == rules::kMinutesPerDay) {
    check.Error(absl::StrCat(below, ".from"), "nothing of the day is left from 24:00 on: want 00:00");
  } else if (*from == *until) {
    check.Error(below, "from and until are the same time: until is the first minute after the hours");
  }
}

void CheckTimeZone(const ConditionCheck& check, const v1::Condition& when) {
  const std::string below = absl::StrCat(kWhen, ".time_zone");
  if (!check.IsThere(below)) return;
  const absl::StatusOr<absl::TimeZone> zone = FindTimeZone(when.time_zone());
  const v1::CustomerCondition& customer = when.customer();
  if (!zone.ok()) {
    check.Error(below, zone.status().message());
  } else if (!when.has_every_year() && !when.has_hours() && !customer.birthday_month() &&
             !customer.has_days_to_renewal() && !customer.has_days_to_trial_end()) {
    check.Warn(below, "has no effect: nothing here looks at the clock (from and until have their own offset)");
  }
}

void CheckChannels(const ConditionCheck& check, const ProtoWords& channels) {
  const std::string below = absl::StrCat(kWhen, ".channels");
  check.List(below, channels);
  for (int i = 0; i < channels.size(); ++i) {
    if (channels[i].empty() || rules::IsPlacementName(channels[i])) continue;
    check.Error(absl::StrCat(below, "[", i, "]"),
                absl::StrCat("want a name of at most 64 small letters, digits and \"_\" such as app, got ",
                             Quoted(channels[i])));
  }
}

void CheckTraffic(const ConditionCheck& check, const v1::Traffic& traffic) {
  const std::string below = absl::StrCat(kWhen, ".traffic");
  if (!check.rule().Has(below)) return;
  const std::string share = absl::StrCat(below, ".share");
  if (check.rule().IsMissing(below, "share")) {
    check.Error(below, "has no share: want a percentage such as share: 10%");
  } else if (check.IsThere(share)) {
    const absl::StatusOr<std::int64_t> parts = ParsePercentage(traffic.share(), 100);
    if (!parts.ok()) {
      check.Error(share, parts.status().message());
    } else if (*parts == 0) {
      check.Warn(share, "is never true: 0% of the customers are none");
    }
  }
  if (check.IsThere(absl::StrCat(below, ".salt")) && traffic.salt().empty()) {
    check.Error(absl::StrCat(below, ".salt"), "is empty: want a text, or take the key away for the rule's id");
  }
}

}  // namespace

void ValidateCondition(const SourceRule& rule, const rules::CatalogueFacts* facts, Report* report) {
  const ConditionCheck check(rule, facts, report);
  const v1::Condition& when = rule.proto->when();
  if (!rule.Has(kWhen) || check.IsEmptyMap(kWhen, when)) return;
  CheckProductSet(check, absl::StrCat(kWhen, ".anchor"), when.anchor());
  CheckCart(check, when.cart());
  CheckCustomer(check, absl::StrCat(kWhen, ".customer"), when.customer());
  CheckEveryYear(check, when.every_year());
  CheckHours(check, when.hours());
  CheckTimeZone(check, when);
  CheckChannels(check, when.channels());
  CheckTraffic(check, when.traffic());
}

}  // namespace awase::rules_internal

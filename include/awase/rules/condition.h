#ifndef AWASE_RULES_CONDITION_H_
#define AWASE_RULES_CONDITION_H_

// When a rule applies, beside its placements and its time: plain data, checked by LoadRules. docs/rules.md says what
// each condition means. Lists of texts that are sets are sorted, each text once; an empty list asks nothing.

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "awase/base/calendar_day.h"
#include "awase/base/money.h"

namespace awase::rules {

using Words = std::vector<std::string>;

// Whole numbers, both ends included.
struct Range {
  std::int64_t low = std::numeric_limits<std::int64_t>::min();
  std::int64_t high = std::numeric_limits<std::int64_t>::max();

  bool Contains(std::int64_t number) const { return low <= number && number <= high; }
  friend bool operator==(const Range&, const Range&) = default;
};

struct MoneyRange {
  CurrencyCode currency;
  Range minor_units;

  friend bool operator==(const MoneyRange&, const MoneyRange&) = default;
};

// Products that have one of the values of every list that is given.
struct ProductFilter {
  Words products;
  Words categories;  // see IsInCategory
  Words brands;
  Words product_types;
  Words authors;
  Words series;
  Words tags;
  std::vector<std::pair<std::string, Words>> attributes;  // by name
  std::optional<MoneyRange> price;

  friend bool operator==(const ProductFilter&, const ProductFilter&) = default;
};

struct ProductSet {
  ProductFilter in;
  std::optional<ProductFilter> not_in;

  friend bool operator==(const ProductSet&, const ProductSet&) = default;
};

struct CartCondition {
  std::optional<ProductSet> contains;
  std::optional<ProductSet> lacks;
  std::optional<MoneyRange> total;
  std::optional<Range> quantity;  // pieces; of `contains` where that is given

  friend bool operator==(const CartCondition&, const CartCondition&) = default;
};

// Parts in a million: 100 % is 1,000,000.
inline constexpr std::int64_t kWhole = 1'000'000;

struct UsageCondition {
  std::string metric;
  Range parts_of_limit;  // of kWhole; the fraction rounded down

  friend bool operator==(const UsageCondition&, const UsageCondition&) = default;
};

struct CustomerCondition {
  Words segments;
  Words lacks_segments;
  Words tiers;
  std::optional<Range> nps;
  std::optional<Range> health;
  Words interests;
  std::optional<ProductSet> owns;
  std::optional<ProductSet> lacks;
  Words milestones;
  Words milestones_missing;
  bool birthday_month = false;
  std::optional<Range> days_to_renewal;
  std::optional<Range> days_to_trial_end;
  std::optional<UsageCondition> usage;

  friend bool operator==(const CustomerCondition&, const CustomerCondition&) = default;
};

// The days from `from` on and before `until`, in every year; over its turn when until comes first.
struct YearlyWindow {
  MonthDay from;
  MonthDay until;

  bool Contains(absl::CivilDay day) const;
  friend bool operator==(const YearlyWindow&, const YearlyWindow&) = default;
};

inline constexpr int kMinutesPerDay = 24 * 60;

// The minutes from `from` on and before `until`, of the days named; over midnight when until comes first, and then a
// day's hours end on the next one.
struct Hours {
  int from = 0;  // minutes since midnight
  int until = kMinutesPerDay;
  std::array<bool, 7> days = {true, true, true, true, true, true, true};  // from Monday

  bool Contains(absl::CivilMinute minute) const;
  friend bool operator==(const Hours&, const Hours&) = default;
};

struct Traffic {
  std::int64_t parts = kWhole;  // of kWhole
  std::string salt;             // empty = the rule's id

  friend bool operator==(const Traffic&, const Traffic&) = default;
};

struct Condition {
  std::optional<ProductSet> anchor;
  CartCondition cart;
  CustomerCondition customer;
  std::optional<YearlyWindow> every_year;
  std::optional<Hours> hours;
  absl::TimeZone time_zone;  // UTC when not said
  Words channels;
  std::optional<Traffic> traffic;

  friend bool operator==(const Condition&, const Condition&) = default;
};

// Whether a product's category, a path with '>' between its steps, is `named` or below it. Blanks around steps do not
// count; no product without a category is in one. O(length).
bool IsInCategory(absl::string_view category, absl::string_view named);

// Where a customer falls in the traffic of a salt: 0 … kWhole − 1, evenly, and independent for different salts. The
// same on every machine and in every version: docs/rules.md has the formula. `id` is never empty.
std::int64_t TrafficPart(absl::string_view salt, absl::string_view id);

}  // namespace awase::rules

#endif  // AWASE_RULES_CONDITION_H_

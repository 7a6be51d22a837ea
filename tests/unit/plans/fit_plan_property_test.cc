// FitPlan against a search that tries everything and computes every cost step by step, on families made at random.

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/plans/fit_plan.h"
#include "gtest/gtest.h"
#include "tests/unit/plans/plan_testing.h"

namespace awase::plans {
namespace {

constexpr int kFamilies = 400;
const char* const kMetrics[] = {"a", "b"};

// What a plan says of a metric, as the oracle sees it: whole units, thousandths of a cent.
struct OracleTerm {
  std::optional<std::int64_t> limit;  // nothing = unlimited
  std::optional<std::int64_t> millicents;
  std::int64_t step = 1;
};

struct OraclePlan {
  std::string id;
  std::int64_t fee = 0;
  std::map<std::string, OracleTerm> terms;
};

// In cents, counting steps one after the other.
std::int64_t SlowCharge(const OracleTerm& term, std::int64_t use) {
  std::int64_t millicents = 0;
  for (std::int64_t paid = *term.limit; paid < use; paid += term.step) millicents += *term.millicents;
  std::int64_t cents = 0;
  while (millicents >= 1000) {
    millicents -= 1000;
    ++cents;
  }
  return cents + (millicents >= 500 ? 1 : 0);
}

using Months = std::vector<std::map<std::string, std::int64_t>>;

// Of one month; `cuts_off` where more is used than is to be had.
std::int64_t SlowMonth(const OraclePlan& plan, const std::map<std::string, std::int64_t>& month, bool* cuts_off) {
  std::int64_t total = plan.fee;
  for (const auto& [metric, use] : month) {
    const auto term = plan.terms.find(metric);
    if (term == plan.terms.end()) {
      *cuts_off = *cuts_off || use > 0;
    } else if (term->second.limit.has_value() && term->second.millicents.has_value()) {
      total += SlowCharge(term->second, use);
    } else if (term->second.limit.has_value()) {
      *cuts_off = *cuts_off || use > *term->second.limit;
    }
  }
  return total;
}

std::int64_t SlowTotal(const OraclePlan& plan, const Months& months) {
  std::int64_t total = 0;
  for (const auto& month : months) {
    bool cuts_off = false;
    total += SlowMonth(plan, month, &cuts_off);
  }
  return total;
}

// Months that the plan cuts off are not cheaper than they are now. What no plan speaks of counts for nothing.
std::int64_t SlowTotalInsteadOf(const OraclePlan& now, const OraclePlan& plan, const std::vector<OraclePlan>& family,
                                Months months) {
  for (auto& month : months) {
    std::erase_if(month, [&family](const auto& use) {
      return std::none_of(family.begin(), family.end(),
                          [&use](const OraclePlan& other) { return other.terms.count(use.first) > 0; });
    });
  }
  std::int64_t total = 0;
  for (const auto& month : months) {
    bool cuts_off = false;
    bool is_cut_off_now = false;
    const std::int64_t then = SlowMonth(plan, month, &cuts_off);
    total += cuts_off ? std::max(then, SlowMonth(now, month, &is_cut_off_now)) : then;
  }
  return total;
}

// The need: nine of ten months, and a tenth more; in tenths of units. What no plan speaks of decides nothing.
bool SlowCovers(const OraclePlan& plan, const std::vector<OraclePlan>& family, const Months& months) {
  for (const char* metric : kMetrics) {
    const bool is_known = std::any_of(family.begin(), family.end(),
                                      [metric](const OraclePlan& other) { return other.terms.count(metric) > 0; });
    if (!is_known) continue;
    std::int64_t need = -1;
    for (const auto& candidate : months) {
      std::size_t not_above = 0;
      for (const auto& month : months) not_above += month.at(metric) <= candidate.at(metric) ? 1 : 0;
      const bool is_enough = not_above * 10 >= months.size() * 9;
      if (is_enough && (need < 0 || candidate.at(metric) < need)) need = candidate.at(metric);
    }
    const auto term = plan.terms.find(metric);
    if (need == 0) continue;
    if (term == plan.terms.end()) return false;
    if (!term->second.limit.has_value() || term->second.millicents.has_value()) continue;
    if (*term->second.limit * 10 < need * 11) return false;
  }
  return true;
}

class RandomShop {
 public:
  explicit RandomShop(std::uint32_t seed) : random_(seed) {
    const std::int64_t count = Draw(1, 5);
    for (std::int64_t i = 0; i < count; ++i) AddPlan(absl::StrCat("p", i));
    const std::int64_t month_count = Draw(1, 12);
    for (std::int64_t m = 0; m < month_count; ++m) {
      months_.emplace_back();
      for (const char* metric : kMetrics) months_.back()[metric] = Draw(0, 3) == 0 ? Draw(0, 60) : Draw(0, 20);
    }
    now_ = static_cast<std::size_t>(Draw(0, count - 1));
  }

  const std::vector<OraclePlan>& plans() const { return plans_; }
  const OraclePlan& now() const { return plans_[now_]; }
  const Months& months() const { return months_; }
  PlanShop& shop() { return shop_; }
  UsageHistory History() const {
    std::vector<UsageRecord> records;
    for (std::size_t m = 0; m < months_.size(); ++m) {
      for (const auto& [metric, use] : months_[m]) records.push_back({metric, Units(use), absl::StrCat("m", m + 10)});
    }
    return UsageHistory::Of(records);
  }

 private:
  std::int64_t Draw(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random_() % static_cast<std::uint32_t>(high - low + 1));
  }

  void AddPlan(const std::string& id) {
    OraclePlan plan{id, Draw(0, 12) * 50, {}};
    Columns columns = {{"fee", absl::StrCat(plan.fee / 100, ".", plan.fee % 100 == 0 ? "00" : "50")}};
    for (const char* metric : kMetrics) {
      if (Draw(0, 9) == 0) continue;
      OracleTerm& term = plan.terms[metric];
      if (Draw(0, 4) > 0) term.limit = Draw(0, 6) * 5;
      columns.push_back({absl::StrCat("limit.", metric), term.limit ? absl::StrCat(*term.limit) : "unlimited"});
      if (Draw(0, 1) == 0) continue;
      term.millicents = Draw(0, 40) * 500;
      term.step = Draw(1, 4);
      columns.push_back({absl::StrCat("overage.", metric),
                         absl::StrCat("0.", std::to_string(100'000 + *term.millicents).substr(1), "/", term.step)});
    }
    shop_.Add(id, columns);
    plans_.push_back(plan);
  }

  std::mt19937 random_;
  std::vector<OraclePlan> plans_;
  std::size_t now_ = 0;
  Months months_;
  PlanShop shop_;
};

// The ids that may be proposed, best first, by the words of docs/plans.md.
std::vector<std::string> SlowMoves(const RandomShop& random, bool* meets_need) {
  const OraclePlan& now = random.now();
  const std::int64_t paid = SlowTotal(now, random.months());
  *meets_need = SlowCovers(now, random.plans(), random.months());
  std::vector<std::tuple<std::int64_t, std::int64_t, std::string, bool>> found;
  for (const OraclePlan& plan : random.plans()) {
    if (plan.id == now.id || !SlowCovers(plan, random.plans(), random.months())) continue;
    const std::int64_t total = SlowTotalInsteadOf(now, plan, random.plans(), random.months());
    const bool down = plan.fee < now.fee && total <= paid;  // what costs more is no step down
    const bool pays = down ? (paid - total) * 10 >= paid && paid > total : paid > total;
    if (*meets_need && !pays) continue;
    found.emplace_back(total, plan.fee, plan.id, down);
  }
  std::sort(found.begin(), found.end());
  std::vector<std::string> ids;
  for (const auto& [total, fee, id, down] : found) {
    if (down == std::get<3>(found.front())) ids.push_back(id);
  }
  return ids;
}

TEST(FitPlanProperty, FindsWhatTryingEverythingFinds) {
  int moved = 0;
  for (std::uint32_t seed = 1; seed <= kFamilies; ++seed) {
    RandomShop random(seed);
    const PlanBook& book = random.shop().Book();
    ASSERT_TRUE(book.faults().empty()) << "seed " << seed << ": " << book.faults()[0].message;
    Subscription subscription{.plan = random.shop().PlanOf(random.now().id)};
    const Fit fit = FitPlan(book, subscription, random.History(), {});
    bool meets_need = false;
    const std::vector<std::string> expected = SlowMoves(random, &meets_need);
    std::vector<std::string> found;
    for (const Move& move : fit.moves) {
      found.push_back(move.to.plan->product_id);
      EXPECT_EQ(move.saving_minor, fit.total_minor - move.total_minor);
    }
    EXPECT_EQ(found, expected) << "seed " << seed;
    EXPECT_EQ(fit.meets_need, meets_need) << "seed " << seed;
    EXPECT_EQ(fit.total_minor, SlowTotal(random.now(), random.months())) << "seed " << seed;
    moved += found.empty() ? 0 : 1;
  }
  EXPECT_GT(moved, kFamilies / 4) << "the families are too alike to test anything";
}

TEST(FitPlanProperty, CostsAreThoseCountedStepByStep) {
  for (std::uint32_t seed = 1; seed <= kFamilies; ++seed) {
    RandomShop random(seed);
    random.shop().Book();
    const UsageHistory history = random.History();
    for (const OraclePlan& plan : random.plans()) {
      std::int64_t total = 0;
      for (std::size_t period = 0; period < history.periods().size(); ++period) {
        total += CostOf(*random.shop().PlanOf(plan.id), history.row(period)).total_minor();
      }
      EXPECT_EQ(total, SlowTotal(plan, random.months())) << "seed " << seed << ", " << plan.id;
    }
  }
}

// A dominated plan is never worth a change, whatever is used.
TEST(FitPlanProperty, NeverProposesAPlanThatTheCurrentOneDominates) {
  for (std::uint32_t seed = 1; seed <= kFamilies; ++seed) {
    RandomShop random(seed);
    const PlanBook& book = random.shop().Book();
    const Subscription subscription{.plan = random.shop().PlanOf(random.now().id)};
    const Fit fit = FitPlan(book, subscription, random.History(), {});
    if (!fit.meets_need) continue;
    for (const Move& move : fit.moves) {
      EXPECT_FALSE(Dominates(*subscription.plan, *move.to.plan)) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace awase::plans

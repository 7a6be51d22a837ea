#include "trainer/internal/plan_stage.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "awase/base/parallel.h"
#include "awase/base/saturating_sum.h"
#include "awase/plans/fit_plan.h"
#include "awase/plans/plan_book.h"

namespace awase::trainer_internal {
namespace {

using ingest::SubscriptionRow;
using ingest::UsageLog;
using ingest::UsageRow;
using plans::Plan;
using plans::Quantity;
using trainer::PlanReport;

// As in requests. More of them are moments and no intervals, and a history has a cell for each period and metric.
constexpr std::size_t kMostPeriods = 400;
constexpr std::size_t kUnknownNamed = 5;

trainer::UnknownNames FirstOf(const std::set<std::string>& unknown) {
  trainer::UnknownNames names{.count = unknown.size()};
  for (const std::string& name : unknown) {
    if (names.first.size() == kUnknownNamed) break;
    names.first.push_back(name);
  }
  return names;
}

// What one customer's history comes to.
struct Advice {
  bool is_advised = false;
  bool has_too_many_periods = false;
  bool has_other_periods = false;
  bool has_unknown_options = false;
  std::optional<plans::Move::Direction> direction;
  std::int64_t saving_minor = 0;
  const Plan* plan = nullptr;
  bool is_unfit = false;  // no plan meets the need
};

// The rows of one customer.
template <typename Row>
absl::Span<const Row> Group(const std::vector<Row>& rows, std::size_t first, std::size_t last) {
  return absl::MakeConstSpan(rows).subspan(first, last - first);
}

class PlanStudy {
 public:
  PlanStudy(const catalog::Catalog& catalog, const UsageLog& usage, const std::vector<SubscriptionRow>& subscriptions,
            const PlanStageOptions& options)
      : catalog_(catalog), usage_(usage), subscriptions_(subscriptions), options_(options) {
    std::vector<plans::PlanBook::Entry> entries;
    for (std::size_t i = 0; i < catalog.size(); ++i) {
      const catalog::Product& product = catalog.product(ProductAt(i));
      if (plans::IsPlanProduct(product)) entries.push_back({&product, ProductAt(i)});
    }
    book_ = plans::PlanBook::Build(entries);
  }

  PlanReport Write() && {
    report_.plans = book_.plans().size();
    report_.options = book_.options().size();
    report_.families = book_.family_count();
    report_.faults.assign(book_.faults().begin(), book_.faults().end());
    report_.notes = book_.Review();
    FindUsageOfCustomers();
    FindSubscribers();
    FindUnknownMetrics();
    FindUnknownIds();
    AdviseAll();
    FindUnusedMetrics();
    CountSwitches();
    DescribeUse();
    return std::move(report_);
  }

 private:
  struct Range {
    std::size_t first = 0;
    std::size_t last = 0;
  };

  // Rows are by customer, and customers are numbered in byte order.
  void FindUsageOfCustomers() {
    usage_of_.resize(usage_.customer_ids.size());
    for (std::size_t i = 0; i < usage_.rows.size(); ++i) {
      Range& range = usage_of_[usage_.rows[i].customer];
      if (range.last == 0) range.first = i;
      range.last = i + 1;
    }
  }

  void FindSubscribers() {
    for (std::size_t i = 0; i < subscriptions_.size(); ++i) {
      if (i == 0 || subscriptions_[i].customer_id != subscriptions_[i - 1].customer_id) subscribers_.push_back({i, i});
      subscribers_.back().last = i + 1;
    }
    report_.subscribers = subscribers_.size();
    std::uint64_t users = 0;
    for (const Range& subscriber : subscribers_) users += UsageOf(subscriber).empty() ? 0 : 1;
    report_.users_unsubscribed = usage_.customer_ids.size() - users;
  }

  absl::Span<const UsageRow> UsageOf(const Range& subscriber) const {
    const std::string& id = subscriptions_[subscriber.first].customer_id;
    const auto at = std::lower_bound(usage_.customer_ids.begin(), usage_.customer_ids.end(), id);
    if (at == usage_.customer_ids.end() || *at != id) return {};
    const Range& range = usage_of_[static_cast<std::size_t>(at - usage_.customer_ids.begin())];
    return Group(usage_.rows, range.first, range.last);
  }

  const Plan* PlanOf(const std::string& product_id) const {
    const std::optional<ProductIndex> product = catalog_.Find(product_id);
    return product.has_value() ? book_.FindPlan(*product) : nullptr;
  }

  const plans::Option* OptionOf(const std::string& product_id) const {
    const std::optional<ProductIndex> product = catalog_.Find(product_id);
    return product.has_value() ? book_.FindOption(*product) : nullptr;
  }

  plans::Subscription SubscriptionOf(const SubscriptionRow& row) const {
    plans::Subscription subscription{.plan = PlanOf(row.product_id), .options = {}, .seats = row.seats};
    for (const std::string& id : row.option_ids) {
      if (const plans::Option* option = OptionOf(id); option != nullptr) {
        subscription.options.push_back(option);
      } else {
        subscription.unknown_options.push_back(id);
      }
    }
    subscription.options.erase(std::unique(subscription.options.begin(), subscription.options.end()),
                               subscription.options.end());
    return subscription;
  }

  // Rows of one customer are by period.
  static std::size_t PeriodsOf(absl::Span<const UsageRow> rows) {
    std::size_t periods = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) periods += i == 0 || rows[i].period != rows[i - 1].period ? 1 : 0;
    return periods;
  }

  // Whether the periods are months, "2026-10", and the plan is paid by another interval: a year's fee each month would
  // be no cost of anybody.
  bool HasOtherPeriods(const Plan& plan, absl::Span<const UsageRow> rows) const {
    const auto is_month = [this](const UsageRow& row) { return plans::IsMonth(usage_.periods[row.period]); };
    return !plan.interval.empty() && plan.interval != "month" && std::all_of(rows.begin(), rows.end(), is_month);
  }

  // By the last of the customer's subscriptions.
  Advice Advise(const Range& subscriber) const {
    const plans::Subscription subscription = SubscriptionOf(subscriptions_[subscriber.last - 1]);
    Advice advice{.plan = subscription.plan};
    const absl::Span<const UsageRow> rows = UsageOf(subscriber);
    if (subscription.plan == nullptr || rows.empty()) return advice;
    advice.has_too_many_periods = PeriodsOf(rows) > kMostPeriods;
    advice.has_other_periods = HasOtherPeriods(*subscription.plan, rows);
    advice.has_unknown_options = !subscription.unknown_options.empty();
    if (advice.has_too_many_periods || advice.has_other_periods || advice.has_unknown_options) return advice;
    advice.is_advised = true;
    std::vector<plans::UsageRecord> records;
    for (const UsageRow& row : rows) {
      records.push_back({usage_.metrics[row.metric], Quantity{row.quantity_micro}, usage_.periods[row.period]});
    }
    const plans::Fit fit = plans::FitPlan(book_, subscription, plans::UsageHistory::Of(records), {});
    advice.is_unfit = fit.moves.empty() && !fit.meets_need;
    if (fit.moves.empty()) return advice;
    advice.direction = fit.moves.front().direction;
    advice.saving_minor = fit.moves.front().saving_minor;
    return advice;
  }

  void AdviseAll() {
    advices_.resize(subscribers_.size());
    constexpr std::size_t kGrain = 64;
    ParallelFor(options_.threads, subscribers_.size(), kGrain,
                [this](std::size_t first, std::size_t last, std::size_t /*worker*/) {
                  for (std::size_t i = first; i < last; ++i) advices_[i] = Advise(subscribers_[i]);
                });
    CustomerSums savings;
    CustomerSums extras;
    for (const Advice& advice : advices_) {
      report_.without_plan += advice.plan == nullptr ? 1 : 0;
      report_.subscribers_used += advice.is_advised ? 1 : 0;
      report_.too_many_periods += advice.has_too_many_periods ? 1 : 0;
      report_.other_periods += advice.has_other_periods ? 1 : 0;
      report_.unknown_options += advice.has_unknown_options ? 1 : 0;
      report_.unfit += advice.is_unfit ? 1 : 0;
      if (!advice.direction.has_value()) continue;
      const bool is_down = *advice.direction == plans::Move::Direction::kDown;
      ++(is_down ? report_.better_lower : report_.better_higher);
      if (advice.saving_minor == 0) continue;
      CustomerSums& sums = advice.saving_minor > 0 ? savings : extras;
      auto& [customers, minor] = sums[std::string(advice.plan->currency.text())];
      ++customers;
      minor = SaturatingSum(minor, advice.saving_minor > 0 ? advice.saving_minor : -advice.saving_minor);
    }
    report_.savings_minor = SumsOfMany(savings);
    report_.extra_minor = SumsOfMany(extras);
  }

  using CustomerSums =
      std::map<std::string, std::pair<std::uint64_t, std::int64_t>>;  // by currency: customers, minor units

  // Those of so many customers that none of them can be told.
  std::map<std::string, std::int64_t> SumsOfMany(const CustomerSums& sums) const {
    std::map<std::string, std::int64_t> of_many;
    for (const auto& [currency, sum] : sums) {
      if (sum.first >= options_.min_buyers) of_many[currency] = sum.second;
    }
    return of_many;
  }

  void FindUnknownMetrics() {
    std::set<std::string> known;
    const auto add = [&known](const plans::Charge& charge) {
      for (const plans::Term& term : charge.terms) known.insert(term.metric);
      if (charge.fee.is_per_seat) known.emplace(plans::kSeatsMetric);
    };
    for (const Plan& plan : book_.plans()) add(plan);
    for (const plans::Option& option : book_.options()) add(option);
    std::set<std::string> unknown;
    for (const std::string& metric : usage_.metrics) {
      if (known.count(metric) == 0) unknown.insert(metric);
    }
    report_.unknown_metrics = FirstOf(unknown);
    for (const std::string& metric : unknown) {
      const auto meant = std::find_if(known.begin(), known.end(),
                                      [&](const std::string& name) { return absl::EqualsIgnoreCase(name, metric); });
      if (meant == known.end() || report_.miscased_metrics.size() == kUnknownNamed) continue;
      report_.miscased_metrics.emplace(metric, *meant);
    }
  }

  void FindUnknownIds() {
    std::set<std::string> no_plans;
    std::set<std::string> no_options;
    for (const SubscriptionRow& row : subscriptions_) {
      if (PlanOf(row.product_id) == nullptr) no_plans.insert(row.product_id);
      for (const std::string& id : row.option_ids) {
        if (OptionOf(id) == nullptr) no_options.insert(id);
      }
    }
    report_.unknown_plan_ids = FirstOf(no_plans);
    report_.unknown_option_ids = FirstOf(no_options);
  }

  // What is paid for by use, but of which nobody knows how much was used: it is priced as unused.
  void FindUnusedMetrics() {
    std::set<std::string> unused;
    for (const Advice& advice : advices_) {
      if (!advice.is_advised) continue;
      for (const plans::Term& term : advice.plan->terms) {
        // Seats are said by subscriptions, too.
        if (term.overage.has_value() && term.metric != plans::kSeatsMetric) unused.insert(term.metric);
      }
    }
    for (const std::string& metric : usage_.metrics) unused.erase(metric);
    report_.unused_metrics.assign(unused.begin(), unused.end());
  }

  // Plans of one family, one after the other.
  void CountSwitches() {
    std::map<std::pair<const Plan*, const Plan*>, std::uint64_t> customers;
    for (const Range& subscriber : subscribers_) {
      std::set<std::pair<const Plan*, const Plan*>> made;
      const Plan* last = nullptr;
      for (const SubscriptionRow& row : Group(subscriptions_, subscriber.first, subscriber.last)) {
        const Plan* plan = PlanOf(row.product_id);
        if (row.started_at_micros == orders::kNoTime || plan == nullptr) continue;  // its place is not known
        if (last != nullptr && last != plan && plans::IsComparable(*last, *plan)) {
          made.emplace(last, plan);
        }
        last = plan;
      }
      for (const auto& change : made) ++customers[change];
    }
    for (const auto& [change, count] : customers) {
      if (count < options_.min_buyers) continue;
      const auto [from, to] = change;
      report_.switches.push_back({from->product_id, to->product_id, to->fee.Of(1) > from->fee.Of(1), count});
    }
    std::sort(report_.switches.begin(), report_.switches.end(),
              [](const auto& a, const auto& b) { return std::tie(a.from, a.to) < std::tie(b.from, b.to); });
  }

  void DescribeUse() {
    struct Uses {
      std::vector<Quantity> quantities;
      std::uint64_t customers = 0;
    };
    std::map<std::pair<std::string, std::uint32_t>, Uses> uses;  // product, metric
    for (std::size_t i = 0; i < subscribers_.size(); ++i) {
      if (!advices_[i].is_advised) continue;
      std::set<std::uint32_t> metrics;
      for (const UsageRow& row : UsageOf(subscribers_[i])) {
        Uses& use = uses[{advices_[i].plan->product_id, row.metric}];
        use.quantities.push_back(Quantity{row.quantity_micro});
        use.customers += metrics.insert(row.metric).second ? 1 : 0;
      }
    }
    for (auto& [key, use] : uses) {
      if (use.customers < kLeastCustomersOfUse) continue;
      std::sort(use.quantities.begin(), use.quantities.end());
      const auto rank = [&use](std::size_t tenths) {
        return use.quantities[(use.quantities.size() * tenths - 1) / 10];
      };
      report_.use.push_back({key.first, usage_.metrics[key.second], use.customers, rank(5), rank(9)});
    }
  }

  const catalog::Catalog& catalog_;
  const UsageLog& usage_;
  const std::vector<SubscriptionRow>& subscriptions_;
  const PlanStageOptions& options_;
  plans::PlanBook book_;
  std::vector<Range> usage_of_;     // by customer of the usage
  std::vector<Range> subscribers_;  // of subscriptions_, one per customer
  std::vector<Advice> advices_;     // by subscriber
  PlanReport report_;
};

}  // namespace

PlanReport StudyPlans(const catalog::Catalog& catalog, const UsageLog& usage,
                      const std::vector<SubscriptionRow>& subscriptions, const PlanStageOptions& options) {
  return PlanStudy(catalog, usage, subscriptions, options).Write();
}

}  // namespace awase::trainer_internal

// The Megaline customers: what each would have paid in each month under both plans, held against a computation of its
// own from the raw calls, messages and sessions. The dump is no part of the project: without it the tests are skipped.

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "awase/ingest/read_dump.h"
#include "awase/ingest/read_subscribers.h"
#include "awase/plans/fit_plan.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/unit/plans/plan_testing.h"

namespace awase::plans {
namespace {

std::string DataFolder() {
  const char* folder = std::getenv("AWASE_SHARED_DATA");
  return JoinPath(folder != nullptr ? folder : JoinPath(AWASE_SOURCE_DIR, "../shared/data"), "megaline_plans");
}

// Of one customer in one month, added up here from the raw rows.
struct RawMonth {
  std::int64_t minutes = 0;  // each call rounded up
  std::int64_t messages = 0;
  std::int64_t data_mb_micro = 0;
};
using CustomerMonth = std::pair<std::string, std::string>;

// The operator's bill in cents: gigabytes of the month rounded up, then what exceeds the plan's.
std::int64_t BillOf(const std::string& plan, const RawMonth& month) {
  const std::int64_t gigabyte = 1024 * 1'000'000LL;
  const std::int64_t gigabytes = (month.data_mb_micro + gigabyte - 1) / gigabyte;
  const auto beyond = [](std::int64_t used, std::int64_t included) { return used > included ? used - included : 0; };
  if (plan == "surf") {
    return 2000 + 3 * beyond(month.minutes, 500) + 3 * beyond(month.messages, 50) + 1000 * beyond(gigabytes, 15);
  }
  return 7000 + beyond(month.minutes, 3000) + beyond(month.messages, 1000) + 700 * beyond(gigabytes, 30);
}

class Megaline : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = DataFolder();
    if (!PathExists(folder_)) GTEST_SKIP() << folder_ << " is absent";
    AWASE_ASSERT_OK_AND_ASSIGN(map_,
                               ingest::LoadDatasetMap(JoinPath(AWASE_SOURCE_DIR, "examples/megaline/dataset.yaml")));
    ReadThroughMap();
    ReadRaw("megaline_calls.csv.zst", {{"customer_id", "user_id"}, {"quantity", "duration"}, {"period", "call_date"}},
            [](RawMonth& month, std::int64_t micro) { month.minutes += (micro + 999'999) / 1'000'000; });
    ReadRaw("megaline_messages.csv.zst", {{"customer_id", "user_id"}, {"period", "message_date"}},
            [](RawMonth& month, std::int64_t) { ++month.messages; });
    ReadRaw("megaline_internet.csv.zst",
            {{"customer_id", "user_id"}, {"quantity", "mb_used"}, {"period", "session_date"}},
            [](RawMonth& month, std::int64_t micro) { month.data_mb_micro += micro; });
  }

  // Products, usage and subscriptions as training reads them.
  void ReadThroughMap() {
    ingest::ReadReport report;
    AWASE_ASSERT_OK_AND_ASSIGN(
        products_, ingest::ReadProducts({JoinPath(folder_, "megaline_plans.csv")}, map_.products, {}, &report));
    AWASE_ASSERT_OK_AND_ASSIGN(usage_,
                               ingest::ReadUsage({JoinPath(folder_, "megaline_[cim]*.csv*")}, map_.usage, {}, &report));
    AWASE_ASSERT_OK_AND_ASSIGN(subscriptions_, ingest::ReadSubscriptions({JoinPath(folder_, "megaline_users.csv")},
                                                                         map_.subscriptions, {}, &report));
    std::vector<PlanBook::Entry> entries;
    for (const catalog::Product& product : products_) entries.push_back({&product, ProductAt(entries.size())});
    book_ = PlanBook::Build(entries);
    ASSERT_EQ(book_.plans().size(), 2u) << (book_.faults().empty() ? "" : book_.faults()[0].message);
  }

  // Every row under its own id, so that nothing is added up on the way.
  template <typename Add>
  void ReadRaw(const std::string& name, std::map<std::string, std::string> columns, Add add) {
    ingest::TableMap map;
    map.columns = std::move(columns);
    map.columns["metric"] = "id";
    if (map.columns.count("quantity") == 0) map.constants["quantity"] = "1";
    ingest::ReadReport report;
    AWASE_ASSERT_OK_AND_ASSIGN(const ingest::UsageLog log,
                               ingest::ReadUsage({JoinPath(folder_, name)}, map, {}, &report));
    ASSERT_EQ(report.rows_read, report.rows_kept);
    for (const ingest::UsageRow& row : log.rows) {
      add(raw_[{log.customer_ids[row.customer], log.periods[row.period].substr(0, 7)}], row.quantity_micro);
    }
  }

  const Plan& PlanOf(const std::string& id) const {
    return book_.plans()[0].product_id == id ? book_.plans()[0] : book_.plans()[1];
  }

  // Of each customer with any use.
  std::map<std::string, UsageHistory> Histories() const {
    std::map<std::string, std::vector<UsageRecord>> records;
    for (const ingest::UsageRow& row : usage_.rows) {
      records[usage_.customer_ids[row.customer]].push_back(
          {usage_.metrics[row.metric], Quantity{row.quantity_micro}, usage_.periods[row.period]});
    }
    std::map<std::string, UsageHistory> histories;
    for (const auto& [customer, rows] : records) histories[customer] = UsageHistory::Of(rows);
    return histories;
  }

  std::string folder_;
  ingest::DatasetMap map_;
  std::vector<catalog::Product> products_;
  ingest::UsageLog usage_;
  std::vector<ingest::SubscriptionRow> subscriptions_;
  PlanBook book_;
  std::map<CustomerMonth, RawMonth> raw_;
};

TEST_F(Megaline, EveryBillEqualsAComputationOfItsOwnToTheCent) {
  std::size_t months = 0;
  for (const auto& [customer, history] : Histories()) {
    for (std::size_t i = 0; i < history.periods().size(); ++i, ++months) {
      const auto raw = raw_.find({customer, history.periods()[i]});
      ASSERT_NE(raw, raw_.end()) << customer << " " << history.periods()[i];
      for (const std::string plan : {"surf", "ultimate"}) {
        const Cost cost = CostOf(PlanOf(plan), history.row(i));
        EXPECT_TRUE(cost.covers());
        EXPECT_EQ(cost.total_minor(), BillOf(plan, raw->second)) << customer << " " << history.periods()[i] << plan;
      }
    }
  }
  EXPECT_EQ(months, raw_.size()) << "each customer and month, once";
  std::printf("%zu months of %zu customers, both plans\n", months, usage_.customer_ids.size());
}

TEST_F(Megaline, OffersTheCheaperPlanWheneverTheSavingPassesTheThreshold) {
  std::map<std::string, std::map<std::string, std::int64_t>> paid;  // customer, plan → cents over all months
  for (const auto& [key, month] : raw_) {
    for (const std::string plan : {"surf", "ultimate"}) paid[key.first][plan] += BillOf(plan, month);
  }
  std::map<std::string, int> offers;
  const std::map<std::string, UsageHistory> histories = Histories();
  for (const ingest::SubscriptionRow& row : subscriptions_) {
    const auto history = histories.find(row.customer_id);
    if (history == histories.end()) continue;
    const std::string other = row.product_id == "surf" ? "ultimate" : "surf";
    const std::int64_t now = paid[row.customer_id][row.product_id];
    const std::int64_t then = paid[row.customer_id][other];
    const bool passes = other == "ultimate" ? then < now : (now - then) * 10 >= now;

    const Fit fit = FitPlan(book_, {.plan = &PlanOf(row.product_id)}, history->second, {});
    EXPECT_EQ(fit.total_minor, now) << row.customer_id;
    ASSERT_EQ(fit.moves.size(), passes ? 1u : 0u) << row.customer_id << ": " << now << ", or " << then;
    ++offers[passes ? row.product_id + " to " + other : "stays"];
    if (!passes) continue;
    const Move& move = fit.moves[0];
    EXPECT_EQ(move.to.plan->product_id, other);
    EXPECT_EQ(move.total_minor, then);
    EXPECT_EQ(move.saving_minor, now - then);
    for (const std::string& metric : history->second.metrics()) {  // it never fails the need
      const Term* term = move.to.plan->FindTerm(metric);
      ASSERT_NE(term, nullptr);
      EXPECT_TRUE(term->overage.has_value() || *term->limit >= history->second.QuantileOf(metric, 0.9));
    }
  }
  for (const auto& [what, count] : offers) std::printf("%s: %d customers\n", what.c_str(), count);
}

// What a hard limit does: without overage, a plan is proposed only to who stays below it.
TEST_F(Megaline, WithoutOverageNoOfferFailsTheNeed) {
  for (catalog::Product& product : products_) {
    std::erase_if(product.attributes, [](const auto& attribute) { return attribute.name.starts_with("overage."); });
  }
  std::vector<PlanBook::Entry> entries;
  for (const catalog::Product& product : products_) entries.push_back({&product, ProductAt(entries.size())});
  book_ = PlanBook::Build(entries);
  std::size_t offers = 0;
  for (const auto& [customer, history] : Histories()) {
    for (const std::string plan : {"surf", "ultimate"}) {
      const Fit fit = FitPlan(book_, {.plan = &PlanOf(plan)}, history, {});
      for (const Move& move : fit.moves) {
        ++offers;
        for (const std::string& metric : history.metrics()) {
          const Quantity use = history.QuantileOf(metric, 0.9);
          EXPECT_GE(move.to.LimitOf(metric)->micros * 10, use.micros * 11) << customer << " " << metric;
        }
      }
    }
  }
  EXPECT_GT(offers, 0u);
}

}  // namespace
}  // namespace awase::plans

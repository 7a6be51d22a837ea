#include "trainer/internal/plan_stage.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "trainer/internal/plan_report.h"

namespace awase::trainer_internal {
namespace {

using ingest::SubscriptionRow;
using ingest::UsageLog;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;
using trainer::PlanReport;

catalog::Product PlanProduct(const std::string& id, std::int64_t price, const std::string& limit) {
  catalog::Product product;
  product.product_id = id;
  product.family = "storage";
  product.subscription_interval = "month";
  product.price = Money{price, *CurrencyCode::Parse("USD")};
  product.attributes = {{"limit.gb", limit, std::nullopt}};
  return product;
}

catalog::Catalog Plans() {
  return catalog::Catalog::Build({PlanProduct("free", 0, "5"), PlanProduct("large", 2000, "1000"),
                                  PlanProduct("odd", 100, "10 GB"), PlanProduct("small", 1000, "100")});
}

// Customers 00, 01, … with one period each.
UsageLog UsageOf(const std::vector<std::int64_t>& gigabytes) {
  UsageLog log{.customer_ids = {}, .periods = {"2026-10"}, .metrics = {"gb", "logins"}};
  for (std::size_t i = 0; i < gigabytes.size(); ++i) {
    log.customer_ids.push_back(absl::StrCat(i / 10, i % 10));
    log.rows.push_back({static_cast<std::uint32_t>(i), 0, 0, gigabytes[i] * 1'000'000});
  }
  return log;
}

SubscriptionRow Subscribed(const std::string& customer, const std::string& product, std::int64_t day) {
  return {.customer_id = customer, .product_id = product, .started_at_micros = day * 86'400'000'000};
}

TEST(StudyPlans, CountsWhoWouldBeBetterOff) {
  const PlanReport report =
      StudyPlans(Plans(), UsageOf({3, 50, 99, 3, 7}),
                 {Subscribed("00", "large", 1), Subscribed("01", "large", 1), Subscribed("02", "small", 1),
                  Subscribed("03", "mug", 1), Subscribed("05", "small", 1)},
                 {});
  EXPECT_EQ(report.plans, 3u);
  EXPECT_EQ(report.families, 1u);
  ASSERT_EQ(report.faults.size(), 1u);
  EXPECT_EQ(report.faults[0].product_id, "odd");
  EXPECT_EQ(report.subscribers, 5u);
  EXPECT_EQ(report.without_plan, 1u) << "a mug";
  EXPECT_EQ(report.subscribers_used, 3u);
  EXPECT_EQ(report.users_unsubscribed, 1u) << "customer 04";
  EXPECT_EQ(report.better_lower, 2u);
  EXPECT_EQ(report.better_higher, 1u);
  EXPECT_EQ(report.savings_minor.at("USD"), 2000 + 1000);
  EXPECT_THAT(report.extra_minor, IsEmpty()) << "of one customer alone";
  EXPECT_EQ(report.unfit, 0u);
  EXPECT_EQ(report.unknown_metrics.count, 1u);
  EXPECT_THAT(report.unknown_metrics.first, ElementsAre("logins"));
  EXPECT_THAT(report.use, IsEmpty()) << "of too few customers";
}

TEST(StudyPlans, NamesWhatSubscriptionsCallPlansAndOptions) {
  std::vector<SubscriptionRow> rows = {Subscribed("00", "mug", 1), Subscribed("01", "mug", 1),
                                       Subscribed("02", "small", 1)};
  rows[2].option_ids = {"ghost", "small"};
  for (int i = 0; i < 6; ++i) rows.push_back(Subscribed(absl::StrCat("1", i), absl::StrCat("plan-", i), 1));
  const PlanReport report = StudyPlans(Plans(), {}, rows, {});
  EXPECT_EQ(report.unknown_plan_ids.count, 7u);
  EXPECT_THAT(report.unknown_plan_ids.first, ElementsAre("mug", "plan-0", "plan-1", "plan-2", "plan-3"));
  EXPECT_THAT(report.unknown_option_ids.first, ElementsAre("ghost", "small"));
  std::string text;
  AppendPlans(report, &text);
  EXPECT_THAT(text, HasSubstr("  7 ids of the subscriptions are no plans: mug, plan-0, plan-1, plan-2, plan-3, …\n"));
  EXPECT_THAT(text, HasSubstr("  2 ids of the subscriptions are no options: ghost, small\n"));
  EXPECT_EQ(PlansToJson(report)["unknown_plan_ids"].get<int>(), 7) << "without their names";
}

TEST(StudyPlans, FindsMetricsThatDifferInCaseAlone) {
  UsageLog usage = UsageOf({3});
  usage.metrics = {"GB", "gb", "mb"};
  EXPECT_THAT(StudyPlans(Plans(), usage, {}, {}).miscased_metrics, ElementsAre(Pair("GB", "gb")));
  usage.metrics = {"gb"};
  EXPECT_THAT(StudyPlans(Plans(), usage, {}, {}).miscased_metrics, IsEmpty());
}

TEST(StudyPlans, FindsMetricsThatArePricedAsUnused) {
  catalog::Product pay = PlanProduct("pay", 100, "10");
  pay.attributes.push_back({"overage.minutes", "0.05", std::nullopt});
  pay.attributes.push_back({"overage.gb", "1", std::nullopt});
  const catalog::Catalog plans = catalog::Catalog::Build({pay, PlanProduct("free", 0, "5")});
  EXPECT_THAT(StudyPlans(plans, UsageOf({3}), {Subscribed("00", "pay", 1)}, {}).unused_metrics, ElementsAre("minutes"));
  EXPECT_THAT(StudyPlans(plans, UsageOf({3}), {Subscribed("00", "free", 1)}, {}).unused_metrics, IsEmpty());
  EXPECT_THAT(StudyPlans(plans, {}, {Subscribed("00", "pay", 1)}, {}).unused_metrics, IsEmpty()) << "nobody is advised";
  UsageLog usage = UsageOf({3});
  usage.metrics = {"gb", "minutes"};
  EXPECT_THAT(StudyPlans(plans, usage, {Subscribed("00", "pay", 1)}, {}).unused_metrics, IsEmpty());
}

TEST(StudyPlans, CountsWhoNeedsMoreThanAnyPlanGivesAndWhatMoreCosts) {
  const PlanReport report = StudyPlans(
      Plans(), UsageOf({5000, 150, 160}),
      {Subscribed("00", "large", 1), Subscribed("01", "small", 1), Subscribed("02", "small", 1)}, {.min_buyers = 2});
  EXPECT_EQ(report.unfit, 1u);
  EXPECT_EQ(report.better_higher, 2u);
  EXPECT_EQ(report.extra_minor.at("USD"), 2000);
  EXPECT_THAT(report.savings_minor, IsEmpty());
}

TEST(StudyPlans, KnowsTheMetricsOfOptions) {
  catalog::Product pack;
  pack.product_id = "sign_ons";
  pack.subscription_interval = "month";
  pack.price = Money{100, *CurrencyCode::Parse("USD")};
  pack.attributes = {{"limit.logins", "5", 5.0}, {"option_of", "small", std::nullopt}};
  const catalog::Catalog plans = Plans();
  std::vector<catalog::Product> products(plans.products().begin(), plans.products().end());
  products.push_back(pack);
  const PlanReport report =
      StudyPlans(catalog::Catalog::Build(std::move(products)), UsageOf({3}), {Subscribed("00", "large", 1)}, {});
  EXPECT_EQ(report.options, 1u);
  EXPECT_EQ(report.unknown_metrics.count, 0u);
}

TEST(StudyPlans, DoesNotTellTheSavingOfOne) {
  const PlanReport report = StudyPlans(Plans(), UsageOf({3}), {Subscribed("00", "large", 1)}, {});
  EXPECT_EQ(report.better_lower, 1u);
  EXPECT_TRUE(report.savings_minor.empty());
}

TEST(StudyPlans, TakesTheLastSubscription) {
  const PlanReport report =
      StudyPlans(Plans(), UsageOf({50}), {Subscribed("00", "large", 1), Subscribed("00", "small", 2)}, {});
  EXPECT_EQ(report.subscribers, 1u);
  EXPECT_EQ(report.better_lower + report.better_higher, 0u);
}

TEST(StudyPlans, CountsSwitchesOfDistinctCustomers) {
  std::vector<SubscriptionRow> rows = {
      Subscribed("a", "free", 1),  Subscribed("a", "small", 2), Subscribed("a", "free", 3),
      Subscribed("a", "small", 4), Subscribed("b", "free", 1),  Subscribed("b", "small", 2),
      Subscribed("c", "large", 1), Subscribed("c", "small", 2), Subscribed("d", "small", 2)};
  rows.push_back({.customer_id = "d", .product_id = "free", .started_at_micros = orders::kNoTime});
  const PlanReport report = StudyPlans(Plans(), {}, rows, {.min_buyers = 2});
  ASSERT_EQ(report.switches.size(), 1u) << "others were made by one customer";
  EXPECT_EQ(report.switches[0].from, "free");
  EXPECT_EQ(report.switches[0].to, "small");
  EXPECT_TRUE(report.switches[0].is_upgrade);
  EXPECT_EQ(report.switches[0].customers, 2u) << "customer a twice";
  EXPECT_EQ(StudyPlans(Plans(), {}, rows, {.min_buyers = 1}).switches.size(), 3u);
}

TEST(StudyPlans, DoesNotAdviseWhereCostsAreNotKnown) {
  catalog::Product yearly = PlanProduct("yearly", 10'000, "100");
  yearly.subscription_interval = "year";
  catalog::Product large = PlanProduct("large", 20'000, "1000");
  large.subscription_interval = "year";
  const catalog::Catalog catalog = catalog::Catalog::Build({yearly, large, PlanProduct("small", 1000, "100")});
  SubscriptionRow with_option = Subscribed("01", "small", 1);
  with_option.option_ids = {"mug"};
  const PlanReport report =
      StudyPlans(catalog, UsageOf({3, 50}), {Subscribed("00", "large", 1), with_option}, {.min_buyers = 1});
  EXPECT_EQ(report.other_periods, 1u) << "twelve months are no twelve years";
  EXPECT_EQ(report.unknown_options, 1u);
  EXPECT_EQ(report.subscribers_used, 0u);
  EXPECT_TRUE(report.savings_minor.empty());
  std::string text;
  AppendPlans(report, &text);
  EXPECT_THAT(text, HasSubstr("1 subscribers have usage by month and a plan that is paid by another interval"));
  EXPECT_THAT(text, HasSubstr("1 subscribers have options that are no options of the catalogue"));
}

TEST(StudyPlans, TellsOfUsageWithoutAnyPlan) {
  std::string text;
  AppendPlans(StudyPlans(catalog::Catalog::Build({}), UsageOf({3}), {}, {}), &text);
  EXPECT_THAT(text, HasSubstr("1 have usage and no subscription"));
}

TEST(StudyPlans, DescribesUseOfTenCustomersAndDoesNotDependOnThreads) {
  std::vector<SubscriptionRow> rows;
  for (int i = 0; i < 10; ++i) rows.push_back(Subscribed(absl::StrCat("0", i), "small", 1));
  const UsageLog usage = UsageOf({10, 20, 30, 40, 50, 60, 70, 80, 90, 100});
  const PlanReport one = StudyPlans(Plans(), usage, rows, {.threads = 1});
  ASSERT_EQ(one.use.size(), 1u);
  EXPECT_EQ(one.use[0].median.micros, 50'000'000);
  EXPECT_EQ(one.use[0].highest.micros, 90'000'000);
  for (const std::size_t threads : {2U, 8U}) {
    const PlanReport other = StudyPlans(Plans(), usage, rows, {.threads = threads});
    EXPECT_EQ(PlansToJson(other), PlansToJson(one));
  }
}

TEST(StudyPlans, DoesNotAdviseOnMomentsForPeriods) {
  UsageLog usage{.customer_ids = {"00"}, .periods = {}, .metrics = {"gb"}};
  for (std::uint32_t i = 0; i < 400; ++i) {
    usage.periods.push_back(absl::StrCat(1000 + i));
    usage.rows.push_back({0, i, 0, 3'000'000});
  }
  EXPECT_EQ(StudyPlans(Plans(), usage, {Subscribed("00", "large", 1)}, {}).better_lower, 1u);
  usage.periods.push_back("1400");
  usage.rows.push_back({0, 400, 0, 3'000'000});
  const PlanReport report = StudyPlans(Plans(), usage, {Subscribed("00", "large", 1)}, {});
  EXPECT_EQ(report.subscribers_used, 0u);
  EXPECT_EQ(report.too_many_periods, 1u);
  std::string text;
  AppendPlans(report, &text);
  EXPECT_THAT(text, HasSubstr("1 subscribers have usage of over 400 periods"));
}

TEST(StudyPlans, AddsUpSavingsWithoutOverflow) {
  catalog::Product dear = PlanProduct("dear", 1'000'000'000'000'000, "1000");
  UsageLog usage{.customer_ids = {}, .periods = {}, .metrics = {"gb"}};
  for (std::uint32_t i = 0; i < 400; ++i) usage.periods.push_back(absl::StrCat(1000 + i));
  std::vector<SubscriptionRow> rows;
  for (std::uint32_t customer = 0; customer < 30; ++customer) {
    usage.customer_ids.push_back(absl::StrCat(10 + customer));
    for (std::uint32_t i = 0; i < 400; ++i) usage.rows.push_back({customer, i, 0, 1'000'000});
    rows.push_back(Subscribed(usage.customer_ids.back(), "dear", 1));
  }
  const PlanReport report = StudyPlans(catalog::Catalog::Build({dear, PlanProduct("free", 0, "5")}), usage, rows, {});
  EXPECT_EQ(report.better_lower, 30u);
  EXPECT_EQ(report.savings_minor.at("USD"), INT64_MAX);
}

TEST(PlanReport, IsSaidInWords) {
  const PlanReport report =
      StudyPlans(Plans(), UsageOf({3, 50, 99}), {Subscribed("00", "large", 1), Subscribed("01", "large", 1)}, {});
  std::string text;
  AppendPlans(report, &text);
  EXPECT_THAT(text, HasSubstr("plans: 3 in 1 families, 0 options\n"));
  EXPECT_THAT(text, HasSubstr("    odd, limit.gb: \"10 GB\" is no decimal number of 0 or more, nor unlimited\n"));
  EXPECT_THAT(text, HasSubstr("2 subscribers, 2 of them with a plan and usage"));
  EXPECT_THAT(text, HasSubstr("those who would have paid less save USD 30.00"));
  std::string nothing;
  AppendPlans(PlanReport(), &nothing);
  EXPECT_EQ(nothing, "");
}

TEST(PlanReport, CutsLongListsButCountsThem) {
  PlanReport report;
  report.plans = 1;
  for (int i = 0; i < 200; ++i) report.faults.push_back({absl::StrCat("p", i), "fee", "bad"});
  const nlohmann::json json = PlansToJson(report);
  EXPECT_EQ(json["faults"]["count"].get<int>(), 200);
  EXPECT_EQ(json["faults"]["first"].size(), 100u);
  std::string text;
  AppendPlans(report, &text);
  EXPECT_THAT(text, HasSubstr("200 columns cannot be read"));
  EXPECT_THAT(text, Not(HasSubstr("p5, fee")));
}

}  // namespace
}  // namespace awase::trainer_internal

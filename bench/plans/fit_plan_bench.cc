// FitPlan for a customer of a family of plans with three metrics, over months of use: what a request with usage adds.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <deque>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/plans/fit_plan.h"

namespace awase::plans {
namespace {

constexpr const char* kMetrics[] = {"data_mb", "messages", "minutes"};

PlanBook BookOf(std::int64_t plan_count) {
  std::deque<catalog::Product> products;
  std::vector<PlanBook::Entry> entries;
  for (std::int64_t i = 0; i < plan_count; ++i) {
    catalog::Product& product = products.emplace_back();
    product.product_id = absl::StrCat("plan-", 100 + i);
    product.family = "plans";
    product.subscription_interval = "month";
    product.price = Money{1000 * (i + 1), *CurrencyCode::Parse("USD")};
    for (const char* metric : kMetrics) {
      product.attributes.push_back({absl::StrCat("limit.", metric), absl::StrCat(500 * (i + 1)), std::nullopt});
      product.attributes.push_back({absl::StrCat("overage.", metric), "0.03", std::nullopt});
    }
    std::sort(product.attributes.begin(), product.attributes.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
  }
  for (const catalog::Product& product : products) entries.push_back({&product, ProductAt(entries.size())});
  return PlanBook::Build(entries);
}

std::vector<UsageRecord> UseOf(std::int64_t months) {
  std::vector<UsageRecord> records;
  for (std::int64_t month = 0; month < months; ++month) {
    for (const char* metric : kMetrics) {
      records.push_back({metric, {(400 + month * 37 % 300) * kMicrosPerUnit}, absl::StrCat("month-", 100 + month)});
    }
  }
  return records;
}

void BM_FitPlan(benchmark::State& state) {
  const PlanBook book = BookOf(state.range(0));
  const std::vector<UsageRecord> records = UseOf(state.range(1));
  const Subscription subscription{.plan = &book.plans()[book.plans().size() / 2]};
  for (auto step : state) {
    benchmark::DoNotOptimize(FitPlan(book, subscription, UsageHistory::Of(records), {}));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_FitPlan)->ArgNames({"plans", "months"})->Args({2, 12})->Args({5, 12})->Args({20, 12})->Args({5, 365});

// Five plans with a hard limit and so many options for more of its metric; the customer needs `need` times what one of
// them gives, or with 0 more than all of them give.
void BM_FitPlanOfManyOptions(benchmark::State& state) {
  const std::int64_t option_count = state.range(0);
  std::deque<catalog::Product> products;
  std::string plan_ids;
  for (int i = 0; i < 5; ++i) {
    catalog::Product& plan = products.emplace_back();
    plan.product_id = absl::StrCat("plan-", i);
    plan.family = "plans";
    plan.subscription_interval = "month";
    plan.price = Money{1000 * (i + 1), *CurrencyCode::Parse("USD")};
    plan.attributes = {{"limit.gb", absl::StrCat(10 * (i + 1)), std::nullopt}};
    absl::StrAppend(&plan_ids, plan.product_id, ",");
  }
  for (std::int64_t i = 0; i < option_count; ++i) {
    catalog::Product& option = products.emplace_back();
    option.product_id = absl::StrCat("option-", 1000 + i);
    option.subscription_interval = "month";
    option.price = Money{100 + i * 37 % 50, *CurrencyCode::Parse("USD")};
    option.attributes = {{"limit.gb", absl::StrCat(100 + i % 7), std::nullopt}, {"option_of", plan_ids, std::nullopt}};
  }
  std::vector<PlanBook::Entry> entries;
  for (const catalog::Product& product : products) entries.push_back({&product, ProductAt(entries.size())});
  const PlanBook book = PlanBook::Build(entries);
  const std::int64_t units = state.range(1) == 0 ? 1'000'000 : 100 * state.range(1);
  std::vector<UsageRecord> records;
  for (int month = 0; month < 12; ++month) {
    records.push_back({"gb", {units * kMicrosPerUnit}, absl::StrCat("month-", 100 + month)});
  }
  const Subscription subscription{.plan = &book.plans()[2]};
  for (auto step : state) {
    benchmark::DoNotOptimize(FitPlan(book, subscription, UsageHistory::Of(records), {}));
  }
}
BENCHMARK(BM_FitPlanOfManyOptions)
    ->ArgNames({"options", "need"})
    ->Args({50, 0})
    ->Args({50, 10})
    ->Args({500, 0})
    ->Args({500, 10})
    ->Args({500, 400})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace awase::plans

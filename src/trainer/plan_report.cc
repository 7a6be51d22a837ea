#include "trainer/internal/plan_report.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "awase/base/money.h"

namespace awase::trainer_internal {
namespace {

using Json = nlohmann::json;
using plans::Fault;

constexpr std::size_t kFaultsInJson = 100;
constexpr std::size_t kFaultsInText = 5;

Json FaultsToJson(const std::vector<Fault>& faults) {
  Json first = Json::array();
  for (std::size_t i = 0; i < faults.size() && i < kFaultsInJson; ++i) {
    first.push_back(
        {{"product_id", faults[i].product_id}, {"column", faults[i].column}, {"message", faults[i].message}});
  }
  return {{"count", faults.size()}, {"first", first}};
}

double Number(plans::Quantity quantity) {
  return static_cast<double>(quantity.micros) / static_cast<double>(plans::kMicrosPerUnit);
}

void AppendFaults(absl::string_view what, const std::vector<Fault>& faults, std::string* text) {
  if (faults.empty()) return;
  absl::StrAppendFormat(text, "  %d %s\n", faults.size(), what);
  for (std::size_t i = 0; i < faults.size() && i < kFaultsInText; ++i) {
    absl::StrAppend(text, "    ", faults[i].product_id, ", ", faults[i].column, ": ", faults[i].message, "\n");
  }
  if (faults.size() > kFaultsInText) {
    absl::StrAppend(text, "    and ", faults.size() - kFaultsInText, " more: report.html lists ",
                    faults.size() > kFaultsInJson ? absl::StrCat("the first ", kFaultsInJson) : "them", "\n");
  }
}

// "USD 12.00 and EUR 3.50".
std::string AmountsText(const std::map<std::string, std::int64_t>& minor_by_currency) {
  std::vector<std::string> amounts;
  for (const auto& [code, minor] : minor_by_currency) {
    const auto currency = CurrencyCode::Parse(code);
    if (currency.ok()) amounts.push_back(FormatMoney({minor, *currency}));
  }
  return absl::StrJoin(amounts, " and ");
}

void AppendUnknown(absl::string_view what, const trainer::UnknownNames& names, std::string* text) {
  if (names.count == 0) return;
  absl::StrAppendFormat(text, "  %d %s: %s%s\n", names.count, what, absl::StrJoin(names.first, ", "),
                        names.count > names.first.size() ? ", …" : "");
}

void AppendSubscribers(const trainer::PlanReport& report, std::string* text) {
  if (report.subscribers == 0 && report.users_unsubscribed == 0) return;
  absl::StrAppendFormat(text, "  %d subscribers, %d of them with a plan and usage", report.subscribers,
                        report.subscribers_used);
  absl::StrAppendFormat(text, "; %d subscribe to no plan, %d have usage and no subscription\n", report.without_plan,
                        report.users_unsubscribed);
  if (report.other_periods > 0) {
    absl::StrAppendFormat(
        text,
        "  %d subscribers have usage by month and a plan that is paid by another interval, and are not "
        "advised: want a period for each interval of the plan\n",
        report.other_periods);
  }
  if (report.unknown_options > 0) {
    absl::StrAppendFormat(
        text,
        "  %d subscribers have options that are no options of the catalogue, and are not advised: want "
        "products with option_of and no fault\n",
        report.unknown_options);
  }
  if (report.too_many_periods > 0) {
    absl::StrAppendFormat(text,
                          "  %d subscribers have usage of over 400 periods and are not advised: want a period for each "
                          "interval of the plan\n",
                          report.too_many_periods);
  }
  if (report.subscribers_used > 0) {
    absl::StrAppendFormat(text, "  better off with a lower plan, fewer seats or options: %d, with higher or more: %d",
                          report.better_lower, report.better_higher);
    const std::string saved = AmountsText(report.savings_minor);
    const std::string extra = AmountsText(report.extra_minor);
    absl::StrAppend(text, saved.empty() ? "" : "; those who would have paid less save ", saved,
                    extra.empty() ? "" : "; those who lack something would have paid ", extra,
                    extra.empty() ? "" : " more", "\n");
    if (report.unfit > 0) absl::StrAppendFormat(text, "  %d of them need more than any plan gives\n", report.unfit);
  }
  AppendUnknown("metrics of the usage are in no plan", report.unknown_metrics, text);
  AppendUnknown("ids of the subscriptions are no plans", report.unknown_plan_ids, text);
  AppendUnknown("ids of the subscriptions are no options", report.unknown_option_ids, text);
}

}  // namespace

Json PlansToJson(const trainer::PlanReport& report) {
  Json use = Json::array();
  for (const trainer::PlanUse& row : report.use) {
    use.push_back({{"product_id", row.product_id},
                   {"metric", row.metric},
                   {"customers", row.customers},
                   {"median", Number(row.median)},
                   {"nine_of_ten", Number(row.highest)}});
  }
  Json switches = Json::array();
  for (const trainer::PlanSwitch& row : report.switches) {
    switches.push_back({{"from", row.from},
                        {"to", row.to},
                        {"direction", row.is_upgrade ? "higher" : "lower"},
                        {"customers", row.customers}});
  }
  return {{"plans", report.plans},
          {"options", report.options},
          {"families", report.families},
          {"faults", FaultsToJson(report.faults)},
          {"notes", FaultsToJson(report.notes)},
          {"subscribers", report.subscribers},
          {"subscribers_without_plan", report.without_plan},
          {"subscribers_with_usage", report.subscribers_used},
          {"subscribers_with_too_many_periods", report.too_many_periods},
          {"subscribers_with_other_periods", report.other_periods},
          {"subscribers_with_unknown_options", report.unknown_options},
          {"users_without_subscription", report.users_unsubscribed},
          {"better_off_lower", report.better_lower},
          {"better_off_higher", report.better_higher},
          {"need_more_than_any_plan", report.unfit},
          {"savings_minor", report.savings_minor},
          {"extra_minor", report.extra_minor},
          {"unknown_metrics", report.unknown_metrics.count},
          {"unknown_plan_ids", report.unknown_plan_ids.count},
          {"unknown_option_ids", report.unknown_option_ids.count},
          {"unused_metrics", report.unused_metrics},
          {"use", use},
          {"switches", switches}};
}

void AppendPlans(const trainer::PlanReport& report, std::string* text) {
  const bool is_empty = report.plans == 0 && report.options == 0 && report.faults.empty() && report.notes.empty() &&
                        report.subscribers == 0 && report.users_unsubscribed == 0;
  if (is_empty) return;
  absl::StrAppendFormat(text, "plans: %d in %d families, %d options\n", report.plans, report.families, report.options);
  AppendFaults("columns cannot be read, and their products are no plans:", report.faults, text);
  AppendFaults("remarks:", report.notes, text);
  AppendSubscribers(report, text);
  for (const trainer::PlanSwitch& row : report.switches) {
    absl::StrAppendFormat(text, "  %d customers went from %s to %s\n", row.customers, row.from, row.to);
  }
}

}  // namespace awase::trainer_internal

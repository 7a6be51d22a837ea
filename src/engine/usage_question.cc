#include "usage_question.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

#include "absl/numeric/int128.h"
#include "awase/plans/cost.h"
#include "awase/plans/fit_plan.h"

namespace awase::engine {
namespace {

void AddOption(const plans::Option* option, plans::Configuration* configuration) {
  if (configuration->plan->Includes(option->product)) return;
  auto& options = configuration->options;
  if (std::find(options.begin(), options.end(), option) == options.end()) options.push_back(option);
}

// Nothing when the plan or one of the options is not known.
std::optional<plans::Configuration> PresentConfiguration(const Context& context) {
  const std::optional<SubscriptionState>& subscription = context.request.customer.subscription;
  ProductIndex product = context.page_product;
  if (subscription.has_value() && !subscription->product_id.empty()) {
    product = context.model.Find(subscription->product_id).value_or(kNoProduct);
  }
  plans::Configuration configuration;
  configuration.plan = product == kNoProduct ? nullptr : context.snapshot.plans().FindPlan(product);
  if (configuration.plan == nullptr) return std::nullopt;
  if (!subscription.has_value()) return configuration;
  configuration.seats = subscription->seats.value_or(1);
  for (const std::string& id : subscription->option_ids) {
    const std::optional<ProductIndex> known = context.model.Find(id);
    const plans::Option* option = known.has_value() ? context.snapshot.plans().FindOption(*known) : nullptr;
    if (option == nullptr) return std::nullopt;
    AddOption(option, &configuration);
  }
  return configuration;
}

}  // namespace

bool UsesPartOfLimit(const Context& context, const plans::UsageHistory& history, const std::string& metric,
                     const rules::Range& parts) {
  if (!history.Mentions(metric)) return false;
  const std::optional<plans::Configuration> present = PresentConfiguration(context);
  if (!present.has_value()) return false;
  const std::optional<SubscriptionState>& subscription = context.request.customer.subscription;
  const bool are_seats_said = subscription.has_value() && subscription->seats.has_value();
  if (metric == plans::kSeatsMetric && present->PaysPerSeat() && !are_seats_said) return false;
  const std::optional<plans::Quantity> limit = present->LimitOf(metric);
  if (!limit.has_value() || limit->micros <= 0) return false;
  const plans::Quantity use = history.QuantileOf(metric, plans::FitOptions().quantile);
  const absl::int128 part = absl::int128(use.micros) * rules::kWhole / limit->micros;
  return parts.Contains(
      static_cast<std::int64_t>(std::min<absl::int128>(part, std::numeric_limits<std::int64_t>::max())));
}

}  // namespace awase::engine

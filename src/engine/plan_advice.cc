#include "plan_advice.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "awase/catalog/product.h"
#include "awase/plans/fit_plan.h"

namespace awase::engine {
namespace {

using catalog::Product;

// What plans are read from, at its live price.
Product ProductOf(const artefact::ProductView& view) {
  Product product;
  product.product_id = std::string(view.product_id());
  product.category = std::string(view.category());
  product.product_type = std::string(view.product_type());
  product.family = std::string(view.family());
  product.subscription_interval = std::string(view.subscription_interval());
  product.price = view.price();
  for (std::size_t i = 0; i < view.attribute_count(); ++i) {
    const artefact::AttributeView attribute = view.attribute(i);
    product.attributes.push_back({std::string(attribute.name), std::string(attribute.text), attribute.number});
  }
  return product;
}

// False for nearly all products of a large catalogue, without a copy of them.
bool HasMoreThanSpecs(const artefact::ProductView& view) {
  for (std::size_t i = 0; i < view.attribute_count(); ++i) {
    if (!absl::StartsWith(view.attribute(i).name, "spec.")) return true;
  }
  return false;
}

// An option that the model does not know may be a misspelt one: what it costs is as unknown as that of a product that
// is no option. It is a missing id of the answer as well.
void FindOptions(const Context& context, const std::vector<std::string>& ids, Resolver& resolver,
                 plans::Subscription* subscription) {
  std::vector<const plans::Option*>& options = subscription->options;
  for (const std::string& id : ids) {
    const std::optional<ProductIndex> product = resolver.Find(id);
    const plans::Option* option = product.has_value() ? context.snapshot.plans().FindOption(*product) : nullptr;
    if (option == nullptr) {
      subscription->unknown_options.push_back(id);
    } else if (std::find(options.begin(), options.end(), option) == options.end()) {
      options.push_back(option);
    }
  }
}

// Why which plan fits cannot be known of a subscription that is to no plan; empty: it has nothing to do with plans.
std::string WhyNoPlan(const Context& context, ProductIndex product) {
  if (product == kNoProduct) {
    const bool is_named =
        context.request.customer.subscription.has_value() && !context.request.customer.subscription->product_id.empty();
    return is_named ? "which plan fits is not known: the model does not have subscription.product_id" : "";
  }
  const bool has_fault = plans::IsPlanProduct(ProductOf(context.model.product(product))) &&
                         context.snapshot.plans().FindOption(product) == nullptr;
  if (!has_fault) return "";
  return absl::StrCat("which plan fits is not known: a column of ", context.model.product(product).product_id(),
                      " cannot be read (see the training report)");
}

std::string WhyNotByPeriod(const plans::Plan& plan, const std::vector<plans::UsageRecord>& usage) {
  const bool is_by_month = !usage.empty() && std::all_of(usage.begin(), usage.end(), [](const auto& record) {
    return plans::IsMonth(record.period);
  });
  if (!is_by_month || plan.interval.empty() || plan.interval == "month") return "";
  return absl::StrCat("which plan fits is not known: the usage is by month, and the plan is paid each ", plan.interval,
                      ": add up the usage of each of its intervals");
}

}  // namespace

std::vector<ProductIndex> PlanProductsOf(const artefact::Model& model) {
  std::vector<ProductIndex> products;
  for (std::size_t i = 0; i < model.product_count(); ++i) {
    const artefact::ProductView view = model.product(ProductAt(i));
    if (HasMoreThanSpecs(view) && plans::IsPlanProduct(ProductOf(view))) products.push_back(view.index());
  }
  return products;
}

plans::PlanBook PlansOf(const artefact::Model& model, absl::Span<const ProductIndex> plan_products) {
  std::deque<Product> products;
  std::vector<plans::PlanBook::Entry> entries;
  for (const ProductIndex index : plan_products) {
    entries.push_back({&products.emplace_back(ProductOf(model.product(index))), index});
  }
  return plans::PlanBook::Build(entries);
}

void AdvisePlan(Context& context, Resolver& resolver) {
  if (!context.placement.advises_plans) return;
  const CustomerState& customer = context.request.customer;
  ProductIndex product = context.page_product;
  plans::Subscription subscription;
  if (customer.subscription.has_value()) {
    const SubscriptionState& state = *customer.subscription;
    if (!state.product_id.empty()) {
      product = resolver.Find(state.product_id).value_or(kNoProduct);
    }
    FindOptions(context, state.option_ids, resolver, &subscription);
    subscription.seats = state.seats;
    subscription.changed_at = state.changed_at;
    subscription.use = state.kind_of_use;
  }
  const bool names_options = !subscription.options.empty() || !subscription.unknown_options.empty();
  if (customer.usage.empty() && !names_options) return;
  subscription.plan = product == kNoProduct ? nullptr : context.snapshot.plans().FindPlan(product);
  context.plan_problem =
      subscription.plan == nullptr ? WhyNoPlan(context, product) : WhyNotByPeriod(*subscription.plan, customer.usage);
  if (subscription.plan == nullptr || !context.plan_problem.empty()) return;
  plans::FitOptions options;
  options.now = context.now;
  if (context.placement.ends_trial) options.cool_down = absl::ZeroDuration();
  context.plan_fit =
      plans::FitPlan(context.snapshot.plans(), subscription, plans::UsageHistory::Of(customer.usage), options);
}

}  // namespace awase::engine

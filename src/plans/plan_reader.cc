#include "plans/internal/plan_reader.h"

#include <algorithm>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "awase/catalog/plan_columns.h"
#include "plans/internal/exact_decimal.h"

namespace awase::plans_internal {
namespace {

using catalog::Attribute;
using catalog::Product;
using plans::Charge;
using plans::Option;
using plans::Plan;

constexpr std::int64_t kMostTrialDays = 3650;

std::vector<std::string> PerksOf(const Product& product) {
  std::vector<std::string> perks;  // attributes are sorted by name
  for (const Attribute& attribute : product.attributes) {
    absl::string_view name = attribute.name;
    if (absl::ConsumePrefix(&name, catalog::kPerkPrefix) && !plans::SaysNoPerk(attribute.text))
      perks.emplace_back(name);
  }
  return perks;
}

}  // namespace

std::vector<ProductIndex> PlanReader::ReadIds(const Product& product, absl::string_view column) {
  std::vector<ProductIndex> products;
  for (absl::string_view id : absl::StrSplit(catalog::FindText(product, column), absl::ByAnyChar(",;|"))) {
    id = absl::StripAsciiWhitespace(id);
    if (id.empty()) continue;
    const auto known = ids_.find(id);
    if (known != ids_.end()) {
      products.push_back(known->second);
    } else {
      notes_->push_back({product.product_id, std::string(column),
                         absl::StrCat("\"", id.substr(0, 40), "\" is no product with a fee: passed over")});
    }
  }
  std::sort(products.begin(), products.end());
  products.erase(std::unique(products.begin(), products.end()), products.end());
  return products;
}

std::optional<Plan> PlanReader::ReadPlan(const Product& product, ProductIndex index) {
  std::optional<Charge> charge = plans::ReadCharge(product, index, faults_);
  if (!charge.has_value()) return std::nullopt;
  Plan plan{*std::move(charge)};
  plan.family = catalog::FamilyName(product);
  plan.use = std::string(absl::StripAsciiWhitespace(catalog::FindText(product, catalog::kUseColumn)));
  plan.includes = ReadIds(product, catalog::kIncludesColumn);
  plan.perks = PerksOf(product);
  if (product.price.has_value()) plan.price_minor = product.price->minor_units;
  if (const absl::string_view days = catalog::FindText(product, catalog::kTrialDaysColumn); !days.empty()) {
    const absl::StatusOr<std::int64_t> parsed = ParseExactDecimal(days, /*digits=*/0, kMostTrialDays);
    if (!parsed.ok()) {
      faults_->push_back(
          {product.product_id, std::string(catalog::kTrialDaysColumn), std::string(parsed.status().message())});
      return std::nullopt;
    }
    plan.trial_days = *parsed;
  }
  if (plan.family.empty()) {
    notes_->push_back(
        {product.product_id, "family", "no family, product_type or category: the plan is compared with no other one"});
  }
  return plan;
}

std::optional<Option> PlanReader::ReadOption(const Product& product, ProductIndex index) {
  std::optional<Charge> charge = plans::ReadCharge(product, index, faults_);
  if (!charge.has_value()) return std::nullopt;
  for (const plans::Term& term : charge->terms) {
    if (!term.overage.has_value()) continue;
    faults_->push_back({product.product_id, absl::StrCat(catalog::kOveragePrefix, term.metric),
                        "an option has no overage: it adds to the limits of its plan"});
    return std::nullopt;
  }
  Option option{*std::move(charge)};
  option.option_of = ReadIds(product, catalog::kOptionOfColumn);
  if (std::binary_search(option.option_of.begin(), option.option_of.end(), index)) {
    notes_->push_back({product.product_id, std::string(catalog::kOptionOfColumn),
                       "names the product itself: with an option_of it is an option, and no plan"});
  }
  option.is_capacity = !option.terms.empty() && PerksOf(product).empty();
  return option;
}

}  // namespace awase::plans_internal

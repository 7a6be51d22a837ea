// bundle: what the catalogue says of a set of named products.

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/numeric/int128.h"
#include "absl/strings/str_cat.h"
#include "awase/base/money.h"
#include "awase/pricing/discount.h"
#include "awase/yaml/quoted.h"
#include "rules/internal/action_check.h"

namespace awase::rules_internal {
namespace {

using ::awase::yaml::Quoted;
using AmountOf = std::function<std::optional<Money>(absl::string_view product_id)>;

void CheckVariants(const ActionCheck& check, const rules::Bundle& bundle) {
  absl::flat_hash_map<std::string, const std::string*> first_of_root;
  for (std::size_t i = 0; i < bundle.products.size(); ++i) {
    const std::string root = check.facts()->root_of(bundle.products[i]);
    if (root.empty()) continue;
    const auto [first, is_new] = first_of_root.try_emplace(root, &bundle.products[i]);
    if (is_new || *first->second == bundle.products[i]) continue;
    check.Warn(absl::StrCat(".bundle.products[", i, "]"),
               absl::StrCat(Quoted(bundle.products[i]), " is a variant of the same product as ", Quoted(*first->second),
                            ": a set with both is never offered"));
  }
}

// Nothing where one of the amounts is not known, or not in `currency`.
std::optional<Money> SumOf(const rules::Bundle& bundle, const AmountOf& amount_of,
                           std::optional<CurrencyCode> currency) {
  absl::int128 sum = 0;
  for (const std::string& product : bundle.products) {
    const std::optional<Money> amount = amount_of(product);
    if (!amount.has_value() || (currency.has_value() && amount->currency != *currency)) return std::nullopt;
    currency = amount->currency;
    sum += amount->minor_units;
  }
  if (sum > std::numeric_limits<std::int64_t>::max() / pricing::kBasisPoints) return std::nullopt;
  return Money{static_cast<std::int64_t>(sum), currency.value_or(CurrencyCode())};
}

// What the set costs, and the key that says so.
struct SetPrice {
  absl::string_view below;
  std::optional<Money> price;
};

SetPrice PriceOf(const ActionCheck& check, const rules::Bundle& bundle) {
  if (bundle.price.has_value()) return {".bundle.price", bundle.price};
  std::optional<Money> sum = SumOf(bundle, check.facts()->price_of, std::nullopt);
  if (sum.has_value()) sum->minor_units -= sum->minor_units * bundle.percent_off / pricing::kBasisPoints;
  return {".bundle.percent", sum};
}

void CheckCosts(const ActionCheck& check, const rules::Bundle& bundle) {
  if (bundle.floor.has_value() || (!bundle.price.has_value() && bundle.percent_off == 0)) return;
  const SetPrice set = PriceOf(check, bundle);
  if (!set.price.has_value()) return;
  const std::optional<Money> cost = SumOf(bundle, check.facts()->cost_of, set.price->currency);
  if (!cost.has_value() || cost->minor_units <= set.price->minor_units) return;
  check.Warn(set.below,
             absl::StrCat("the set costs ", FormatMoney(*set.price), ", less than its products cost the shop, ",
                          FormatMoney(*cost), ": with least_margin: 0% it is not sold below cost"));
}

}  // namespace

void CheckBundleLines(const ActionCheck& check, const rules::Bundle& bundle) {
  if (check.facts() == nullptr || !check.rule().IsSound(".bundle")) return;
  for (std::size_t i = 0; i < bundle.products.size(); ++i) {
    check.Sold(absl::StrCat(".bundle.products[", i, "]"), bundle.products[i], "the set is not offered");
  }
  if (check.facts()->root_of) CheckVariants(check, bundle);
  if (check.facts()->price_of && check.facts()->cost_of) CheckCosts(check, bundle);
}

}  // namespace awase::rules_internal

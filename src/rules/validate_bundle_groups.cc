// bundle: any_of, percent and least_margin.

#include <string>

#include "absl/strings/str_cat.h"
#include "awase/base/money.h"
#include "awase/pricing/discount.h"
#include "awase/yaml/quoted.h"
#include "rules/internal/action_check.h"
#include "rules/internal/condition_check.h"
#include "rules/internal/convert_price_actions.h"

namespace awase::rules_internal {
namespace {

constexpr int kFewestGroups = 2;
constexpr int kMostGroups = 4;

// Whether the set names products by words: sets that do not would be looked at on every page.
bool NamesWords(const v1::ProductSet& set) {
  return set.products_size() + set.categories_size() + set.brands_size() + set.product_types_size() +
             set.authors_size() + set.series_size() + set.tags_size() >
         0;
}

void CheckGroup(const ConditionCheck& check, const std::string& below, const v1::BundleGroup& group) {
  const std::string matching = absl::StrCat(below, ".matching");
  const std::string products = absl::StrCat(below, ".products");
  CheckProductSet(check, matching, group.matching());
  check.List(products, group.products());
  check.KnownProducts(products, group.products());
  const SourceRule& rule = check.rule();
  if (rule.Has(matching) && rule.Has(products)) {
    check.Error(products, "goes with matching only as matching.products: say one of the two");
  } else if (rule.IsMissing(below, "matching") && rule.IsMissing(below, "products")) {
    check.Error(below, "has no products: want matching (a set of products) or products (a list of ids)");
  } else if (rule.Has(matching) && rule.IsSound(matching) && group.matching().ByteSizeLong() > 0 &&
             !NamesWords(group.matching())) {
    check.Error(matching,
                "names no products: want products, categories, brands, product_types, authors, series or tags");
  }
}

void CheckGroups(const ConditionCheck& check, const v1::BundleAction& bundle) {
  const std::string below = ".bundle.any_of";
  const SourceRule& rule = check.rule();
  if (!rule.Has(below)) return;
  if (rule.IsSound(below) && (bundle.any_of_size() < kFewestGroups || bundle.any_of_size() > kMostGroups)) {
    check.Error(below, absl::StrCat("want 2 to 4 groups, got ", bundle.any_of_size()));
  }
  for (const char* key : {".bundle.products", ".bundle.anchor"}) {
    if (rule.Has(key))
      check.Error(key, "does not go with any_of: a set has products of its groups, on the pages of all");
  }
  for (int i = 0; i < bundle.any_of_size(); ++i) CheckGroup(check, absl::StrCat(below, "[", i, "]"), bundle.any_of(i));
}

void CheckPercent(const ConditionCheck& check, const v1::BundleAction& bundle) {
  const std::string below = ".bundle.percent";
  if (!check.IsThere(below)) return;
  const absl::StatusOr<std::int64_t> points = ParseBasisPoints(bundle.percent());
  if (!points.ok()) {
    check.Error(below, points.status().message());
  } else if (*points == 0) {
    check.Error(below, absl::StrCat("want more than 0%, got ", yaml::Quoted(bundle.percent())));
  } else if (*points == pricing::kBasisPoints) {
    check.Error(below, "want less than 100%: nobody pays for the set then (to give something for nothing: benefit)");
  } else if (bundle.has_price()) {
    check.Error(below, "does not go with price: say one of the two");
  }
}

void CheckMargin(const ConditionCheck& check, const v1::BundleAction& bundle) {
  const std::string below = ".bundle.least_margin";
  if (!check.IsThere(below)) return;
  const absl::StatusOr<std::int64_t> points = ParseBasisPoints(bundle.least_margin());
  if (!points.ok()) {
    check.Error(below, points.status().message());
  } else if (*points == pricing::kBasisPoints) {
    check.Error(below, "want less than 100%: no price is all margin");
  }
}

// Groups that must be sold at a price above 0, as sets of named products must.
void CheckPrice(const ConditionCheck& check, const v1::BundleAction& bundle) {
  if (bundle.any_of_size() == 0 || !check.IsThere(".bundle.price") || bundle.price().minor_units() > 0) return;
  const Money price{bundle.price().minor_units(),
                    CurrencyCode::Parse(bundle.price().currency_code()).value_or(CurrencyCode())};
  check.Error(".bundle.price", absl::StrCat("want a price above 0, got ", FormatMoney(price)));
}

}  // namespace

void CheckGroupsAndMargin(const SourceRule& rule, const rules::CatalogueFacts* facts, Report* report) {
  const ConditionCheck check(rule, facts, report);
  const v1::BundleAction& bundle = rule.proto->bundle();
  CheckGroups(check, bundle);
  CheckPercent(check, bundle);
  CheckMargin(check, bundle);
  CheckPrice(check, bundle);
}

}  // namespace awase::rules_internal

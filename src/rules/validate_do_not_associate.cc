// do_not_associate: between which products.

#include "rules/internal/action_check.h"

namespace awase::rules_internal {
namespace {

// A product is in no company with itself.
bool IsOneProduct(const rules::ProductSet& set) { return set.in.products.size() == 1; }

}  // namespace

void CheckDoNotAssociate(const ActionCheck& check, const v1::DoNotAssociateAction& apart) {
  const SourceRule& rule = check.rule();
  if (rule.IsMissing(".do_not_associate", "these")) {
    check.Error(".do_not_associate", "has no these: say which products, such as these: {brands: [Kumo]}");
  }
  CheckProductSet(check.conditions(), ".do_not_associate.these", apart.these());
  CheckProductSet(check.conditions(), ".do_not_associate.with", apart.with());
  if (!rule.IsSound(".do_not_associate") || !apart.has_these()) return;
  const auto& converted = std::get<rules::DoNotAssociate>(rule.rule.action);
  if (IsOneProduct(converted.these) && (!converted.with.has_value() || converted.these == *converted.with)) {
    check.Warn(".do_not_associate.these", "is one product: say with what it does not stand");
  }
}

}  // namespace awase::rules_internal

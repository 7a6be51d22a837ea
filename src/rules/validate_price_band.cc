// price_band: of what, how much, and where.

#include <string>

#include "rules/internal/action_check.h"

namespace awase::rules_internal {

void CheckPriceBand(const ActionCheck& check, const v1::PriceBandAction& band) {
  const SourceRule& rule = check.rule();
  if (rule.IsMissing(".price_band", "of_anchor") && rule.IsMissing(".price_band", "of_cart") &&
      rule.IsMissing(".price_band", "price")) {
    check.Error(".price_band",
                "has none of of_anchor, of_cart and price: say what offers cost, such as "
                "of_cart: {below: 20%}");
  }
  check.conditions().Percentages(".price_band.of_anchor", band.of_anchor());
  check.conditions().Percentages(".price_band.of_cart", band.of_cart());
  check.conditions().Amounts(".price_band.price", band.price());
  CheckSlots(check, ".price_band.slots", band.slots());
}

}  // namespace awase::rules_internal

#include "whatif/internal/cart_change.h"

#include <algorithm>
#include <optional>

#include "whatif/internal/answer_change.h"

namespace awase::whatif {
namespace {

using engine::Answer;
using RuleIds = std::vector<std::string>;

bool SamePart(const engine::DiscountUse& a, const engine::DiscountUse& b, bool with_text) {
  if (a.verdict != b.verdict || a.saving_minor != b.saving_minor) return false;
  if (with_text && a.text != b.text) return false;
  return a.gap == b.gap;
}

bool SamePrices(const engine::CartPrice& a, const engine::CartPrice& b, bool with_text) {
  return a.problem == b.problem && a.list_minor == b.list_minor && a.price_minor == b.price_minor &&
         std::equal(
             a.lines.begin(), a.lines.end(), b.lines.begin(), b.lines.end(),
             [](const engine::CartLinePrice& x, const engine::CartLinePrice& y) { return x.price == y.price; }) &&
         std::equal(a.discounts.begin(), a.discounts.end(), b.discounts.begin(), b.discounts.end(),
                    [with_text](const auto& x, const auto& y) { return SamePart(x, y, with_text); });
}

bool SamePart(const engine::BenefitOffer& a, const engine::BenefitOffer& b, bool with_text) {
  return a.kind == b.kind && a.reached == b.reached && a.above == b.above && a.gap_minor == b.gap_minor &&
         a.points == b.points && a.points_factor == b.points_factor && a.coupon_code == b.coupon_code &&
         a.gift == b.gift && a.gap_offers == b.gap_offers && (!with_text || a.text == b.text);
}

// Adds the rules of those of `these` that the others do not have alike.
template <typename Part>
void AddUnlike(const std::vector<Part>& these, const std::vector<Part>& others, bool with_text, RuleIds& ids) {
  for (const Part& part : these) {
    const bool is_there =
        std::any_of(others.begin(), others.end(), [&](const Part& other) { return SamePart(part, other, with_text); });
    if (!is_there) ids.push_back(part.rule_id);
  }
}

const std::vector<engine::DiscountUse>& DiscountsOf(const Answer& answer) {
  static const auto& none = *new std::vector<engine::DiscountUse>();
  return answer.cart_price.has_value() ? answer.cart_price->discounts : none;
}

void AddAll(const Answer& answer, RuleIds& ids) {
  for (const engine::DiscountUse& discount : DiscountsOf(answer)) ids.push_back(discount.rule_id);
  for (const engine::BenefitOffer& benefit : answer.benefits) ids.push_back(benefit.rule_id);
}

// What no discount takes costs its list price.
std::int64_t SavingOf(const Answer& answer) {
  return answer.cart_price.has_value() ? answer.cart_price->list_minor - answer.cart_price->price_minor : 0;
}

}  // namespace

CartDifference CompareCarts(const Answer& before, const Answer& after, bool with_text) {
  CartDifference difference;
  difference.price = before.cart_price.has_value() != after.cart_price.has_value() ||
                     (before.cart_price.has_value() && !SamePrices(*before.cart_price, *after.cart_price, with_text));
  difference.benefits =
      !std::equal(before.benefits.begin(), before.benefits.end(), after.benefits.begin(), after.benefits.end(),
                  [with_text](const auto& x, const auto& y) { return SamePart(x, y, with_text); });
  return difference;
}

void CountCart(const Answer& before, const Answer& after, std::uint32_t weight, CartChanges& changes) {
  const std::optional<engine::CartPrice>& either = before.cart_price.has_value() ? before.cart_price : after.cart_price;
  if (!either.has_value()) return;
  CartChange& change = changes[either->currency];
  const Change<std::int64_t> saving = {SavingOf(before), SavingOf(after)};
  ++change.carts;
  if (saving.after > saving.before) ++change.cheaper;
  if (saving.after < saving.before) ++change.dearer;
  if (saving.before > 0) ++change.reduced.before;
  if (saving.after > 0) ++change.reduced.after;
  change.saving_minor.before += static_cast<double>(weight) * static_cast<double>(saving.before);
  change.saving_minor.after += static_cast<double>(weight) * static_cast<double>(saving.after);
}

Change<RuleIds> RulesBehindCart(const Answer& before, const Answer& after, bool with_text) {
  Change<RuleIds> behind;
  AddUnlike(DiscountsOf(before), DiscountsOf(after), with_text, behind.before);
  AddUnlike(DiscountsOf(after), DiscountsOf(before), with_text, behind.after);
  AddUnlike(before.benefits, after.benefits, with_text, behind.before);
  AddUnlike(after.benefits, before.benefits, with_text, behind.after);
  if (behind.before.empty() && behind.after.empty()) {
    AddAll(before, behind.before);
    AddAll(after, behind.after);
  }
  SortRuleIds(behind.before);
  SortRuleIds(behind.after);
  return behind;
}

}  // namespace awase::whatif

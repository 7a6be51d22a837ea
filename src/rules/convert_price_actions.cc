#include "rules/internal/convert_price_actions.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"
#include "rules/internal/condition_scalars.h"
#include "rules/internal/convert_condition.h"
#include "rules/internal/convert_fields.h"

namespace awase::rules_internal {
namespace {

constexpr std::int64_t kPartsPerBasisPoint = rules::kWhole / pricing::kBasisPoints;

// Reads the amounts of one discount: the first one has its currency.
class Amounts {
 public:
  std::int64_t Read(const v1::Money& money) {
    if (!currency_.has_value()) currency_ = CurrencyCode::Parse(money.currency_code()).value_or(CurrencyCode());
    return money.minor_units();
  }
  std::optional<CurrencyCode> currency() const { return currency_; }

 private:
  std::optional<CurrencyCode> currency_;
};

pricing::PercentOff ToPercentOff(const std::string& percent) { return {ParseBasisPoints(percent).value_or(0)}; }

// Of a message with the members of a reduction; without any, no percentage at all.
template <typename Message>
pricing::Reduction ToReduction(const Message& proto, Amounts* amounts) {
  if (proto.has_amount()) return pricing::AmountOff{amounts->Read(proto.amount())};
  if constexpr (requires { proto.has_price(); }) {
    if (proto.has_price()) return pricing::FixedPrice{amounts->Read(proto.price())};
  }
  return ToPercentOff(proto.percent());
}

pricing::QuantityTerms ToTerms(const v1::QuantityDiscount& proto, Amounts* amounts) {
  pricing::QuantityTerms terms;
  for (const v1::QuantityTier& tier : proto.tiers()) {
    terms.tiers.push_back({tier.has_from() ? std::int64_t{tier.from()} : 1, ToReduction(tier, amounts)});
  }
  if (proto.has_most()) terms.most_units = proto.most();
  return terms;
}

pricing::SetTerms ToTerms(const v1::SetDiscount& proto, Amounts* amounts) {
  pricing::SetTerms terms;
  for (const v1::SetPart& part : proto.parts()) {
    terms.parts.push_back({.count = part.has_count() ? std::int64_t{part.count()} : 1});
    if (part.has_reduced()) terms.parts.back().reduced = part.reduced();
  }
  terms.reduction = ToReduction(proto, amounts);
  if (proto.has_most()) terms.most_sets = proto.most();
  return terms;
}

pricing::BasketTerms ToTerms(const v1::BasketDiscount& proto, Amounts* amounts) {
  pricing::BasketTerms terms;
  for (const v1::BasketTier& tier : proto.tiers()) {
    const std::int64_t from = tier.has_from() ? amounts->Read(tier.from()) : 0;
    terms.tiers.push_back({from, ToReduction(tier, amounts)});
  }
  return terms;
}

pricing::UnitRounding ToRounding(const v1::PriceRounding& proto, Amounts* amounts) {
  pricing::UnitRounding rounding;
  rounding.step_minor = amounts->Read(proto.step());
  if (proto.has_ending()) rounding.ending_minor = amounts->Read(proto.ending());
  if (proto.direction() == "nearest") rounding.direction = pricing::UnitRounding::Direction::kNearest;
  return rounding;
}

// Equal percentages in one form.
void MakeCanonical(std::string* percent) { *percent = absl::StrCat(ParseBasisPoints(*percent).value_or(0)); }

template <typename Message>
void MakeReductionCanonical(Message* proto) {
  if (proto->reduction_case() == Message::kPercent) MakeCanonical(proto->mutable_percent());
}

void MakeTermsCanonical(v1::QuantityDiscount* quantity) {
  MakeSubjectCanonical(quantity);
  for (v1::QuantityTier& tier : *quantity->mutable_tiers()) {
    if (!tier.has_from()) tier.set_from(1);
    MakeReductionCanonical(&tier);
  }
}

void MakeTermsCanonical(v1::SetDiscount* set) {
  for (v1::SetPart& part : *set->mutable_parts()) {
    MakeSubjectCanonical(&part);
    if (!part.has_count()) part.set_count(1);
    if (!part.has_reduced()) part.set_reduced(part.count());
  }
  MakeReductionCanonical(set);
}

void MakeTermsCanonical(v1::BasketDiscount* basket) {
  MakeSubjectCanonical(basket);
  for (v1::BasketTier& tier : *basket->mutable_tiers()) {
    if (tier.from().minor_units() == 0) tier.clear_from();
    MakeReductionCanonical(&tier);
  }
}

}  // namespace

absl::StatusOr<std::int64_t> ParseBasisPoints(absl::string_view text) {
  AWASE_ASSIGN_OR_RETURN(const std::int64_t parts, ParsePercentage(text, 100, 2));
  return parts / kPartsPerBasisPoint;
}

rules::Discount ToDiscount(const v1::DiscountAction& proto) {
  rules::Discount discount;
  Amounts amounts;
  if (proto.has_set()) {
    discount.terms.terms = ToTerms(proto.set(), &amounts);
    for (const v1::SetPart& part : proto.set().parts())
      discount.takes.push_back(ToSubject(part.products(), part.matching()));
  } else if (proto.has_basket()) {
    discount.terms.terms = ToTerms(proto.basket(), &amounts);
    discount.takes.push_back(ToSubject(proto.basket().products(), proto.basket().matching()));
  } else if (proto.has_step_up()) {
    discount.is_step_up = true;
    discount.terms.terms = pricing::QuantityTerms{.tiers = {{1, ToReduction(proto.step_up(), &amounts)}}};
    discount.takes.push_back(ToSubject(proto.step_up().products(), proto.step_up().matching()));
  } else {
    discount.terms.terms = ToTerms(proto.quantity(), &amounts);
    discount.takes.push_back(ToSubject(proto.quantity().products(), proto.quantity().matching()));
  }
  if (proto.on_top()) discount.terms.stacking = pricing::Stacking::kOnTop;
  if (proto.has_rounding()) discount.terms.rounding = ToRounding(proto.rounding(), &amounts);
  if (!proto.below_cost()) {
    const std::string& margin = proto.least_margin();
    discount.terms.floor = pricing::MarginFloor{margin.empty() ? 0 : ParseBasisPoints(margin).value_or(0)};
  }
  discount.currency = amounts.currency();
  discount.text = proto.text();
  return discount;
}

rules::Benefit ToBenefit(const v1::BenefitAction& proto) {
  rules::Benefit benefit;
  if (proto.has_points()) benefit.gives = rules::Points{proto.points().points(), proto.points().factor()};
  if (proto.has_coupon()) benefit.gives = rules::Coupon{proto.coupon().code()};
  if (proto.has_gift()) benefit.gives = rules::Gift{proto.gift().product()};
  if (proto.has_above()) benefit.above = ToMoney(proto.above());
  benefit.text = proto.text();
  return benefit;
}

void AddGroupsAndMargin(const v1::BundleAction& proto, rules::Bundle* bundle) {
  for (const v1::BundleGroup& group : proto.any_of())
    bundle->any_of.push_back(ToSubject(group.products(), group.matching()));
  if (!proto.percent().empty()) bundle->percent_off = ParseBasisPoints(proto.percent()).value_or(0);
  if (!proto.least_margin().empty()) {
    bundle->floor = pricing::MarginFloor{ParseBasisPoints(proto.least_margin()).value_or(0)};
  }
}

void MakeCanonical(v1::BundleAction* proto) {
  for (v1::BundleGroup& group : *proto->mutable_any_of()) MakeSubjectCanonical(&group);
  if (!proto->percent().empty()) MakeCanonical(proto->mutable_percent());
  if (!proto->least_margin().empty()) MakeCanonical(proto->mutable_least_margin());
}

void MakeCanonical(v1::DiscountAction* proto) {
  if (proto->has_quantity()) MakeTermsCanonical(proto->mutable_quantity());
  if (proto->has_set()) MakeTermsCanonical(proto->mutable_set());
  if (proto->has_basket()) MakeTermsCanonical(proto->mutable_basket());
  if (proto->has_step_up()) {
    MakeSubjectCanonical(proto->mutable_step_up());
    MakeReductionCanonical(proto->mutable_step_up());
  }
  if (proto->has_rounding()) {
    if (proto->rounding().direction() == "down") proto->mutable_rounding()->clear_direction();
    if (proto->rounding().ending().minor_units() == 0) proto->mutable_rounding()->clear_ending();
  }
  if (!proto->least_margin().empty()) MakeCanonical(proto->mutable_least_margin());
  if (proto->least_margin() == "0") proto->clear_least_margin();
}

}  // namespace awase::rules_internal

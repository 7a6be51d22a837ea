// benefit: what it must have, and whether the catalogue has the gift.

#include <string>

#include "absl/strings/str_cat.h"
#include "awase/base/money.h"
#include "awase/yaml/quoted.h"
#include "rules/internal/action_check.h"

namespace awase::rules_internal {
namespace {

constexpr std::uint32_t kMostPoints = 1'000'000'000;
constexpr std::uint32_t kLeastFactor = 2;
constexpr std::uint32_t kMostFactor = 100;
constexpr std::size_t kLongestCode = 100;
constexpr std::size_t kMostText = 1'000;

void CheckPoints(const ActionCheck& check, const v1::PointsBenefit& points) {
  const std::string below = ".benefit.points";
  if (!check.rule().IsSound(below)) return;
  if (points.has_points() == points.has_factor()) {
    check.Error(below, "want one of points, so many more, and factor, so many times the usual ones");
  } else if (points.has_points() && (points.points() < 1 || points.points() > kMostPoints)) {
    check.Error(below + ".points", absl::StrCat("want 1 to ", kMostPoints, ", got ", points.points()));
  } else if (points.has_factor() && (points.factor() < kLeastFactor || points.factor() > kMostFactor)) {
    check.Error(below + ".factor", absl::StrCat("want ", kLeastFactor, " to ", kMostFactor, ", got ", points.factor()));
  }
}

void CheckCode(const ActionCheck& check, const std::string& code) {
  const std::string below = ".benefit.coupon";
  if (check.rule().IsMissing(below, "code")) {
    check.Error(below, "has no code: want what the customer enters");
  } else if (check.rule().Has(below + ".code") && check.rule().IsSound(below) &&
             (code.empty() || code.size() > kLongestCode)) {
    check.Error(below + ".code", absl::StrCat("want 1 to ", kLongestCode, " bytes, got ", code.size()));
  }
}

void CheckGift(const ActionCheck& check, const std::string& product) {
  const std::string below = ".benefit.gift";
  if (check.rule().IsMissing(below, "product")) {
    check.Error(below, "has no product: want the id of what is given");
  } else if (check.rule().Has(below + ".product") && check.rule().IsSound(below)) {
    check.Product(below + ".product", product);
    check.Sold(below + ".product", product, "there is nothing to give");
  }
}

void CheckAbove(const ActionCheck& check, const rules::Benefit& benefit) {
  if (!benefit.above.has_value() || !check.rule().IsSound(".benefit.above")) return;
  if (benefit.above->minor_units > 0)
    return check.conditions().KnownCurrency(".benefit.above", benefit.above->currency);
  check.Error(".benefit.above", absl::StrCat("want an amount above 0, or take the key away for a benefit that is given "
                                             "without, got ",
                                             FormatMoney(*benefit.above)));
}

}  // namespace

void CheckBenefit(const ActionCheck& check, const v1::BenefitAction& proto, const rules::Benefit& benefit) {
  switch (proto.benefit_case()) {
    case v1::BenefitAction::kFreeShipping:
      if (!proto.free_shipping()) {
        check.Error(".benefit.free_shipping", "false says nothing: want true, or another benefit");
      }
      break;
    case v1::BenefitAction::kPoints:
      CheckPoints(check, proto.points());
      break;
    case v1::BenefitAction::kCoupon:
      CheckCode(check, proto.coupon().code());
      break;
    case v1::BenefitAction::kGift:
      CheckGift(check, proto.gift().product());
      break;
    case v1::BenefitAction::BENEFIT_NOT_SET:
      if (check.rule().IsSound(".benefit")) {
        check.Error(".benefit", "gives nothing: want one of free_shipping, points, coupon, gift");
      }
      break;
  }
  CheckAbove(check, benefit);
  if (benefit.text.size() > kMostText) {
    check.Error(".benefit.text", absl::StrCat("want at most ", kMostText, " bytes, got ", benefit.text.size()));
  }
}

}  // namespace awase::rules_internal

// bundle, hide and pin: what they must have, and what the catalogue says of it. Other actions have files of their own.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/numeric/int128.h"
#include "absl/strings/str_join.h"
#include "awase/base/money.h"
#include "awase/yaml/quoted.h"
#include "rules/internal/action_check.h"
#include "rules/internal/validate_rule.h"

namespace awase::rules_internal {
namespace {

using ::awase::yaml::Quoted;

constexpr std::size_t kFewestInBundle = 2;
constexpr std::uint32_t kLastPosition = 50;

void CheckAnchors(const ActionCheck& check, absl::string_view action, const std::vector<std::string>& anchors) {
  const std::string below = absl::StrCat(action, ".anchors");
  if (anchors.empty() && check.rule().Has(below) && check.rule().IsSound(below)) {
    check.Error(below, "is empty: name at least one product, or take the key away for every page");
  }
  check.Products(below, anchors, rules::Severity::kWarning);
}

// The first product whose price is in another currency than the set's is named. The sum counts only when
// every price is known.
void CheckPriceAgainstCatalogue(const ActionCheck& check, const rules::Bundle& bundle, const Money& price) {
  absl::int128 sum = 0;
  bool is_whole_sum = true;
  for (const std::string& product : bundle.products) {
    const std::optional<Money> list_price = check.facts()->price_of(product);
    if (!list_price.has_value()) {
      is_whole_sum = false;
      continue;
    }
    if (list_price->currency != price.currency) {
      check.Error(".bundle.price", absl::StrCat("is in ", price.currency.text(), ", but product ", Quoted(product),
                                                " is priced in ", list_price->currency.text(),
                                                list_price->currency == CurrencyCode() ? " (no currency)" : ""));
      return;
    }
    sum += list_price->minor_units;
  }
  if (is_whole_sum && price.minor_units > sum) {
    const Money total = {static_cast<std::int64_t>(sum), price.currency};
    check.Error(".bundle.price", absl::StrCat("set price ", FormatMoney(price),
                                              " is above the sum of the list prices, ", FormatMoney(total)));
  }
}

void CheckPrice(const ActionCheck& check, const rules::Bundle& bundle) {
  if (!bundle.price.has_value() || !check.rule().IsSound(".bundle.price")) return;
  if (bundle.price->minor_units <= 0) {
    check.Error(".bundle.price", absl::StrCat("want a price above 0, got ", FormatMoney(*bundle.price)));
  } else if (check.facts() != nullptr && check.facts()->price_of && check.rule().IsSound(".bundle.products")) {
    CheckPriceAgainstCatalogue(check, bundle, *bundle.price);
  }
}

void CheckBundle(const ActionCheck& check, const rules::Bundle& bundle) {
  const SourceRule& rule = check.rule();
  const auto count = bundle.products.size();
  if (rule.Has(".bundle.any_of")) return;  // in validate_bundle_groups.cc
  if (rule.IsMissing(".bundle", "products") && rule.IsMissing(".bundle", "any_of")) {
    check.Error(".bundle", "has no products: want 2 to 4 product ids, or any_of: groups of them");
  } else if (rule.Has(".bundle.products") && rule.IsSound(".bundle.products") &&
             (count < kFewestInBundle || count > kMostInBundle)) {
    check.Error(".bundle.products", absl::StrCat("want 2 to 4 products, got ", count));
  }
  check.Products(".bundle.products", bundle.products, rules::Severity::kError);
  if (rule.Has(".bundle.anchor") && rule.IsSound(".bundle.anchor") && rule.IsSound(".bundle.products") &&
      std::find(bundle.products.begin(), bundle.products.end(), bundle.anchor) == bundle.products.end()) {
    check.Error(".bundle.anchor", absl::StrCat(Quoted(bundle.anchor), " is not one of the products of the bundle"));
  }
  CheckPrice(check, bundle);
}

void CheckHide(const ActionCheck& check, const rules::Hide& hide) {
  const v1::HideAction& proto = check.rule().proto->hide();
  CheckSubject(check, ".hide", proto.products(), proto.matching());
  CheckAnchors(check, ".hide", hide.anchors);
}

void CheckSlot(const ActionCheck& check, const std::string& slot) {
  if (check.rule().IsMissing(".pin", "slot")) {
    check.Error(".pin", absl::StrCat("has no slot: want one of ", absl::StrJoin(SlotNames(), ", ")));
  } else if (check.rule().Has(".pin.slot") && check.rule().IsSound(".pin.slot")) {
    if (const std::string problem = SlotProblem(slot); !problem.empty()) check.Error(".pin.slot", problem);
  }
  if (slot == "bundle") {
    // No error: rule sets with such a pin serve already, and it does no harm.
    check.Warn(".pin.slot", "a pin has no effect in the bundle slot: write a bundle rule to choose its set");
  }
}

// On pages on which the pin is no step in its row, and so is never shown.
void WarnOfPinnedPrice(const ActionCheck& check, const rules::Pin& pin) {
  const bool is_lower = pin.slot == "lower";
  if ((!is_lower && pin.slot != "higher") || check.facts() == nullptr || !check.facts()->price_of) return;
  const std::optional<Money> price = check.facts()->price_of(pin.product);
  if (!price.has_value()) return;
  for (std::size_t i = 0; i < pin.anchors.size(); ++i) {
    const std::optional<Money> of_page = check.facts()->price_of(pin.anchors[i]);
    if (!of_page.has_value() || of_page->currency != price->currency || pin.anchors[i] == pin.product) continue;
    const std::int64_t more = price->minor_units - of_page->minor_units;
    if (is_lower ? more < 0 : more > 0) continue;
    check.Warn(
        absl::StrCat(".pin.anchors[", i, "]"),
        absl::StrCat("costs ", FormatMoney(*of_page), ", and the pinned product ", FormatMoney(*price), ": in ",
                     pin.slot, " of this page it is never shown; pin one that costs ", is_lower ? "less" : "more",
                     more == 0  ? ""
                     : is_lower ? ", or write slot: higher"
                                : ", or write slot: lower"));
  }
}

void CheckPin(const ActionCheck& check, const rules::Pin& pin) {
  const SourceRule& rule = check.rule();
  if (rule.IsMissing(".pin", "product")) {
    check.Error(".pin", "has no product: want the id of the product to show");
  } else if (rule.Has(".pin.product") && rule.IsSound(".pin.product")) {
    check.Product(".pin.product", pin.product);
  }
  CheckSlot(check, pin.slot);
  if (rule.IsSound(".pin.position") && (pin.position < 1 || pin.position > kLastPosition)) {
    check.Error(".pin.position", absl::StrCat("want 1 to 50, got ", pin.position));
  }
  CheckAnchors(check, ".pin", pin.anchors);
  if (!rule.IsSound(".pin")) return;
  for (std::size_t i = 0; i < pin.anchors.size(); ++i) {
    if (pin.anchors[i] == pin.product) {
      check.Warn(absl::StrCat(".pin.anchors[", i, "]"), "is the pinned product: it is never offered on its own page");
    }
  }
  WarnOfPinnedPrice(check, pin);
}

}  // namespace

void ValidateAction(const SourceRule& rule, const rules::CatalogueFacts* facts, Report* report) {
  const ActionCheck check(rule, facts, report);
  switch (rule.proto->action_case()) {
    case v1::Rule::kBundle:
      if (!rule.Has(".bundle")) return;
      CheckBundle(check, std::get<rules::Bundle>(rule.rule.action));
      CheckGroupsAndMargin(rule, facts, report);
      CheckBundleLines(check, std::get<rules::Bundle>(rule.rule.action));
      return;
    case v1::Rule::kHide:
      if (rule.Has(".hide")) CheckHide(check, std::get<rules::Hide>(rule.rule.action));
      return;
    case v1::Rule::kPin:
      if (rule.Has(".pin")) CheckPin(check, std::get<rules::Pin>(rule.rule.action));
      return;
    case v1::Rule::kRung:
      if (rule.Has(".rung")) CheckRung(check, std::get<rules::Rung>(rule.rule.action));
      return;
    case v1::Rule::kBoost:
      if (rule.Has(".boost")) CheckBoost(check, rule.proto->boost());
      return;
    case v1::Rule::kBury:
      if (rule.Has(".bury")) CheckBury(check, rule.proto->bury());
      return;
    case v1::Rule::kRequire:
      if (rule.Has(".require")) CheckRequire(check, rule.proto->require());
      return;
    case v1::Rule::kDoNotAssociate:
      if (rule.Has(".do_not_associate")) CheckDoNotAssociate(check, rule.proto->do_not_associate());
      return;
    case v1::Rule::kQuota:
      if (rule.Has(".quota")) CheckQuota(check, rule.proto->quota());
      return;
    case v1::Rule::kPriceBand:
      if (rule.Has(".price_band")) CheckPriceBand(check, rule.proto->price_band());
      return;
    case v1::Rule::kDiscount:
      if (rule.Has(".discount")) CheckDiscount(rule, facts, report);
      return;
    case v1::Rule::kBenefit:
      if (rule.Has(".benefit")) {
        CheckBenefit(check, rule.proto->benefit(), std::get<rules::Benefit>(rule.rule.action));
      }
      return;
    case v1::Rule::kCap:
      if (rule.Has(".cap")) {
        CheckCap(check, ConditionCheck(rule, facts, report), std::get<rules::Cap>(rule.rule.action));
      }
      return;
    case v1::Rule::kGate:
      if (rule.Has(".gate")) CheckGate(check, std::get<rules::Gate>(rule.rule.action));
      return;
    case v1::Rule::kStop:
      if (rule.Has(".stop")) CheckStop(check, std::get<rules::Stop>(rule.rule.action));
      return;
    case v1::Rule::ACTION_NOT_SET:
      return;
  }
}

}  // namespace awase::rules_internal

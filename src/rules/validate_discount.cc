// discount: what it must have, in the words of the file. What pricing::FindFaults finds is said where it is written.

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "awase/base/money.h"
#include "awase/pricing/discount.h"
#include "awase/yaml/nearest_word.h"
#include "awase/yaml/quoted.h"
#include "rules/internal/action_check.h"
#include "rules/internal/condition_check.h"
#include "rules/internal/convert_fields.h"
#include "rules/internal/convert_price_actions.h"

namespace awase::rules_internal {
namespace {

using ::awase::yaml::Quoted;

// More parts than a shop would say in one breath; each is looked at for each line of a cart.
constexpr int kMostParts = 10;
constexpr std::size_t kMostText = 1'000;

// An amount of money as it is written.
struct Amount {
  std::string field;  // of pricing::Fault
  std::string below;
  Money money;
};

bool IsOneOf(const std::string& word, absl::Span<const std::string> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// single-thread.
class DiscountChecker {
 public:
  DiscountChecker(const SourceRule& rule, const rules::CatalogueFacts* facts, Report* report)
      : rule_(rule),
        proto_(rule.proto->discount()),
        discount_(std::get<rules::Discount>(rule.rule.action)),
        check_(rule, facts, report),
        sets_(rule, facts, report) {}

  void Check() {
    switch (proto_.terms_case()) {
      case v1::DiscountAction::kQuantity:
        terms_ = ".discount.quantity";
        CheckTaken(terms_, proto_.quantity(), /*needed=*/true);
        CheckTiers(proto_.quantity().tiers());
        break;
      case v1::DiscountAction::kSet:
        terms_ = ".discount.set";
        CheckParts();
        CheckReduction("reduction", terms_, proto_.set());
        break;
      case v1::DiscountAction::kBasket:
        terms_ = ".discount.basket";
        CheckTaken(terms_, proto_.basket(), /*needed=*/false);
        CheckTiers(proto_.basket().tiers());
        break;
      case v1::DiscountAction::kStepUp:
        terms_ = ".discount.step_up";
        CheckTaken(terms_, proto_.step_up(), /*needed=*/true);
        CheckReduction("tiers[0].reduction", terms_, proto_.step_up());
        if (proto_.on_top()) check_.Error(".discount.on_top", "has no effect on a step up: take the key away");
        break;
      case v1::DiscountAction::TERMS_NOT_SET:
        if (!rule_.IsSound(".discount")) return;
        return check_.Error(".discount", "says nothing: want one of quantity, set, basket, step_up");
    }
    CheckMargin();
    CheckRounding();
    CheckCurrencies();
    if (rule_.IsSound(".discount")) ReportFaults();
    if (rule_.IsSound(".discount") && are_terms_sound_) CheckReducedPrices(check_, discount_);
    if (proto_.text().size() > kMostText) {
      check_.Error(".discount.text", absl::StrCat("want at most ", kMostText, " bytes, got ", proto_.text().size()));
    }
  }

 private:
  template <typename Message>
  void CheckTaken(const std::string& below, const Message& proto, bool needed) {
    const std::string matching = absl::StrCat(below, ".matching");
    const std::string products = absl::StrCat(below, ".products");
    CheckProductSet(sets_, matching, proto.matching());
    sets_.List(products, proto.products());
    sets_.KnownProducts(products, proto.products());
    if (rule_.Has(matching) && rule_.Has(products)) {
      check_.Error(products, "goes with matching only as matching.products: say one of the two");
    } else if (needed && rule_.IsMissing(below, "matching") && rule_.IsMissing(below, "products")) {
      check_.Error(below, "takes no products: want matching (a set of products) or products (a list of ids)");
    }
  }

  // Of the tiers of quantities, whole numbers, and of baskets, money.
  template <typename Tiers>
  void CheckTiers(const Tiers& tiers) {
    if (rule_.IsMissing(terms_, "tiers")) {
      check_.Error(terms_, "has no tiers: want at least one, such as {from: …, percent: 10%}");
      are_terms_sound_ = false;
    }
    for (int i = 0; i < tiers.size(); ++i) {
      const std::string field = absl::StrCat("tiers[", i, "]");
      const std::string below = absl::StrCat(terms_, ".", field);
      if constexpr (requires { tiers[i].from().minor_units(); }) {
        if (tiers[i].has_from()) AddAmount(field + ".from_total_minor", below + ".from", tiers[i].from());
      }
      CheckReduction(field + ".reduction", below, tiers[i]);
    }
  }

  void CheckParts() {
    const auto& parts = proto_.set().parts();
    if (rule_.IsMissing(terms_, "parts")) {
      check_.Error(terms_, "has no parts: say what a set is made of");
      are_terms_sound_ = false;
    } else if (parts.size() > kMostParts) {
      check_.Error(terms_ + ".parts", absl::StrCat("want at most ", kMostParts, " parts, got ", parts.size()));
    }
    absl::flat_hash_set<absl::string_view> taken;
    for (int i = 0; i < parts.size(); ++i) {
      const std::string below = absl::StrCat(terms_, ".parts[", i, "]");
      CheckTaken(below, parts[i], /*needed=*/true);
      for (int p = 0; p < parts[i].products_size(); ++p) {
        if (taken.contains(parts[i].products(p))) {
          check_.Error(
              absl::StrCat(below, ".products[", p, "]"),
              absl::StrCat("product ", Quoted(parts[i].products(p)), " is in a part before: it belongs to one"));
        }
      }
      taken.insert(parts[i].products().begin(), parts[i].products().end());
    }
  }

  template <typename Message>
  void CheckReduction(const std::string& field, const std::string& below, const Message& proto) {
    constexpr bool kHasPrice = requires { proto.price(); };
    if (proto.reduction_case() == Message::REDUCTION_NOT_SET) {
      are_terms_sound_ = false;
      if (!rule_.IsMissing(below, "percent") || !rule_.IsMissing(below, "amount")) return;
      return check_.Error(below, kHasPrice ? "has no reduction: want one of percent, amount, price"
                                           : "has no reduction: want one of percent, amount");
    }
    if (proto.reduction_case() == Message::kPercent) CheckPercent(below + ".percent", proto.percent());
    if (proto.reduction_case() == Message::kAmount) {
      AddAmount(field + ".amount_minor", below + ".amount", proto.amount());
    }
    if constexpr (kHasPrice) {
      if (proto.reduction_case() == Message::kPrice) {
        AddAmount(field + ".price_minor", below + ".price", proto.price());
      }
    }
  }

  void CheckPercent(const std::string& below, const std::string& text) {
    if (!rule_.IsSound(below)) return;
    const absl::StatusOr<std::int64_t> points = ParseBasisPoints(text);
    if (points.ok() && *points > 0) return;
    are_terms_sound_ = false;
    check_.Error(below, points.ok() ? absl::StrCat("want more than 0%, got ", Quoted(text))
                                    : std::string(points.status().message()));
  }

  void CheckMargin() {
    const std::string below = ".discount.least_margin";
    if (!rule_.Has(below) || !rule_.IsSound(below)) return;
    const absl::StatusOr<std::int64_t> points = ParseBasisPoints(proto_.least_margin());
    if (!points.ok()) {
      check_.Error(below, points.status().message());
    } else if (*points == pricing::kBasisPoints) {
      check_.Error(below, "want less than 100%: no price is all margin");
    } else if (proto_.below_cost()) {
      check_.Error(below, "has no effect with below_cost: say one of the two");
    }
  }

  void CheckRounding() {
    const std::string below = ".discount.rounding";
    if (!rule_.Has(below) || !rule_.IsSound(below)) return;
    const v1::PriceRounding& rounding = proto_.rounding();
    if (rule_.IsMissing(below, "step")) {
      check_.Error(below, "has no step: want an amount such as step: 0.05 CHF");
      are_terms_sound_ = false;
    }
    if (rounding.has_step()) AddAmount("rounding.step_minor", below + ".step", rounding.step());
    if (rounding.has_ending()) AddAmount("rounding.ending_minor", below + ".ending", rounding.ending());
    const absl::Span<const std::string> directions = RoundingDirections();
    const std::string direction = below + ".direction";
    if (!rule_.Has(direction) || IsOneOf(rounding.direction(), directions)) return;
    check_.Error(direction, yaml::UnknownWord("direction", rounding.direction(), directions));
  }

  void AddAmount(std::string field, std::string below, const v1::Money& money) {
    if (rule_.IsSound(below)) amounts_.push_back({std::move(field), std::move(below), ToMoney(money)});
  }

  // All amounts of one currency, which is that of the products named.
  void CheckCurrencies() {
    if (amounts_.empty()) return;
    const Amount& first = amounts_.front();
    for (const Amount& amount : amounts_) {
      if (amount.money.currency == first.money.currency) continue;
      check_.Error(amount.below, absl::StrCat("is in ", amount.money.currency.text(), ", but the discount has ",
                                              FormatMoney(first.money), " too: write a rule for each currency"));
      return;
    }
    if (!ReportOtherCurrency(first)) sets_.KnownCurrency(first.below, first.money.currency);
  }

  // Whether a product that is named is priced in another currency than the amount.
  bool ReportOtherCurrency(const Amount& first) {
    if (check_.facts() == nullptr || !check_.facts()->price_of) return false;
    for (const rules::ProductSet& set : discount_.takes) {
      for (const std::string& product : set.in.products) {
        const std::optional<Money> price = check_.facts()->price_of(product);
        if (!price.has_value() || price->currency == first.money.currency) continue;
        check_.Error(first.below, absl::StrCat("is in ", first.money.currency.text(), ", but product ", Quoted(product),
                                               " is priced in ", price->currency.text(),
                                               price->currency == CurrencyCode() ? " (no currency)" : ""));
        return true;
      }
    }
    return false;
  }

  void ReportFaults() {
    if (!are_terms_sound_) return;
    absl::flat_hash_map<absl::string_view, const Amount*> by_field;
    for (const Amount& amount : amounts_) by_field.try_emplace(amount.field, &amount);
    for (const pricing::Fault& fault : pricing::FindFaults(discount_.terms)) {
      if (const auto amount = by_field.find(fault.field); amount != by_field.end()) {
        check_.Error(amount->second->below, Describe(*amount->second));
      } else if (!absl::StartsWith(fault.field, "floor")) {  // said already
        check_.Error(PlaceOf(fault.field), fault.problem);
      }
    }
  }

  // What is wrong with an amount, in money.
  std::string Describe(const Amount& amount) const {
    const std::string got = absl::StrCat(", got ", FormatMoney(amount.money));
    if (amount.money.minor_units > pricing::kMostMinor) {
      return absl::StrCat("want at most ", FormatMoney({pricing::kMostMinor, amount.money.currency}), got);
    }
    if (amount.field == "rounding.ending_minor") return absl::StrCat("want 0 or more and less than the step", got);
    if (absl::EndsWith(amount.field, "amount_minor") || amount.field == "rounding.step_minor") {
      return absl::StrCat("want more than 0", got);
    }
    if (amount.money.minor_units < 0) return absl::StrCat("want 0 or more", got);
    return absl::StrCat("want more than the tier before begins with", got);
  }

  // "tiers[1].from_quantity" → ".discount.quantity.tiers[1].from".
  std::string PlaceOf(const std::string& field) const {
    if (field == "rounding") return ".discount.rounding";
    const std::string place = absl::StrReplaceAll(
        field, {{"from_quantity", "from"}, {"most_units", "most"}, {"most_sets", "most"}, {".reduction", ""}});
    return absl::StrCat(terms_, ".", place);
  }

  const SourceRule& rule_;
  const v1::DiscountAction& proto_;
  const rules::Discount& discount_;
  ActionCheck check_;
  ConditionCheck sets_;
  std::string terms_;  // the path of the terms
  std::vector<Amount> amounts_;
  bool are_terms_sound_ = true;  // else pricing::FindFaults would repeat what is said already
};

}  // namespace

absl::Span<const std::string> RoundingDirections() {
  static const auto& directions = *new std::vector<std::string>{"down", "nearest"};
  return directions;
}

void CheckDiscount(const SourceRule& rule, const rules::CatalogueFacts* facts, Report* report) {
  DiscountChecker(rule, facts, report).Check();
}

}  // namespace awase::rules_internal

// discount: what it takes off, beside what the products that it names cost by themselves.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "absl/numeric/int128.h"
#include "absl/strings/str_cat.h"
#include "awase/base/money.h"
#include "awase/pricing/discount.h"
#include "awase/yaml/quoted.h"
#include "rules/internal/action_check.h"

namespace awase::rules_internal {
namespace {

using ::awase::rules::ProductSet;
using ::awase::yaml::Quoted;

std::optional<std::int64_t> PriceIn(const ActionCheck& check, const std::string& product, CurrencyCode currency) {
  const std::optional<Money> price = check.facts()->price_of(product);
  return price.has_value() && price->currency == currency ? std::optional(price->minor_units) : std::nullopt;
}

// Of each unit, by a quantity or a step up; the first product that it is too much for.
void CheckUnits(const ActionCheck& check, const std::string& below, const pricing::Reduction& reduction,
                const ProductSet& taken, CurrencyCode currency) {
  const auto* fixed = std::get_if<pricing::FixedPrice>(&reduction);
  const auto* off = std::get_if<pricing::AmountOff>(&reduction);
  if (fixed == nullptr && off == nullptr) return;
  for (const std::string& product : taken.in.products) {
    const std::optional<std::int64_t> price = PriceIn(check, product, currency);
    if (!price.has_value()) continue;
    const std::string costs = absl::StrCat(Quoted(product), ", which costs ", FormatMoney({*price, currency}));
    if (fixed != nullptr && fixed->price_minor >= *price) {
      return check.Warn(below + ".price", absl::StrCat("takes nothing off ", costs, ": want less, or leave it out"));
    }
    if (off != nullptr && off->amount_minor > *price) {
      return check.Warn(below + ".amount",
                        absl::StrCat("is more than all of ", costs,
                                     ": it would be free, but for its margin; want less, or a percent"));
    }
  }
}

// What the reduced units of a set cost together where all of them are the dearest; nothing where it is not known, since
// a part is of no named products, or one has no price in the currency.
std::optional<absl::int128> MostOfSet(const ActionCheck& check, const pricing::SetTerms& terms,
                                      const rules::Discount& discount, CurrencyCode currency) {
  absl::int128 sum = 0;
  for (std::size_t i = 0; i < terms.parts.size() && i < discount.takes.size(); ++i) {
    const std::int64_t reduced = terms.parts[i].reduced.value_or(terms.parts[i].count);
    if (reduced == 0) continue;
    if (discount.takes[i].in.products.empty()) return std::nullopt;
    std::int64_t dearest = 0;
    for (const std::string& product : discount.takes[i].in.products) {
      const std::optional<std::int64_t> price = PriceIn(check, product, currency);
      if (!price.has_value()) return std::nullopt;
      dearest = std::max(dearest, *price);
    }
    sum += absl::int128(reduced) * dearest;
  }
  return sum <= pricing::kMostMinor ? std::optional(sum) : std::nullopt;
}

void CheckSet(const ActionCheck& check, const pricing::SetTerms& terms, const rules::Discount& discount,
              CurrencyCode currency) {
  const std::optional<absl::int128> most = MostOfSet(check, terms, discount, currency);
  if (!most.has_value()) return;
  const std::string costs = FormatMoney({static_cast<std::int64_t>(*most), currency});
  if (const auto* fixed = std::get_if<pricing::FixedPrice>(&terms.reduction);
      fixed != nullptr && fixed->price_minor >= *most) {
    check.Warn(".discount.set.price",
               absl::StrCat("takes nothing off: the reduced units of a set cost ", costs, " at most; want less"));
  }
  if (const auto* off = std::get_if<pricing::AmountOff>(&terms.reduction);
      off != nullptr && off->amount_minor > *most) {
    check.Warn(".discount.set.amount",
               absl::StrCat("is more than all that the reduced units of a set cost, ", costs,
                            " at most: they would be free, but for their margin; want less, or a percent"));
  }
}

// Only where a tier says from when on: "5.00 USD off" alone is for carts of any size.
void CheckBasket(const ActionCheck& check, const pricing::BasketTerms& terms, CurrencyCode currency) {
  for (std::size_t i = 0; i < terms.tiers.size(); ++i) {
    const auto* off = std::get_if<pricing::AmountOff>(&terms.tiers[i].reduction);
    const std::int64_t from = terms.tiers[i].from_total_minor;
    if (off == nullptr || from == 0 || off->amount_minor <= from) continue;
    check.Warn(absl::StrCat(".discount.basket.tiers[", i, "].amount"),
               absl::StrCat("is more than a cart costs that reaches the tier, ", FormatMoney({from, currency}),
                            ": it would be free, but for its margin; want less, or a larger from"));
  }
}

}  // namespace

void CheckReducedPrices(const ActionCheck& check, const rules::Discount& discount) {
  if (!discount.currency.has_value()) return;
  const CurrencyCode currency = *discount.currency;
  if (const auto* basket = std::get_if<pricing::BasketTerms>(&discount.terms.terms)) {
    return CheckBasket(check, *basket, currency);
  }
  if (check.facts() == nullptr || !check.facts()->price_of) return;
  if (const auto* set = std::get_if<pricing::SetTerms>(&discount.terms.terms)) {
    return CheckSet(check, *set, discount, currency);
  }
  const auto& tiers = std::get<pricing::QuantityTerms>(discount.terms.terms).tiers;
  for (std::size_t i = 0; i < tiers.size(); ++i) {
    const std::string below =
        discount.is_step_up ? ".discount.step_up" : absl::StrCat(".discount.quantity.tiers[", i, "]");
    CheckUnits(check, below, tiers[i].reduction, discount.takes.front(), currency);
  }
}

}  // namespace awase::rules_internal

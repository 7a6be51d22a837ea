#include "pack_reasons.h"

#include "absl/strings/str_cat.h"
#include "awase/catalog/unit_price.h"

namespace awase::engine {
namespace {

using artefact::ProductView;
using ladder::StepKind;

Text StepText(StepKind kind, bool costs_more) {
  switch (kind) {
    case StepKind::kSubscription:
      return costs_more ? Text::kSubscriptionForMore : Text::kSubscriptionForLess;
    case StepKind::kBrand:
      return costs_more ? Text::kOtherBrand : Text::kOwnBrand;
    case StepKind::kPack:
    case StepKind::kModel:
      break;
  }
  return costs_more ? Text::kLargerPack : Text::kSmallerPack;
}

// "100 g", "oz"; what is counted by the piece has its own word.
std::string PerText(Language language, std::uint32_t per, absl::string_view unit) {
  if (unit == "piece") return std::string(TextIn(language, Text::kPerPiece));
  return per == 1 ? std::string(unit) : absl::StrCat(per, " ", unit);
}

// "; USD 0.52 instead of USD 0.65 per 100 g, USD 0.13 less"; empty where the packs do not say what they hold.
std::string UnitPricesText(Language language, const ProductView& anchor, const ProductView& offer) {
  const bool compares = anchor.pack_quantity().value_or(0) > 0 && offer.pack_quantity().value_or(0) > 0 &&
                        anchor.pack_unit() == offer.pack_unit();
  if (!compares) return "";
  const catalog::PricedPack from = {anchor.price()->minor_units, *anchor.pack_quantity()};
  const catalog::PricedPack to = {offer.price()->minor_units, *offer.pack_quantity()};
  const catalog::UnitPriceTexts texts =
      catalog::FormatUnitPrices(from, to, anchor.pack_unit(), anchor.price()->currency);
  const bool saves =
      static_cast<double>(to.price_minor) * from.content < static_cast<double>(from.price_minor) * to.content;
  return Say(language, saves ? Text::kLessPerUnit : Text::kMorePerUnit,
             {texts.to, texts.from, PerText(language, texts.per, anchor.pack_unit()), texts.difference});
}

}  // namespace

std::string PackStepSentence(Language language, ladder::StepKind kind, const ProductView& anchor,
                             const ProductView& offer, const Money& difference) {
  const bool costs_more = difference.minor_units > 0;
  const Money amount = {costs_more ? difference.minor_units : -difference.minor_units, difference.currency};
  return Say(language, StepText(kind, costs_more),
             {FormatMoney(amount), UnitPricesText(language, anchor, offer), offer.subscription_interval()});
}

}  // namespace awase::engine

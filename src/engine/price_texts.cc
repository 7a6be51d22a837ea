#include "price_texts.h"

#include <variant>

#include "absl/strings/str_cat.h"
#include "cut_text.h"

namespace awase::engine {
namespace {

constexpr std::size_t kMaxTitle = 80;

std::string Given(const Context& context, const BenefitOffer& benefit) {
  switch (benefit.kind) {
    case BenefitKind::kFreeShipping:
      break;
    case BenefitKind::kPoints:
      return benefit.points > 0 ? Say(context.language, Text::kPoints, {GroupThousands(benefit.points)})
                                : Say(context.language, Text::kPointsFactor, {GroupThousands(benefit.points_factor)});
    case BenefitKind::kCoupon:
      return std::string(TextIn(context.language, Text::kCoupon));
    case BenefitKind::kGift: {
      const artefact::ProductView gift = context.model.product(benefit.gift);
      const absl::string_view title = gift.title().empty() ? gift.product_id() : gift.title();
      return Say(context.language, Text::kGift, {CutText(title, kMaxTitle)});
    }
  }
  return std::string(TextIn(context.language, Text::kFreeShipping));
}

}  // namespace

std::string PercentText(std::int64_t basis_points) {
  std::string text = absl::StrCat(basis_points / 100);
  if (const std::int64_t rest = basis_points % 100; rest != 0) {
    absl::StrAppend(&text, ".", rest / 10);
    if (rest % 10 != 0) absl::StrAppend(&text, rest % 10);
  }
  return absl::StrCat(text, "%");
}

std::string GapSentence(Language language, const pricing::NextStep& step, CurrencyCode currency) {
  const std::string missing =
      step.units > 0 ? Say(language, Text::kUnits, {GroupThousands(static_cast<std::uint64_t>(step.units))})
                     : FormatMoney({step.amount_minor, currency});
  if (const auto* price = std::get_if<pricing::FixedPrice>(&step.reduction)) {
    return Say(language, Text::kMoreForPrice, {missing, FormatMoney({price->price_minor, currency})});
  }
  const auto* percent = std::get_if<pricing::PercentOff>(&step.reduction);
  const std::string off = percent != nullptr
                              ? PercentText(percent->basis_points)
                              : FormatMoney({std::get<pricing::AmountOff>(step.reduction).amount_minor, currency});
  return Say(language, Text::kMoreForReduction, {missing, off});
}

std::string BenefitSentence(const Context& context, const BenefitOffer& benefit) {
  const std::string given = Given(context, benefit);
  if (benefit.reached) return given;
  const std::string missing = FormatMoney({benefit.gap_minor, benefit.above->currency});
  return Say(context.language, Text::kBenefitGap, {missing, given});
}

}  // namespace awase::engine

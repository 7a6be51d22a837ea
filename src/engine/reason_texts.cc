#include "reason_texts.h"

#include <array>
#include <cstddef>

#include "absl/strings/match.h"

namespace awase::engine {
namespace {

struct Row {
  Text text;
  absl::string_view english;
  absl::string_view japanese;
};

constexpr std::array<Row, kTextCount> kTexts = {{
    {Text::kThisProduct, "this product", "この商品"},
    {Text::kNamedProduct, "$0", "「$0」"},
    {Text::kOrdersClaim, "Bought together in $0 of $1 orders with $2, $3 times as often as by chance.",
     "$2を購入した$1件の注文のうち$0件で一緒に購入されています（偶然の場合の$3倍）。"},
    {Text::kOrders, "Also in $0 of $1 orders with $2.", "$2を購入した$1件の注文のうち$0件で一緒に購入されています。"},
    {Text::kCustomersClaim, "Bought by $0 of $1 customers who bought $2, $3 times as often as by chance.",
     "$2を購入した$1人のうち$0人がこちらも購入しています（偶然の場合の$3倍）。"},
    {Text::kCustomers, "$0 of $1 customers who bought $2 also bought this one.",
     "$2を購入した$1人のうち$0人がこちらも購入しています。"},
    {Text::kMultiPack, "People buy several of this kind. ", "複数まとめて購入されることの多い種類の商品です。"},
    {Text::kSet, "Of $0 orders with $1: $2.", "$1を購入した$0件の注文のうち、$2で一緒に購入されています。"},
    {Text::kSetPart, "$0 in $1", "$0は$1件"},
    {Text::kSetComma, ", ", "、"},
    {Text::kSetAnd, " and ", "、"},
    {Text::kStepUp, "The next model up: $0 more$1.", "1つ上のモデルです（+$0$1）。"},
    {Text::kTwoStepsUp, "Two models up: $0 more$1.", "2つ上のモデルです（+$0$1）。"},
    {Text::kSomeStepUp, "A higher model: $0 more$1.", "上位のモデルです（+$0$1）。"},
    {Text::kStepDown, "A cheaper alternative: $0 less$1.", "よりお手頃なモデルです（-$0$1）。"},
    {Text::kTwoStepsDown, "The cheapest alternative nearby: $0 less$1.",
     "近い価格帯で最もお手頃なモデルです（-$0$1）。"},
    {Text::kGains, "; gains ", "、向上："},
    {Text::kGivesUp, "; gives up ", "、低下："},
    {Text::kChanges, "; changes ", "、変更："},
    {Text::kNextDifference, ", ", "、"},
    {Text::kMoreDifferences, " and $0 more", "、ほか$0点"},
    {Text::kMovedUp, " $0 of $1 customers who moved between the two moved up.",
     "2つの間で乗り換えた$1人のうち$0人が上位モデルを選んでいます。"},
    {Text::kLargerPack, "A larger pack: $0 more$1.", "大容量パックです（+$0）$1。"},
    {Text::kSmallerPack, "A smaller pack: $0 less$1.", "少量パックです（-$0）$1。"},
    {Text::kSubscriptionForMore, "By subscription ($2): $0 more each time$1.", "定期購入（$2）です（毎回+$0）$1。"},
    {Text::kSubscriptionForLess, "By subscription ($2): $0 less each time$1.", "定期購入（$2）です（毎回-$0）$1。"},
    {Text::kOwnBrand, "The shop's own brand: $0 less$1.", "当店ブランドの商品です（-$0）$1。"},
    {Text::kOtherBrand, "Of another brand: $0 more$1.", "他ブランドの商品です（+$0）$1。"},
    {Text::kLessPerUnit, "; $0 instead of $1 per $2, $3 less", "。$2あたり$1のところ$0で、$3お得です"},
    {Text::kMorePerUnit, "; $0 instead of $1 per $2, $3 more", "。$2あたり$1に対して$0で、$3高くなります"},
    {Text::kPerPiece, "piece", "1個"},
    {Text::kSetSaving, "Together as a set, $0 less than separately.",
     "セットで購入すると、別々に購入するより$0お得です。"},
    {Text::kSetPlain, "Together as a set.", "セットでご購入いただけます。"},
    {Text::kByShop, "Selected by the shop.", "当店のおすすめです。"},
    {Text::kFamilyOrders, "Often bought with products of this family.", "用途の近い商品とよく一緒に購入されています。"},
    {Text::kTypeOrders, "Often bought with products of this kind.", "同じ種類の商品とよく一緒に購入されています。"},
    {Text::kCategoryOrders, "Often bought with products of this category.",
     "同じカテゴリーの商品とよく一緒に購入されています。"},
    {Text::kFamilyCustomers, "Often bought by buyers of products of this family.",
     "用途の近い商品を購入した方がよく購入しています。"},
    {Text::kTypeCustomers, "Often bought by buyers of products of this kind.",
     "同じ種類の商品を購入した方がよく購入しています。"},
    {Text::kCategoryCustomers, "Often bought by buyers of products of this category.",
     "同じカテゴリーの商品を購入した方がよく購入しています。"},
    {Text::kAuthor, "By the same author.", "同じ著者の商品です。"},
    {Text::kSeries, "From the same series.", "同じシリーズの商品です。"},
    {Text::kBrand, "From the same brand.", "同じブランドの商品です。"},
    {Text::kPlanNear, "$0: $1 of $2 used. ", "$0は$2のうち$1をご利用中です。"},
    {Text::kPlanForUse, "Made for this use: $0. ", "「$0」でのご利用に適したプランです。"},
    {Text::kPlanContains, "Contains $0. ", "$0が含まれています。"},
    {Text::kPlanDrops, "Without $0. ", "$0は外れます。"},
    {Text::kPlanAdds, "With $0. ", "$0が加わります。"},
    {Text::kPlanSeats, "$0 seats instead of $1. ", "席数は$1から$0になります。"},
    {Text::kPlanLess, "For your use of $0 this costs $1 instead of $2: you save $3.",
     "$0のご利用実績では、料金が$2から$1になり、$3お得です。"},
    {Text::kPlanMore, "For your use of $0 this costs $1 instead of $2: $3 more.",
     "$0のご利用実績では、料金が$2から$1になります（+$3）。"},
    {Text::kPlanUncovered, " Use beyond its limits, in $0, is counted at today's cost.",
     "うち$0は上限を超えるご利用のため、現在の料金で計算しています。"},
    {Text::kPlanFeeLess, "Costs $0 instead of $1 $3: you save $2.", "$3の料金が$1から$0になり、$2お得です。"},
    {Text::kPlanFeeMore, "Costs $0 instead of $1 $3: $2 more.", "$3の料金が$1から$0になります（+$2）。"},
    {Text::kOneMonth, "one month", "1か月分"},
    {Text::kMonths, "$0 months", "$0か月分"},
    {Text::kOneYear, "one year", "1年分"},
    {Text::kYears, "$0 years", "$0年分"},
    {Text::kOnePeriod, "one billing period", "1請求期間分"},
    {Text::kPeriods, "$0 billing periods", "$0請求期間分"},
    {Text::kPerMonth, "a month", "1か月"},
    {Text::kPerYear, "a year", "1年"},
    {Text::kPerPeriod, "per billing period", "1請求期間"},
    {Text::kUnits, "$0", "$0点"},
    {Text::kMoreForReduction, "$0 more for $1 off", "あと$0で$1引き"},
    {Text::kMoreForPrice, "$0 more for a price of $1", "あと$0で$1"},
    {Text::kFreeShipping, "free shipping", "送料無料"},
    {Text::kPoints, "$0 points", "$0ポイント"},
    {Text::kPointsFactor, "$0 times the points", "ポイント$0倍"},
    {Text::kCoupon, "a coupon", "クーポン"},
    {Text::kGift, "a gift: $0", "プレゼント（$0）"},
    {Text::kBenefitGap, "$0 more for $1", "あと$0で$1"},
}};

constexpr bool IsInOrder() {
  for (std::size_t i = 0; i < kTexts.size(); ++i) {
    if (kTexts[i].text != static_cast<Text>(i)) return false;
  }
  return true;
}
static_assert(IsInOrder(), "a text is looked up by its number");

}  // namespace

Language LanguageOf(absl::string_view language_tag) {
  const absl::string_view primary = language_tag.substr(0, language_tag.find_first_of("-_"));
  return absl::EqualsIgnoreCase(primary, "ja") ? Language::kJapanese : Language::kEnglish;
}

absl::string_view LanguageTag(Language language) { return language == Language::kJapanese ? "ja" : "en"; }

absl::string_view TextIn(Language language, Text text) {
  const Row& row = kTexts[static_cast<std::size_t>(text)];
  return language == Language::kJapanese ? row.japanese : row.english;
}

// Not absl::Substitute: it checks at every call what the table's test has checked, and reasons are made on every page.
std::string Say(Language language, Text text, std::initializer_list<absl::string_view> places) {
  absl::string_view rest = TextIn(language, text);
  std::string sentence;
  std::size_t size = rest.size();
  for (const absl::string_view place : places) size += place.size();
  sentence.reserve(size);
  for (;;) {
    const std::size_t dollar = rest.find('$');
    if (dollar == absl::string_view::npos) break;
    sentence.append(rest.data(), dollar);
    const absl::string_view place = places.begin()[rest[dollar + 1] - '0'];
    sentence.append(place.data(), place.size());
    rest.remove_prefix(dollar + 2);
  }
  sentence.append(rest.data(), rest.size());
  return sentence;
}

}  // namespace awase::engine

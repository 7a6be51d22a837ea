#ifndef AWASE_ENGINE_REASON_TEXTS_H_
#define AWASE_ENGINE_REASON_TEXTS_H_

// Every sentence that customers may see, in every language, in one table. Numbers and names are put in by the caller,
// in the places that each sentence gives them.

#include <cstdint>
#include <initializer_list>
#include <string>

#include "absl/strings/string_view.h"

namespace awase::engine {

enum class Language : std::uint8_t { kEnglish, kJapanese };

// By the first subtag of a BCP 47 language tag, whatever its case: "ja" and "ja-JP" are Japanese. Everything else, ""
// too, is English.
Language LanguageOf(absl::string_view language_tag);
absl::string_view LanguageTag(Language language);  // "en", "ja"

enum class Text : std::uint8_t {
  kThisProduct,     // the product of the page
  kNamedProduct,    // another one: $0 its title
  kOrdersClaim,     // $0 orders together, $1 orders of $2 a product, $3 times as often as by chance
  kOrders,          // … without the last
  kCustomersClaim,  // … customers
  kCustomers,
  kMultiPack,  // stands before one of these
  kSet,        // $0 orders of $1 a product, $2 what of them each companion is in
  kSetPart,    // $0 a product, $1 orders
  kSetComma,
  kSetAnd,  // between parts, before the last one
  kStepUp,
  kTwoStepsUp,
  kSomeStepUp,  // nobody says how far up
  kStepDown,
  kTwoStepsDown,  // $0 the price difference, $1 what differs, with its lead
  kGains,
  kGivesUp,
  kChanges,          // each before the specs that it is about
  kNextDifference,   // between two of them
  kMoreDifferences,  // than the sentence has room for
  kMovedUp,          // $0 customers who moved to the dearer one of $1 who moved between the two
  kLargerPack,
  kSmallerPack,
  kSubscriptionForMore,
  kSubscriptionForLess,
  kOwnBrand,
  kOtherBrand,  // $0 the price difference, $1 the prices per unit, with their lead; subscriptions: $2 how often
  kLessPerUnit,
  kMorePerUnit,  // $0 the offer's price per $2, $1 the product's, $3 the difference
  kPerPiece,     // $2 of these where the unit is a piece
  kSetSaving,    // $0 money
  kSetPlain,
  kByShop,
  kFamilyOrders,
  kTypeOrders,
  kCategoryOrders,  // what orders with the kind have
  kFamilyCustomers,
  kTypeCustomers,
  kCategoryCustomers,  // what buyers of the kind have
  kAuthor,
  kSeries,
  kBrand,
  // Changes of plan. Sentences that others follow end with what parts them.
  kPlanNear,    // $0 a metric, $1 how much of it is used, $2 its limit
  kPlanForUse,  // $0 a kind of use
  kPlanContains,
  kPlanDrops,
  kPlanAdds,   // $0 options
  kPlanSeats,  // $0 seats then, $1 now
  kPlanLess,
  kPlanMore,       // $0 periods, $1 cost then, $2 now, $3 difference
  kPlanUncovered,  // $0 periods
  kPlanFeeLess,
  kPlanFeeMore,  // $0 fees then, $1 now, $2 difference, $3 per what
  kOneMonth,
  kMonths,
  kOneYear,
  kYears,
  kOnePeriod,
  kPeriods,  // $0 how many
  kPerMonth,
  kPerYear,
  kPerPeriod,
  // Prices.
  kUnits,             // $0 how many
  kMoreForReduction,  // $0 what is missing, $1 what is taken off then
  kMoreForPrice,      // $0 what is missing, $1 the price then
  kFreeShipping,
  kPoints,        // $0 points
  kPointsFactor,  // $0 times
  kCoupon,
  kGift,        // $0 a product
  kBenefitGap,  // $0 what is missing, $1 a benefit
};
inline constexpr std::uint8_t kTextCount = 72;

// As it stands in the table: UTF-8, with $0 … $9 where something is to be put in.
absl::string_view TextIn(Language language, Text text);

// The sentence with `places` put in for $0, $1, …
std::string Say(Language language, Text text, std::initializer_list<absl::string_view> places);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_REASON_TEXTS_H_

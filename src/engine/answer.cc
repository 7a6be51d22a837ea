#include "awase/engine/answer.h"

namespace awase::engine {

const char* RemovalCauseName(RemovalCause cause) {
  switch (cause) {
    case RemovalCause::kOutOfStock:
      return "OUT_OF_STOCK";
    case RemovalCause::kNotVisible:
      return "NOT_VISIBLE";
    case RemovalCause::kInCart:
      return "IN_CART";
    case RemovalCause::kOwned:
      return "OWNED";
    case RemovalCause::kVariantOfAnchor:
      return "VARIANT_OF_ANCHOR";
    case RemovalCause::kCurrencyMismatch:
      return "CURRENCY_MISMATCH";
    case RemovalCause::kAlreadyShown:
      return "ALREADY_SHOWN";
    case RemovalCause::kHiddenByRule:
      return "HIDDEN_BY_RULE";
    case RemovalCause::kSameProductType:
      return "SAME_PRODUCT_TYPE";
    case RemovalCause::kNoEvidence:
      return "NO_EVIDENCE";
    case RemovalCause::kLimit:
      return "LIMIT";
    case RemovalCause::kSubstitute:
      return "SUBSTITUTE";
    case RemovalCause::kPriceOutOfBounds:
      return "PRICE_OUT_OF_BOUNDS";
    case RemovalCause::kNotRequired:
      return "NOT_REQUIRED";
    case RemovalCause::kKeptApart:
      return "KEPT_APART";
    case RemovalCause::kCapped:
      return "CAPPED";
    case RemovalCause::kCappedInTime:
      return "CAPPED_IN_TIME";
    case RemovalCause::kExcluded:
      return "EXCLUDED";
  }
  return "UNKNOWN";
}

const char* SourceName(Source source) {
  switch (source) {
    case Source::kBoughtTogether:
      return "bought_together";
    case Source::kAlsoBought:
      return "also_bought";
    case Source::kLadder:
      return "ladder";
    case Source::kRule:
      return "rule";
    case Source::kPlan:
      return "plan";
  }
  return "unknown";
}

}  // namespace awase::engine

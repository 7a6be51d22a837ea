#ifndef AWASE_ENGINE_PRICES_H_
#define AWASE_ENGINE_PRICES_H_

// What a cart costs with the discounts that apply, and what it earns: parts of an Answer. All amounts are minor units
// of one currency.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "awase/base/money.h"
#include "awase/base/product_index.h"
#include "awase/pricing/price_cart.h"

namespace awase::engine {

struct CartLinePrice {
  ProductIndex product;
  std::int64_t quantity = 0;
  pricing::LinePrice price;
};

// What is missing before a discount gives something, or more. Exactly one of the two is above 0.
struct DiscountGap {
  std::int64_t units = 0;
  std::int64_t amount_minor = 0;
  std::string text;  // "1 more for 10% off"; empty with Explanation::kNone

  friend bool operator==(const DiscountGap&, const DiscountGap&) = default;
};

// What became of one discount rule.
struct DiscountUse {
  std::string rule_id;
  std::string text;  // the rule's own; may be empty
  pricing::Verdict verdict = pricing::Verdict::kNotReached;
  std::int64_t times = 0;  // units reduced, sets, or 1 for a basket; 0 unless it applied
  std::int64_t saving_minor = 0;
  std::int64_t cut_by_floor_minor = 0;  // what it would have saved besides
  std::optional<DiscountGap> gap;       // nothing = there is no more to reach
};

struct CartPrice {
  CurrencyCode currency;
  std::int64_t list_minor = 0;
  std::int64_t price_minor = 0;
  std::vector<CartLinePrice> lines;       // in the order of the request
  std::vector<DiscountUse> discounts;     // those that take a line of the cart, in the order in which they apply
  std::vector<std::string> unpriced_ids;  // of lines that have no price in the currency, and take no part
  std::string problem;                    // why nothing of the above is known; empty when it is
};

enum class BenefitKind : std::uint8_t { kFreeShipping, kPoints, kCoupon, kGift };

// One product, or two where neither is enough alone, that takes the cart over the amount of a benefit.
struct GapOffer {
  std::vector<ProductIndex> products;
  std::int64_t price_minor = 0;      // what the cart costs more with them
  std::int64_t overshoot_minor = 0;  // what is spent beyond the gap

  friend bool operator==(const GapOffer&, const GapOffer&) = default;
};

// What a benefit rule gives with this cart.
struct BenefitOffer {
  std::string rule_id;
  BenefitKind kind = BenefitKind::kFreeShipping;
  std::string text;  // the rule's own, else a sentence; empty with Explanation::kNone unless it is the rule's
  bool reached = false;
  std::optional<Money> above;        // nothing = given without
  std::int64_t gap_minor = 0;        // to it, in its currency
  std::vector<GapOffer> gap_offers;  // the best first
  std::uint32_t points = 0;          // exactly one of the two with kPoints
  std::uint32_t points_factor = 0;
  std::string coupon_code;
  ProductIndex gift = kNoProduct;
};

}  // namespace awase::engine

#endif  // AWASE_ENGINE_PRICES_H_

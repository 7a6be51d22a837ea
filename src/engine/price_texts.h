#ifndef AWASE_ENGINE_PRICE_TEXTS_H_
#define AWASE_ENGINE_PRICE_TEXTS_H_

// What customers read of discounts: percentages, and what is missing to the next one.

#include <cstdint>
#include <string>

#include "awase/base/money.h"
#include "awase/engine/prices.h"
#include "awase/pricing/next_step.h"
#include "context.h"
#include "reason_texts.h"

namespace awase::engine {

// "12.5%" of 1,250.
std::string PercentText(std::int64_t basis_points);

// "1 more for 10% off", "USD 7.60 more for USD 5.00 off". Amounts are of the currency.
std::string GapSentence(Language language, const pricing::NextStep& step, CurrencyCode currency);

// "free shipping", "USD 7.60 more for free shipping". REQUIRES: all of `benefit` but its text.
std::string BenefitSentence(const Context& context, const BenefitOffer& benefit);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_PRICE_TEXTS_H_

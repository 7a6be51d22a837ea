#ifndef AWASE_APPS_AWASE_MESSAGE_TEXT_H_
#define AWASE_APPS_AWASE_MESSAGE_TEXT_H_

// Parts of answers as people read them.

#include <string>

#include "awase/v1/money.pb.h"
#include "awase/v1/recommendation.pb.h"

namespace awase::apps {

// "USD 449.00"; with a currency that is none, its letters and the minor units.
std::string MoneyText(const v1::Money& proto);

// Its sentence; without one, what it is.
std::string BenefitText(const v1::Benefit& benefit);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_MESSAGE_TEXT_H_

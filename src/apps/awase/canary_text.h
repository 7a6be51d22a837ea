#ifndef AWASE_APPS_AWASE_CANARY_TEXT_H_
#define AWASE_APPS_AWASE_CANARY_TEXT_H_

#include <string>

#include "awase/v1/models.pb.h"

namespace awase::apps {

// "0123456789abcdef is tried out on 5% of the customers", and lines about what is wrong with that.
std::string CanaryText(const v1::Canary& canary);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_CANARY_TEXT_H_

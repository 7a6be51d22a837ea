#ifndef AWASE_APPS_AWASE_COMPARISON_TEXT_H_
#define AWASE_APPS_AWASE_COMPARISON_TEXT_H_

#include <string>

#include "awase/v1/rules.pb.h"

namespace awase::apps {

// What a draft of rules would change, for people.
std::string ComparisonText(const v1::RuleComparison& comparison);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_COMPARISON_TEXT_H_

#ifndef AWASE_APPS_AWASE_EXPLANATION_TEXT_H_
#define AWASE_APPS_AWASE_EXPLANATION_TEXT_H_

#include <string>

#include "awase/v1/recommendation.pb.h"

namespace awase::apps {

// Why an answer offers `product_id`, or does not, slot by slot, and what the lists say of it; for people.
std::string ExplanationText(const v1::ExplainResponse& explanation, const std::string& product_id);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_EXPLANATION_TEXT_H_

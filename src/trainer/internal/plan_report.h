#ifndef AWASE_TRAINER_INTERNAL_PLAN_REPORT_H_
#define AWASE_TRAINER_INTERNAL_PLAN_REPORT_H_

#include <nlohmann/json.hpp>
#include <string>

#include "awase/trainer/train.h"

namespace awase::trainer_internal {

// For the manifest: everything, but of faults and notes the first hundred each, and how many there are.
nlohmann::json PlansToJson(const trainer::PlanReport& report);

// For a terminal; nothing where there are neither plans nor faults. Of faults and notes the first five each.
void AppendPlans(const trainer::PlanReport& report, std::string* text);

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_PLAN_REPORT_H_

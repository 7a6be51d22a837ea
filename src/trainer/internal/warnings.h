#ifndef AWASE_TRAINER_INTERNAL_WARNINGS_H_
#define AWASE_TRAINER_INTERNAL_WARNINGS_H_

#include <string>
#include <vector>

#include "awase/trainer/train.h"

namespace awase::trainer_internal {

// What a user should know about a run whose counting is done: one sentence each, most important first.
std::vector<std::string> WarningsOf(const trainer::TrainReport& report, const trainer::TrainOptions& options);

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_WARNINGS_H_

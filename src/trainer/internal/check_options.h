#ifndef AWASE_TRAINER_INTERNAL_CHECK_OPTIONS_H_
#define AWASE_TRAINER_INTERNAL_CHECK_OPTIONS_H_

#include "absl/status/status.h"
#include "awase/trainer/train.h"

namespace awase::trainer_internal {

// kInvalidArgument, naming the option and its range, for what no run can do: told before hours of reading, not after.
absl::Status CheckTrainOptions(const trainer::TrainOptions& options);

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_CHECK_OPTIONS_H_

#ifndef AWASE_TRAINER_INTERNAL_JUDGE_PROMOTION_H_
#define AWASE_TRAINER_INTERNAL_JUDGE_PROMOTION_H_

// Whether the version that a run has written may go live: it is held against the active one on disk.

#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "awase/artefact/model.h"
#include "awase/orders/baskets.h"
#include "awase/promotion/decision.h"
#include "awase/trainer/train.h"

namespace awase::trainer_internal {

// Whether ACTIVE is there, whatever it names.
bool HasActiveVersion(const std::string& model_dir);

// The first and the last time of a basket; kNoTime twice when none has one. O(baskets).
std::pair<std::int64_t, std::int64_t> TimesOf(const orders::BasketSet& baskets);

// `next` lies in options.model_dir. A first version passes, and so does the active one itself. An active version
// that cannot be read is a reason not to replace it: nobody can tell what would be lost. The decision is kept beside
// the version; of the active version itself the one that made it active is left there. Errors: those of
// promotion::KeepDecision.
absl::StatusOr<promotion::Decision> JudgePromotion(const trainer::TrainOptions& options, const artefact::Model& next,
                                                   const promotion::TrainingEvidence& evidence);

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_JUDGE_PROMOTION_H_

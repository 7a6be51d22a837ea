#include "trainer/internal/judge_promotion.h"

#include <algorithm>
#include <memory>

#include "absl/strings/str_cat.h"
#include "awase/artefact/model.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"

namespace awase::trainer_internal {
namespace {

using artefact::Model;
using promotion::Decision;

absl::StatusOr<std::shared_ptr<const Model>> OpenActive(const trainer::TrainOptions& options, std::string* name) {
  AWASE_ASSIGN_OR_RETURN(*name, artefact::ReadActiveVersion(options.model_dir));
  return Model::Open(JoinPath(options.model_dir, *name), {.threads = options.threads});
}

Decision Judge(const trainer::TrainOptions& options, const Model& next, const promotion::TrainingEvidence& evidence) {
  Decision decision;
  decision.bounds = options.bounds;
  if (!HasActiveVersion(options.model_dir)) return decision;
  const absl::StatusOr<std::shared_ptr<const Model>> active = OpenActive(options, &decision.compared_with);
  if (decision.compared_with == next.version()) return decision;
  if (!active.ok()) {
    decision.reasons.push_back(absl::StrCat("the active version cannot be read, so that nobody can tell what would be ",
                                            "lost: ", active.status().message()));
    return decision;
  }
  decision.comparison = promotion::CompareWithActive(**active, next, evidence);
  decision.reasons = promotion::Violations(*decision.comparison, options.bounds);
  return decision;
}

}  // namespace

bool HasActiveVersion(const std::string& model_dir) {
  return !absl::IsNotFound(artefact::ReadActiveVersion(model_dir).status());
}

std::pair<std::int64_t, std::int64_t> TimesOf(const orders::BasketSet& baskets) {
  std::int64_t first = orders::kNoTime;
  std::int64_t last = orders::kNoTime;  // the least number there is
  for (const std::int64_t time : baskets.time_micros) {
    if (time == orders::kNoTime) continue;
    first = first == orders::kNoTime ? time : std::min(first, time);
    last = std::max(last, time);
  }
  return {first, last};
}

absl::StatusOr<Decision> JudgePromotion(const trainer::TrainOptions& options, const Model& next,
                                        const promotion::TrainingEvidence& evidence) {
  Decision decision = Judge(options, next, evidence);
  if (!decision.reasons.empty()) decision.forced = options.force;
  if (decision.compared_with != next.version()) {
    AWASE_RETURN_IF_ERROR(promotion::KeepDecision(JoinPath(options.model_dir, next.version()), decision));
  }
  return decision;
}

}  // namespace awase::trainer_internal

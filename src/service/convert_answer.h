#ifndef AWASE_SERVICE_CONVERT_ANSWER_H_
#define AWASE_SERVICE_CONVERT_ANSWER_H_

// Part of convert.h: pieces of AnswerToProto. `proto` is expected empty.

#include "awase/artefact/model.h"
#include "awase/engine/answer.h"
#include "awase/v1/recommendation.pb.h"

namespace awase::service {

v1::SpecDifference::Direction DirectionToProto(engine::SpecDifference::Direction direction);
void OfferedPlanChangeToProto(const engine::PlanChange& change, const artefact::Model& model, v1::PlanChange* proto);
void RestraintToProto(const engine::Restraint& restraint, v1::Restraint* proto);
void TraceEntryToProto(const engine::TraceEntry& entry, v1::RemovedCandidate* proto);

}  // namespace awase::service

#endif  // AWASE_SERVICE_CONVERT_ANSWER_H_

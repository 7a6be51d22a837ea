#ifndef AWASE_SERVICE_CONVERT_EVIDENCE_H_
#define AWASE_SERVICE_CONVERT_EVIDENCE_H_

// Counts and where they come from, as messages.

#include "awase/engine/answer.h"
#include "awase/relations/entry_class.h"
#include "awase/v1/recommendation.pb.h"

namespace awase::service {

// `answer` says of which days the counts are.
void EvidenceToProto(const engine::Evidence& evidence, const engine::Answer& answer, v1::Evidence* proto);

v1::Reason::BackOff BackOffToProto(relations::EntrySource source);

}  // namespace awase::service

#endif  // AWASE_SERVICE_CONVERT_EVIDENCE_H_

#ifndef AWASE_SERVICE_ENCODE_ANSWER_H_
#define AWASE_SERVICE_ENCODE_ANSWER_H_

// The fast way of an answer to the wire: no message is made of it. docs/adr/0014-answers-are-encoded-in-place.md

#include "absl/strings/string_view.h"
#include "awase/artefact/model.h"
#include "awase/engine/answer.h"
#include "awase/engine/request.h"
#include "service/wire_writer.h"

namespace awase::service {

// Appends the bytes of the v1::RecommendResponse that AnswerToProto (awase/service/convert.h) makes, with that token:
// the same ones as of its SerializeAsString.
void EncodeAnswer(const engine::Answer& answer, engine::Explanation explanation, const artefact::Model& model,
                  absl::string_view token, WireWriter* writer);

}  // namespace awase::service

#endif  // AWASE_SERVICE_ENCODE_ANSWER_H_

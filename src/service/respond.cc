#include "awase/service/respond.h"

#include "awase/base/status_macros.h"
#include "awase/service/convert.h"

namespace awase::service {

absl::Status Respond(const engine::Snapshot& snapshot, const v1::RecommendRequest& request, absl::Time now,
                     v1::RecommendResponse* response) {
  AWASE_ASSIGN_OR_RETURN(const TimedRequest timed, RequestFromProto(request, now));
  AWASE_ASSIGN_OR_RETURN(const engine::Answer answer, engine::Recommend(snapshot, timed.request, timed.time));
  response->Clear();
  AnswerToProto(answer, timed.request.explanation, snapshot.model(), response);
  return absl::OkStatus();
}

}  // namespace awase::service

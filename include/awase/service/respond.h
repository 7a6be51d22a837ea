#ifndef AWASE_SERVICE_RESPOND_H_
#define AWASE_SERVICE_RESPOND_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "awase/engine/recommend.h"
#include "awase/serving/exposure_store.h"
#include "awase/v1/recommendation.pb.h"

namespace awase::service {

struct Decision {
  engine::Answer answer;
  engine::Explanation explanation;  // that the request wants
};

// What Respond answers, before it is put into a message; errors are the same.
absl::StatusOr<Decision> Decide(const engine::Snapshot& snapshot, serving::ExposureStore* exposures,
                                const v1::RecommendRequest& request, absl::Time now);

// Answers `request` from `snapshot`: the same as the server's Recommend, but for the token, which only a server gives.
// `now` counts unless the request has an at_time. `response` is overwritten, and means nothing after an error.
//   kInvalidArgument  a field is out of range; the message names it
// `exposures`, where it is not null, is asked what the customer was offered, and told where the request says so.
//   kFailedPrecondition  record_exposure, and no exposures are kept
//   kUnavailable         exposures cannot be read or written now
// thread-safe. Allocates on the response's arena where it has one.
absl::Status Respond(const engine::Snapshot& snapshot, serving::ExposureStore* exposures,
                     const v1::RecommendRequest& request, absl::Time now, v1::RecommendResponse* response);

// Why the answer to `request.request()` offers a product, or does not; otherwise as Respond.
absl::Status Explain(const engine::Snapshot& snapshot, serving::ExposureStore* exposures,
                     const v1::ExplainRequest& request, absl::Time now, v1::ExplainResponse* response);

}  // namespace awase::service

#endif  // AWASE_SERVICE_RESPOND_H_

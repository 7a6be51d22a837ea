#include "awase/service/respond.h"

#include <utility>

#include "awase/base/status_macros.h"
#include "awase/service/convert.h"
#include "awase/serving/recommend_and_record.h"

namespace awase::service {
namespace {

absl::Status CheckRecording(const v1::RecommendRequest& request, const serving::ExposureStore* exposures) {
  if (!request.record_exposure()) return absl::OkStatus();
  if (request.customer().id().empty()) {
    return absl::InvalidArgumentError("request.record_exposure: want customer.id: whose exposure is it?");
  }
  if (request.has_at_time()) {
    return absl::InvalidArgumentError("request.record_exposure: not with at_time: nobody is shown a preview");
  }
  if (exposures != nullptr) return absl::OkStatus();
  return absl::FailedPreconditionError(
      "request.record_exposure: no exposures are kept here: start the server with --exposures DIR");
}

}  // namespace

absl::StatusOr<Decision> Decide(const engine::Snapshot& snapshot, serving::ExposureStore* exposures,
                                const v1::RecommendRequest& request, absl::Time now) {
  AWASE_ASSIGN_OR_RETURN(const TimedRequest timed, RequestFromProto(request, now));
  AWASE_RETURN_IF_ERROR(CheckRecording(request, exposures));
  const bool has_history = exposures != nullptr && !timed.request.customer.id.empty();
  AWASE_ASSIGN_OR_RETURN(engine::Answer answer, has_history
                                                    ? serving::RecommendAndRecord(*exposures, snapshot, timed.request,
                                                                                  timed.time, request.record_exposure())
                                                    : engine::Recommend(snapshot, timed.request, timed.time));
  return Decision{std::move(answer), timed.request.explanation};
}

absl::Status Respond(const engine::Snapshot& snapshot, serving::ExposureStore* exposures,
                     const v1::RecommendRequest& request, absl::Time now, v1::RecommendResponse* response) {
  AWASE_ASSIGN_OR_RETURN(const Decision decision, Decide(snapshot, exposures, request, now));
  response->Clear();
  AnswerToProto(decision.answer, decision.explanation, snapshot.model(), response);
  return absl::OkStatus();
}

absl::Status Explain(const engine::Snapshot& snapshot, serving::ExposureStore* exposures,
                     const v1::ExplainRequest& request, absl::Time now, v1::ExplainResponse* response) {
  if (request.product_id().empty()) return absl::InvalidArgumentError("product_id: want the product to explain");
  if (request.request().record_exposure()) {
    return absl::InvalidArgumentError("request.record_exposure: nobody is shown an explanation");
  }
  absl::StatusOr<TimedRequest> timed = RequestFromProto(request.request(), now);
  if (!timed.ok()) return Annotate(timed.status(), "request");
  if (exposures != nullptr && !timed->request.customer.id.empty()) {
    AWASE_ASSIGN_OR_RETURN(serving::CustomerHistory history, exposures->Read(timed->request.customer.id, timed->time));
    timed->request.stored_exposures = std::move(history.exposures);
  }
  const absl::StatusOr<engine::ProductExplanation> explanation =
      engine::ExplainProduct(snapshot, std::move(timed->request), request.product_id(), timed->time);
  if (!explanation.ok()) return explanation.status();
  response->Clear();
  ExplanationToProto(*explanation, snapshot.model(), response);
  return absl::OkStatus();
}

}  // namespace awase::service

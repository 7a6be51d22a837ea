#ifndef AWASE_SERVICE_RECOMMENDATION_SERVICE_H_
#define AWASE_SERVICE_RECOMMENDATION_SERVICE_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

#include "absl/time/time.h"
#include "awase/engine/recommend.h"
#include "awase/service/respond.h"
#include "awase/serving/exposure_store.h"
#include "awase/serving/reloader.h"
#include "awase/v1/recommendation.grpc.pb.h"
#include "service/answer_counts.h"
#include "service/call_gate.h"
#include "service/overload_guard.h"
#include "service/request_recorder.h"
#include "service/unary_methods.h"
#include "service/work_pool.h"

namespace awase::service {

// Recommend reads and writes bytes, the others messages.
using RecommendationServiceBase =
    v1::RecommendationService::WithRawCallbackMethod_Recommend<v1::RecommendationService::WithCallbackMethod_Explain<
        v1::RecommendationService::WithCallbackMethod_BatchRecommend<v1::RecommendationService::Service>>>;

// awase.v1.RecommendationService. thread-safe. What it is given is borrowed and outlives it.
class RecommendationService final : public RecommendationServiceBase {
 public:
  // `exposures` may be null, and so may `recorder`: nothing is recorded. Larger batches are refused. `overload` is
  // asked of every call of Recommend over gRPC, whose queue is the one that can grow: over HTTP a connection has one
  // call at a time.
  RecommendationService(const serving::Reloader* reloader, serving::ExposureStore* exposures, CallGate* gate,
                        WorkPool* pool, RequestRecorder* recorder, AnswerCounts* counts, OverloadGuard* overload,
                        std::function<absl::Time()> now, std::size_t max_batch_requests);

  // Its unary methods, for callers without gRPC.
  void AddTo(UnaryMethods* methods);

  grpc::ServerUnaryReactor* Recommend(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* Explain(grpc::CallbackServerContext* context, const v1::ExplainRequest* request,
                                    v1::ExplainResponse* response) override;
  grpc::ServerWriteReactor<v1::BatchRecommendResponse>* BatchRecommend(
      grpc::CallbackServerContext* context, const v1::BatchRecommendRequest* request) override;

 private:
  class Batch;

  // kResourceExhausted, with a time to try again in the trailing metadata.
  absl::Status CheckOverload(grpc::CallbackServerContext* context);
  struct Answered {
    const engine::Snapshot* snapshot;  // of the version that is for the customer
    Decision decision;
  };
  // Decide, counted and recorded.
  absl::StatusOr<Answered> DecideAndCount(const serving::Served& served, const v1::RecommendRequest& request);
  absl::Status Answer(const serving::Served& served, const v1::RecommendRequest& request,
                      v1::RecommendResponse* response);
  absl::Status AnswerBytes(const grpc::ByteBuffer& request, grpc::ByteBuffer* response);
  std::string NextToken(const engine::Snapshot& snapshot);

  const serving::Reloader* const reloader_;
  serving::ExposureStore* const exposures_;
  CallGate* const gate_;
  WorkPool* const pool_;
  RequestRecorder* const recorder_;
  AnswerCounts* const counts_;
  OverloadGuard* const overload_;
  const std::function<absl::Time()> now_;
  const std::size_t max_batch_requests_;
  const std::int64_t started_micros_;  // keeps tokens of two runs apart
  std::atomic<std::uint64_t> answers_{0};
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_RECOMMENDATION_SERVICE_H_

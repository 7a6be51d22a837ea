#ifndef AWASE_SERVICE_RECOMMENDATION_SERVICE_H_
#define AWASE_SERVICE_RECOMMENDATION_SERVICE_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

#include "absl/time/time.h"
#include "awase/engine/recommend.h"
#include "awase/serving/reloader.h"
#include "awase/v1/recommendation.grpc.pb.h"
#include "service/arena_allocator.h"
#include "service/call_gate.h"
#include "service/work_pool.h"

namespace awase::service {

// awase.v1.RecommendationService. thread-safe. The reloader, the gate and the pool are borrowed and outlive it.
class RecommendationService final : public v1::RecommendationService::CallbackService {
 public:
  RecommendationService(const serving::Reloader* reloader, CallGate* gate, WorkPool* pool,
                        std::function<absl::Time()> now);

  grpc::ServerUnaryReactor* Recommend(grpc::CallbackServerContext* context, const v1::RecommendRequest* request,
                                      v1::RecommendResponse* response) override;
  grpc::ServerWriteReactor<v1::BatchRecommendResponse>* BatchRecommend(
      grpc::CallbackServerContext* context, const v1::BatchRecommendRequest* request) override;

 private:
  class Batch;

  absl::Status Answer(const engine::Snapshot& snapshot, const v1::RecommendRequest& request,
                      v1::RecommendResponse* response);
  std::string NextToken(const engine::Snapshot& snapshot);

  const serving::Reloader* const reloader_;
  CallGate* const gate_;
  WorkPool* const pool_;
  const std::function<absl::Time()> now_;
  const std::int64_t started_micros_;  // keeps tokens of two runs apart
  std::atomic<std::uint64_t> answers_{0};
  ArenaAllocator<v1::RecommendRequest, v1::RecommendResponse> allocator_;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_RECOMMENDATION_SERVICE_H_

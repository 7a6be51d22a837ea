#ifndef AWASE_SERVICE_FEEDBACK_SERVICE_H_
#define AWASE_SERVICE_FEEDBACK_SERVICE_H_

#include <functional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "awase/serving/exposure_store.h"
#include "awase/v1/feedback.grpc.pb.h"
#include "service/call_gate.h"
#include "service/unary_methods.h"
#include "service/work_pool.h"

namespace awase::service {

// awase.v1.FeedbackService. thread-safe. What it is given is borrowed and outlives it; `exposures` may be null.
class FeedbackService final : public v1::FeedbackService::CallbackService {
 public:
  FeedbackService(serving::ExposureStore* exposures, CallGate* gate, WorkPool* pool, std::function<absl::Time()> now);

  // Its unary methods, for callers without gRPC.
  void AddTo(UnaryMethods* methods);

  grpc::ServerUnaryReactor* ReportExposures(grpc::CallbackServerContext* context,
                                            const v1::ReportExposuresRequest* request,
                                            v1::ReportExposuresResponse* response) override;
  grpc::ServerUnaryReactor* EraseCustomer(grpc::CallbackServerContext* context, const v1::EraseCustomerRequest* request,
                                          v1::EraseCustomerResponse* response) override;

 private:
  absl::Status Report(const v1::ReportExposuresRequest& request);
  absl::Status Erase(const v1::EraseCustomerRequest& request);

  serving::ExposureStore* const exposures_;
  CallGate* const gate_;
  WorkPool* const pool_;
  const std::function<absl::Time()> now_;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_FEEDBACK_SERVICE_H_

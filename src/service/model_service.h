#ifndef AWASE_SERVICE_MODEL_SERVICE_H_
#define AWASE_SERVICE_MODEL_SERVICE_H_

#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "awase/serving/exposure_store.h"
#include "awase/serving/reloader.h"
#include "awase/v1/models.grpc.pb.h"
#include "service/call_gate.h"
#include "service/unary_methods.h"
#include "service/work_pool.h"

namespace awase::service {

// awase.v1.ModelService. thread-safe. What it is given is borrowed and outlives it.
class ModelService final : public v1::ModelService::CallbackService {
 public:
  // `exposures` may be null. `now` is the time of compared answers whose request names none.
  ModelService(serving::Reloader* reloader, serving::ExposureStore* exposures, CallGate* gate, WorkPool* pool,
               std::function<absl::Time()> now)
      : reloader_(reloader), exposures_(exposures), gate_(gate), pool_(pool), now_(std::move(now)) {}

  // Its unary methods, for callers without gRPC.
  void AddTo(UnaryMethods* methods);

  grpc::ServerUnaryReactor* List(grpc::CallbackServerContext* context, const v1::ListModelsRequest* request,
                                 v1::ListModelsResponse* response) override;
  grpc::ServerUnaryReactor* Activate(grpc::CallbackServerContext* context, const v1::ActivateModelRequest* request,
                                     v1::ActivateModelResponse* response) override;
  grpc::ServerUnaryReactor* Rollback(grpc::CallbackServerContext* context, const v1::RollbackModelRequest* request,
                                     v1::ActivateModelResponse* response) override;
  grpc::ServerUnaryReactor* StartCanary(grpc::CallbackServerContext* context, const v1::StartCanaryRequest* request,
                                        v1::StartCanaryResponse* response) override;
  grpc::ServerUnaryReactor* StopCanary(grpc::CallbackServerContext* context, const v1::StopCanaryRequest* request,
                                       v1::StopCanaryResponse* response) override;
  grpc::ServerUnaryReactor* Compare(grpc::CallbackServerContext* context, const v1::CompareModelsRequest* request,
                                    v1::CompareModelsResponse* response) override;

 private:
  absl::Status DoList(const v1::ListModelsRequest& request, v1::ListModelsResponse* response);
  absl::Status DoActivate(const v1::ActivateModelRequest& request, v1::ActivateModelResponse* response);
  absl::Status DoRollback(const v1::RollbackModelRequest& request, v1::ActivateModelResponse* response);
  absl::Status DoStartCanary(const v1::StartCanaryRequest& request, v1::StartCanaryResponse* response);
  absl::Status DoStopCanary(const v1::StopCanaryRequest& request, v1::StopCanaryResponse* response);
  absl::Status DoCompare(const v1::CompareModelsRequest& request, v1::CompareModelsResponse* response);

  serving::Reloader* const reloader_;
  serving::ExposureStore* const exposures_;
  CallGate* const gate_;
  WorkPool* const pool_;
  const std::function<absl::Time()> now_;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_MODEL_SERVICE_H_

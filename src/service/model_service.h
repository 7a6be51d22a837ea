#ifndef AWASE_SERVICE_MODEL_SERVICE_H_
#define AWASE_SERVICE_MODEL_SERVICE_H_

#include "absl/status/status.h"
#include "awase/serving/reloader.h"
#include "awase/v1/models.grpc.pb.h"
#include "service/call_gate.h"
#include "service/unary_methods.h"
#include "service/work_pool.h"

namespace awase::service {

// awase.v1.ModelService. thread-safe. The reloader, the gate and the pool are borrowed and outlive it.
class ModelService final : public v1::ModelService::CallbackService {
 public:
  ModelService(serving::Reloader* reloader, CallGate* gate, WorkPool* pool)
      : reloader_(reloader), gate_(gate), pool_(pool) {}

  // Its unary methods, for callers without gRPC.
  void AddTo(UnaryMethods* methods);

  grpc::ServerUnaryReactor* List(grpc::CallbackServerContext* context, const v1::ListModelsRequest* request,
                                 v1::ListModelsResponse* response) override;
  grpc::ServerUnaryReactor* Activate(grpc::CallbackServerContext* context, const v1::ActivateModelRequest* request,
                                     v1::ActivateModelResponse* response) override;
  grpc::ServerUnaryReactor* Rollback(grpc::CallbackServerContext* context, const v1::RollbackModelRequest* request,
                                     v1::ActivateModelResponse* response) override;

 private:
  absl::Status DoList(const v1::ListModelsRequest& request, v1::ListModelsResponse* response);
  absl::Status DoActivate(const v1::ActivateModelRequest& request, v1::ActivateModelResponse* response);
  absl::Status DoRollback(const v1::RollbackModelRequest& request, v1::ActivateModelResponse* response);

  serving::Reloader* const reloader_;
  CallGate* const gate_;
  WorkPool* const pool_;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_MODEL_SERVICE_H_

#ifndef AWASE_SERVICE_CATALOG_SERVICE_H_
#define AWASE_SERVICE_CATALOG_SERVICE_H_

#include "awase/serving/reloader.h"
#include "awase/v1/catalog.grpc.pb.h"
#include "service/call_gate.h"
#include "service/unary_methods.h"
#include "service/work_pool.h"

namespace awase::service {

// awase.v1.CatalogService. thread-safe. The reloader, the gate and the pool are borrowed and outlive it.
class CatalogService final : public v1::CatalogService::CallbackService {
 public:
  CatalogService(const serving::Reloader* reloader, CallGate* gate, WorkPool* pool)
      : reloader_(reloader), gate_(gate), pool_(pool) {}

  // Its unary methods, for callers without gRPC.
  void AddTo(UnaryMethods* methods);

  grpc::ServerUnaryReactor* GetProduct(grpc::CallbackServerContext* context, const v1::GetProductRequest* request,
                                       v1::Product* response) override;
  grpc::ServerUnaryReactor* ListLadders(grpc::CallbackServerContext* context, const v1::ListLaddersRequest* request,
                                        v1::ListLaddersResponse* response) override;

 private:
  const serving::Reloader* const reloader_;
  CallGate* const gate_;
  WorkPool* const pool_;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_CATALOG_SERVICE_H_

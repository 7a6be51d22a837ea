#ifndef AWASE_SERVICE_CATALOG_SERVICE_H_
#define AWASE_SERVICE_CATALOG_SERVICE_H_

#include "awase/serving/reloader.h"
#include "awase/v1/catalog.grpc.pb.h"
#include "service/call_gate.h"

namespace awase::service {

// awase.v1.CatalogService. thread-safe. The reloader and the gate are borrowed and outlive it.
class CatalogService final : public v1::CatalogService::CallbackService {
 public:
  CatalogService(const serving::Reloader* reloader, const CallGate* gate) : reloader_(reloader), gate_(gate) {}

  grpc::ServerUnaryReactor* GetProduct(grpc::CallbackServerContext* context, const v1::GetProductRequest* request,
                                       v1::Product* response) override;

 private:
  const serving::Reloader* const reloader_;
  const CallGate* const gate_;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_CATALOG_SERVICE_H_

#ifndef AWASE_SERVICE_CATALOG_SERVICE_H_
#define AWASE_SERVICE_CATALOG_SERVICE_H_

#include "awase/serving/reloader.h"
#include "awase/v1/catalog.grpc.pb.h"

namespace awase::service {

// awase.v1.CatalogService. thread-safe. The reloader is borrowed and outlives it.
class CatalogService final : public v1::CatalogService::CallbackService {
 public:
  explicit CatalogService(const serving::Reloader* reloader) : reloader_(reloader) {}

  grpc::ServerUnaryReactor* GetProduct(grpc::CallbackServerContext* context, const v1::GetProductRequest* request,
                                       v1::Product* response) override;

 private:
  const serving::Reloader* const reloader_;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_CATALOG_SERVICE_H_

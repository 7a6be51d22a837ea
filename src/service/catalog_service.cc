#include "service/catalog_service.h"

#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "awase/service/convert.h"
#include "service/call_context.h"
#include "service/list_ladders.h"
#include "service/slow_call.h"
#include "service/status.h"

namespace awase::service {
namespace {

// Steps were learned at the prices of the training; beside others they would not add up.
absl::Status ListTrainedLadders(const artefact::Model& model, const v1::ListLaddersRequest& request,
                                v1::ListLaddersResponse* response) {
  return ListLadders(*model.WithLive(live::LiveTable()), request, response);
}

absl::Status FindProduct(const artefact::Model& model, const std::string& product_id, v1::Product* response) {
  if (product_id.empty()) return absl::InvalidArgumentError("product_id: must not be empty");
  const std::optional<ProductIndex> index = model.Find(product_id);
  if (!index.has_value()) {
    return absl::NotFoundError(
        absl::StrCat("product_id: version ", model.version(), " does not know '", product_id.substr(0, 100), "'"));
  }
  ProductToProto(model, *index, response);
  return absl::OkStatus();
}

}  // namespace

void CatalogService::AddTo(UnaryMethods* methods) {
  methods->Add<v1::GetProductRequest, v1::Product>("awase.v1.CatalogService/GetProduct", Pace::kQuick,
                                                   [this](const v1::GetProductRequest& request, v1::Product* response) {
                                                     return FindProduct(reloader_->snapshot()->model(),
                                                                        request.product_id(), response);
                                                   });
  methods->Add<v1::ListLaddersRequest, v1::ListLaddersResponse>(
      "awase.v1.CatalogService/ListLadders", Pace::kSlow,
      [this](const v1::ListLaddersRequest& request, v1::ListLaddersResponse* response) {
        return ListTrainedLadders(reloader_->snapshot()->model(), request, response);
      });
  methods->Add<v1::UpdateProductsRequest, v1::UpdateProductsResponse>(
      "awase.v1.CatalogService/UpdateProducts", Pace::kSlow,
      [this](const v1::UpdateProductsRequest& request, v1::UpdateProductsResponse* response) {
        return feed_.UpdateOnce(request, response);
      });
}

grpc::ServerUnaryReactor* CatalogService::GetProduct(grpc::CallbackServerContext* context,
                                                     const v1::GetProductRequest* request, v1::Product* response) {
  absl::Status status = gate_->Check();
  if (status.ok()) status = CheckCaller(*context).status();
  if (status.ok()) status = FindProduct(reloader_->snapshot()->model(), request->product_id(), response);
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(ToGrpcStatus(status));
  return reactor;
}

grpc::ServerUnaryReactor* CatalogService::ListLadders(grpc::CallbackServerContext* context,
                                                      const v1::ListLaddersRequest* request,
                                                      v1::ListLaddersResponse* response) {
  return RunSlowCall(context, *gate_, *pool_, [this, request, response] {
    return ListTrainedLadders(reloader_->snapshot()->model(), *request, response);
  });
}

FeedStreams::Reactor* CatalogService::UpdateProducts(grpc::CallbackServerContext* context) {
  return feed_streams_.Open(context);
}

}  // namespace awase::service

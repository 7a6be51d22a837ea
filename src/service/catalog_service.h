#ifndef AWASE_SERVICE_CATALOG_SERVICE_H_
#define AWASE_SERVICE_CATALOG_SERVICE_H_

#include "awase/serving/reloader.h"
#include "awase/v1/catalog.grpc.pb.h"
#include "service/call_gate.h"
#include "service/feed_streams.h"
#include "service/product_feed.h"
#include "service/unary_methods.h"
#include "service/work_pool.h"

namespace awase::service {

// UpdateProducts has bytes instead of messages: FeedStreams says why.
using CatalogServiceBase =
    v1::CatalogService::WithCallbackMethod_GetProduct<v1::CatalogService::WithCallbackMethod_ListLadders<
        v1::CatalogService::WithRawCallbackMethod_UpdateProducts<v1::CatalogService::Service>>>;

// awase.v1.CatalogService. thread-safe. The reloader, the gate and the pool are borrowed and outlive it.
class CatalogService final : public CatalogServiceBase {
 public:
  CatalogService(const serving::Reloader* reloader, CallGate* gate, WorkPool* pool)
      : reloader_(reloader),
        gate_(gate),
        pool_(pool),
        feed_(reloader->live(), [reloader] { return reloader->snapshot()->shared_model(); }),
        feed_streams_(&feed_, gate, pool) {}

  // Its unary methods, for callers without gRPC; UpdateProducts with one message.
  void AddTo(UnaryMethods* methods);

  grpc::ServerUnaryReactor* GetProduct(grpc::CallbackServerContext* context, const v1::GetProductRequest* request,
                                       v1::Product* response) override;
  grpc::ServerUnaryReactor* ListLadders(grpc::CallbackServerContext* context, const v1::ListLaddersRequest* request,
                                        v1::ListLaddersResponse* response) override;
  FeedStreams::Reactor* UpdateProducts(grpc::CallbackServerContext* context) override;

  const ProductFeed& feed() const { return feed_; }
  // FeedStreams::Stop.
  void StopFeeds() { feed_streams_.Stop(); }

 private:
  const serving::Reloader* const reloader_;
  CallGate* const gate_;
  WorkPool* const pool_;
  ProductFeed feed_;
  FeedStreams feed_streams_;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_CATALOG_SERVICE_H_

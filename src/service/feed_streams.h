#ifndef AWASE_SERVICE_FEED_STREAMS_H_
#define AWASE_SERVICE_FEED_STREAMS_H_

#include <set>

#include "absl/base/thread_annotations.h"
#include "awase/base/mutex.h"
#include "awase/v1/catalog.pb.h"
#include "grpcpp/grpcpp.h"
#include "service/call_gate.h"
#include "service/product_feed.h"
#include "service/work_pool.h"

namespace awase::service {

// The streams of CatalogService.UpdateProducts: messages of one are read, and answered on the pool, one after another.
// A stream is in the gate, and has a ticket of the pool, only from a message until its answer, so that feeds which say
// nothing hold up neither other calls nor a shutdown. thread-safe. All is borrowed and outlives the streams.
class FeedStreams {
 public:
  using Reactor = grpc::ServerBidiReactor<v1::UpdateProductsRequest, v1::UpdateProductsResponse>;

  FeedStreams(ProductFeed* feed, CallGate* gate, WorkPool* pool) : feed_(feed), gate_(gate), pool_(pool) {}

  Reactor* Open(grpc::CallbackServerContext* context);

  // REQUIRES: the gate is closed. Streams that wait for a message end as UNAVAILABLE, the others when theirs is
  // answered.
  void Stop();

 private:
  class Stream;

  ProductFeed* const feed_;
  CallGate* const gate_;
  WorkPool* const pool_;
  Mutex mutex_;  // guards all below, and the state of every stream
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  std::set<Stream*> streams_ ABSL_GUARDED_BY(mutex_);  // each deletes itself when it is done
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_FEED_STREAMS_H_

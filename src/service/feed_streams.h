#ifndef AWASE_SERVICE_FEED_STREAMS_H_
#define AWASE_SERVICE_FEED_STREAMS_H_

#include <cstddef>
#include <set>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "awase/base/mutex.h"
#include "grpcpp/grpcpp.h"
#include "service/call_gate.h"
#include "service/product_feed.h"
#include "service/work_pool.h"

namespace awase::service {

// The streams of CatalogService.UpdateProducts: messages of one are read, and answered on the pool, one after another.
// A stream is in the gate, and has a ticket of the pool and a parsed message, only from a message until its answer is
// made, so that feeds which say nothing, or do not listen, hold up neither other calls nor a shutdown, and take little
// memory. Messages come as bytes and are parsed here: gRPC would end a stream whose message cannot be parsed as it ends
// one that has no more messages. thread-safe. All is borrowed and outlives the streams.
class FeedStreams {
 public:
  using Reactor = grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>;
  // That are open at the same time: each can have a message in memory that is being read.
  static constexpr std::size_t kMaxStreams = 64;

  FeedStreams(ProductFeed* feed, CallGate* gate, WorkPool* pool) : feed_(feed), gate_(gate), pool_(pool) {}

  // A stream that ends at once as UNAUTHENTICATED or PERMISSION_DENIED when it may not be opened, as RESOURCE_EXHAUSTED
  // when kMaxStreams are open, as UNAVAILABLE when the gate is closed, and as ProductFeed::Check says.
  Reactor* Open(grpc::CallbackServerContext* context);

  // REQUIRES: the gate is closed. Streams that wait for a message end as UNAVAILABLE, the others when theirs is
  // answered.
  void Stop();

 private:
  class Stream;

  absl::Status CheckRoom() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  ProductFeed* const feed_;
  CallGate* const gate_;
  WorkPool* const pool_;
  Mutex mutex_;  // guards all below, and the state of every stream
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  std::size_t open_ ABSL_GUARDED_BY(mutex_) = 0;       // streams that were not told how they end
  std::set<Stream*> streams_ ABSL_GUARDED_BY(mutex_);  // each deletes itself when it is done
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_FEED_STREAMS_H_

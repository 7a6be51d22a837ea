#include "service/feed_streams.h"

#include <utility>

#include "absl/status/status.h"
#include "service/slow_call.h"
#include "service/status.h"

namespace awase::service {

// Its state is guarded by the mutex of the streams, which outlives it: its own could not be released after Finish,
// because OnDone may already have deleted it on another thread.
class FeedStreams::Stream final : public Reactor {
 public:
  Stream(FeedStreams* streams, grpc::CallbackServerContext* context) : streams_(streams), context_(context) {}

  void Read() ABSL_EXCLUSIVE_LOCKS_REQUIRED(streams_->mutex_) {
    if (streams_->stopped_) return End(streams_->gate_->Check());
    request_.Clear();
    is_reading_ = true;
    StartRead(&request_);
  }

  void End(const absl::Status& status) ABSL_EXCLUSIVE_LOCKS_REQUIRED(streams_->mutex_) {
    is_reading_ = false;
    has_ended_ = true;
    Finish(ToGrpcStatus(status));
  }

  void EndIfReading(const absl::Status& status) ABSL_EXCLUSIVE_LOCKS_REQUIRED(streams_->mutex_) {
    if (is_reading_) End(status);
  }

  void OnReadDone(bool ok) override {
    MutexLock lock(streams_->mutex_);
    if (has_ended_) return;
    is_reading_ = false;
    if (!ok) return End(absl::OkStatus());  // there are no more
    pass_ = streams_->gate_->TryEnter();
    if (pass_ == nullptr) return End(streams_->gate_->Check());
    WorkPool::Ticket ticket = streams_->pool_->TryAdmit();
    if (ticket == nullptr) return End(TooManySlowCalls());
    streams_->pool_->Post([this, ticket = std::move(ticket)]() mutable {
      response_.Clear();
      absl::Status status = StillWanted(*context_);
      if (status.ok()) status = streams_->feed_->Update(request_, &response_);
      ticket.reset();  // before the caller knows, so that its next call finds the place free
      Answer(status);
    });
  }

  void OnWriteDone(bool ok) override {
    MutexLock lock(streams_->mutex_);
    pass_.reset();
    if (!ok) return End(absl::CancelledError("the caller has gone"));
    Read();
  }

  void OnDone() override {
    {
      MutexLock lock(streams_->mutex_);
      streams_->streams_.erase(this);
    }
    delete this;
  }

 private:
  void Answer(const absl::Status& status) {
    MutexLock lock(streams_->mutex_);
    if (!status.ok()) return End(status);
    StartWrite(&response_);
  }

  FeedStreams* const streams_;
  grpc::CallbackServerContext* const context_;
  CallGate::Pass pass_;
  v1::UpdateProductsRequest request_;    // being read until OnReadDone
  v1::UpdateProductsResponse response_;  // being written until OnWriteDone
  bool is_reading_ = false;
  bool has_ended_ = false;
};

FeedStreams::Reactor* FeedStreams::Open(grpc::CallbackServerContext* context) {
  auto* stream = new Stream(this, context);
  absl::Status status = gate_->Check();
  if (status.ok()) status = feed_->Check();
  MutexLock lock(mutex_);
  streams_.insert(stream);
  if (status.ok()) {
    stream->Read();
  } else {
    stream->End(status);
  }
  return stream;
}

void FeedStreams::Stop() {
  MutexLock lock(mutex_);
  stopped_ = true;
  for (Stream* stream : streams_) stream->EndIfReading(gate_->Check());
}

}  // namespace awase::service

#include "service/feed_streams.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"
#include "awase/v1/catalog.pb.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "service/call_context.h"
#include "service/slow_call.h"
#include "service/status.h"

namespace awase::service {
namespace {

// Empties `bytes`.
absl::Status TakeRequest(grpc::ByteBuffer& bytes, v1::UpdateProductsRequest& request) {
  if (grpc::SerializationTraits<v1::UpdateProductsRequest>::Deserialize(&bytes, &request).ok()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "the message is no UpdateProductsRequest: its bytes are broken, or an id or a currency in it is not UTF-8; "
      "nothing of it is in effect");
}

}  // namespace

// Its state is guarded by the mutex of the streams, which outlives it: its own could not be released after Finish,
// because OnDone may already have deleted it on another thread.
class FeedStreams::Stream final : public Reactor {
 public:
  Stream(FeedStreams* streams, grpc::CallbackServerContext* context) : streams_(streams), context_(context) {}

  void Read() ABSL_EXCLUSIVE_LOCKS_REQUIRED(streams_->mutex_) {
    if (streams_->stopped_) return End(streams_->gate_->Check());
    is_reading_ = true;
    StartRead(&request_);
  }

  void End(const absl::Status& status) ABSL_EXCLUSIVE_LOCKS_REQUIRED(streams_->mutex_) {
    is_reading_ = false;
    has_ended_ = true;
    --streams_->open_;
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
    CallGate::Pass pass = streams_->gate_->TryEnter();
    if (pass == nullptr) return End(streams_->gate_->Check());
    WorkPool::Ticket ticket = streams_->pool_->TryAdmit();
    if (ticket == nullptr) return End(TooManySlowCalls());
    streams_->pool_->Post([this, pass = std::move(pass), ticket = std::move(ticket)]() mutable {
      const absl::Status status = Work();
      ticket.reset();  // before the caller knows, so that its next call finds the place free
      pass.reset();    // a caller that does not take the answer must not hold up a shutdown
      Answer(status);
    });
  }

  void OnWriteDone(bool ok) override {
    MutexLock lock(streams_->mutex_);
    response_.Clear();
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
  // From the bytes that were read to those to write.
  absl::Status Work() {
    AWASE_RETURN_IF_ERROR(StillWanted(*context_));
    v1::UpdateProductsRequest request;
    AWASE_RETURN_IF_ERROR(TakeRequest(request_, request));
    v1::UpdateProductsResponse response;
    AWASE_RETURN_IF_ERROR(streams_->feed_->Update(request, &response));
    bool own_buffer = false;
    return FromGrpcStatus(
        grpc::SerializationTraits<v1::UpdateProductsResponse>::Serialize(response, &response_, &own_buffer));
  }

  void Answer(const absl::Status& status) {
    MutexLock lock(streams_->mutex_);
    if (!status.ok()) return End(status);
    StartWrite(&response_);
  }

  FeedStreams* const streams_;
  grpc::CallbackServerContext* const context_;
  grpc::ByteBuffer request_;   // being read until OnReadDone
  grpc::ByteBuffer response_;  // being written until OnWriteDone
  bool is_reading_ = false;
  bool has_ended_ = false;
};

FeedStreams::Reactor* FeedStreams::Open(grpc::CallbackServerContext* context) {
  auto* stream = new Stream(this, context);
  absl::Status status = CheckCaller(*context).status();
  if (status.ok()) status = gate_->Check();
  if (status.ok()) status = feed_->Check();
  MutexLock lock(mutex_);
  if (status.ok()) status = CheckRoom();
  streams_.insert(stream);
  ++open_;
  if (status.ok()) {
    stream->Read();
  } else {
    stream->End(status);
  }
  return stream;
}

absl::Status FeedStreams::CheckRoom() const {
  if (open_ < kMaxStreams) return absl::OkStatus();
  return absl::ResourceExhaustedError(absl::StrCat(
      kMaxStreams, " streams of UpdateProducts are open: send on one of them, or end those that are not used"));
}

void FeedStreams::Stop() {
  MutexLock lock(mutex_);
  stopped_ = true;
  for (Stream* stream : streams_) stream->EndIfReading(gate_->Check());
}

}  // namespace awase::service

#include "service/recommendation_service.h"

#include <cstddef>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "awase/base/status_macros.h"
#include "awase/base/stopwatch.h"
#include "awase/service/convert.h"
#include "google/protobuf/arena.h"
#include "grpcpp/support/proto_buffer_reader.h"
#include "service/call_context.h"
#include "service/encode_answer.h"
#include "service/slow_call.h"
#include "service/status.h"

namespace awase::service {
namespace {

absl::Status CheckBatchSize(const v1::BatchRecommendRequest& batch, std::size_t most) {
  if (batch.requests_size() == 0) return absl::InvalidArgumentError("requests: at least 1 is needed");
  if (static_cast<std::size_t>(batch.requests_size()) <= most) return absl::OkStatus();
  return absl::ResourceExhaustedError(
      absl::StrCat("requests: ", batch.requests_size(), " are more than ", most, ": send several batches"));
}

constexpr std::size_t kRequestBlockBytes = 4096;  // of most requests, as messages: no memory from the heap

absl::Status Parse(const grpc::ByteBuffer& bytes, v1::RecommendRequest* request) {
  grpc::ByteBuffer copy(bytes);  // the reader wants one that it may change; shares the bytes
  grpc::ProtoBufferReader reader(&copy);
  if (reader.status().ok() && request->ParseFromZeroCopyStream(&reader)) return absl::OkStatus();
  return absl::InvalidArgumentError("the bytes of the request are no awase.v1.RecommendRequest");
}

// Of the version that is for the customer.
const engine::Snapshot& SnapshotFor(const serving::Served& served, const v1::RecommendRequest& request) {
  return served.IsForCanary(request.customer().id(), request.session_id()) ? *served.canary : *served.active;
}

// Of the answer that the customer gets.
absl::Status ExplainAnswer(const serving::Served& served, serving::ExposureStore* exposures,
                           const v1::ExplainRequest& request, absl::Time now, v1::ExplainResponse* response) {
  return Explain(SnapshotFor(served, request.request()), exposures, request, now, response);
}

}  // namespace

RecommendationService::RecommendationService(const serving::Reloader* reloader, serving::ExposureStore* exposures,
                                             CallGate* gate, WorkPool* pool, RequestRecorder* recorder,
                                             AnswerCounts* counts, OverloadGuard* overload,
                                             std::function<absl::Time()> now, std::size_t max_batch_requests)
    : reloader_(reloader),
      exposures_(exposures),
      gate_(gate),
      pool_(pool),
      recorder_(recorder),
      counts_(counts),
      overload_(overload),
      now_(std::move(now)),
      max_batch_requests_(max_batch_requests),
      started_micros_(absl::ToUnixMicros(now_())) {}

std::string RecommendationService::NextToken(const engine::Snapshot& snapshot) {
  // Twelve digits of a hash name one of the versions that a shop keeps; the counter makes the answer itself unique.
  constexpr std::size_t kDigits = 12;
  return absl::StrCat(absl::string_view(snapshot.model().version()).substr(0, kDigits), "-",
                      absl::string_view(snapshot.rules().revision).substr(0, kDigits), "-", absl::Hex(started_micros_),
                      ".", absl::Hex(answers_.fetch_add(1, std::memory_order_relaxed)));
}

absl::StatusOr<RecommendationService::Answered> RecommendationService::DecideAndCount(
    const serving::Served& served, const v1::RecommendRequest& request) {
  const Stopwatch stopwatch;
  Answered answered{.snapshot = &SnapshotFor(served, request)};
  const absl::Time now = now_();
  AWASE_ASSIGN_OR_RETURN(answered.decision, Decide(*answered.snapshot, exposures_, request, now));
  if (recorder_ != nullptr) recorder_->Record(request, now);
  engine::Answer& answer = answered.decision.answer;
  answer.degraded |= reloader_->degraded();
  counts_->Add(request.placement(), answer, absl::Seconds(stopwatch.Seconds()));
  counts_->AddVersion(answered.snapshot == served.canary.get());
  return answered;
}

absl::Status RecommendationService::Answer(const serving::Served& served, const v1::RecommendRequest& request,
                                           v1::RecommendResponse* response) {
  AWASE_ASSIGN_OR_RETURN(const Answered answered, DecideAndCount(served, request));
  response->Clear();
  const auto& [snapshot, decision] = answered;
  AnswerToProto(decision.answer, decision.explanation, snapshot->model(), response);
  response->set_token(NextToken(*snapshot));
  return absl::OkStatus();
}

absl::Status RecommendationService::AnswerBytes(const grpc::ByteBuffer& request, grpc::ByteBuffer* response) {
  alignas(std::max_align_t) char first_block[kRequestBlockBytes];
  google::protobuf::Arena arena(first_block, sizeof(first_block));
  auto* message = google::protobuf::Arena::CreateMessage<v1::RecommendRequest>(&arena);
  AWASE_RETURN_IF_ERROR(Parse(request, message));
  const std::shared_ptr<const serving::Served> served = reloader_->served();
  AWASE_ASSIGN_OR_RETURN(const Answered answered, DecideAndCount(*served, *message));
  const auto& [snapshot, decision] = answered;
  thread_local WireWriter writer;  // keeps its memory from call to call
  writer.Clear();
  EncodeAnswer(decision.answer, decision.explanation, snapshot->model(), NextToken(*snapshot), &writer);
  const grpc::Slice slice(writer.bytes().data(), writer.bytes().size());
  *response = grpc::ByteBuffer(&slice, 1);
  return absl::OkStatus();
}

absl::Status RecommendationService::CheckOverload(grpc::CallbackServerContext* context) {
  if (overload_->Admit(WaitOf(*context))) return absl::OkStatus();
  // The name by which clients with a retry policy know it (gRFC A6).
  context->AddTrailingMetadata("grpc-retry-pushback-ms",
                               absl::StrCat(absl::ToInt64Milliseconds(overload_->NextRetryDelay())));
  return absl::ResourceExhaustedError("more calls come than can be answered: try again, or show the page without");
}

void RecommendationService::AddTo(UnaryMethods* methods) {
  methods->Add<v1::RecommendRequest, v1::RecommendResponse>(
      "awase.v1.RecommendationService/Recommend", Pace::kQuick,
      [this](const v1::RecommendRequest& request, v1::RecommendResponse* response) {
        return Answer(*reloader_->served(), request, response);
      });
  methods->Add<v1::ExplainRequest, v1::ExplainResponse>(
      "awase.v1.RecommendationService/Explain", Pace::kSlow,
      [this](const v1::ExplainRequest& request, v1::ExplainResponse* response) {
        return ExplainAnswer(*reloader_->served(), exposures_, request, now_(), response);
      });
}

grpc::ServerUnaryReactor* RecommendationService::Recommend(grpc::CallbackServerContext* context,
                                                           const grpc::ByteBuffer* request,
                                                           grpc::ByteBuffer* response) {
  absl::Status status = gate_->Check();
  if (status.ok()) status = CheckCaller(*context).status();
  if (status.ok()) status = StillWanted(*context);
  if (status.ok()) status = CheckOverload(context);
  if (status.ok()) status = AnswerBytes(*request, response);
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(ToGrpcStatus(status));
  return reactor;
}

grpc::ServerUnaryReactor* RecommendationService::Explain(grpc::CallbackServerContext* context,
                                                         const v1::ExplainRequest* request,
                                                         v1::ExplainResponse* response) {
  return RunSlowCall(context, *gate_, *pool_, [this, request, response] {
    return ExplainAnswer(*reloader_->served(), exposures_, *request, now_(), response);
  });
}

// One batch: answers the requests one after another on the pool, each when its predecessor has been taken by the
// transport, so that a slow reader holds neither a thread nor a heap of answers. Deletes itself.
class RecommendationService::Batch final : public grpc::ServerWriteReactor<v1::BatchRecommendResponse> {
 public:
  Batch(RecommendationService* service, grpc::CallbackServerContext* context, const v1::BatchRecommendRequest* request)
      : service_(service), context_(context), request_(request), served_(service->reloader_->served()) {}

  void Begin() {
    pass_ = service_->gate_->TryEnter();
    absl::Status status = pass_ == nullptr ? service_->gate_->Check() : CheckCaller(*context_).status();
    if (status.ok()) status = CheckBatchSize(*request_, service_->max_batch_requests_);
    if (status.ok()) {
      ticket_ = service_->pool_->TryAdmit();
      if (ticket_ == nullptr) status = TooManySlowCalls();
    }
    if (!status.ok()) return End(status);
    service_->pool_->Post([this] { WriteNext(); });
  }

  void OnWriteDone(bool ok) override {
    if (!ok) return End(absl::CancelledError("the caller has gone"));
    service_->pool_->Post([this] { WriteNext(); });
  }

  void OnDone() override { delete this; }

 private:
  void End(const absl::Status& status) {
    ticket_.reset();  // before the caller knows, so that its next call finds the place free
    Finish(ToGrpcStatus(status));
  }

  void WriteNext() {
    const absl::Status wanted = StillWanted(*context_);
    if (!wanted.ok() || next_ == request_->requests_size()) return End(wanted);
    message_.Clear();
    message_.set_index(static_cast<std::uint32_t>(next_));
    const absl::Status status = service_->Answer(*served_, request_->requests(next_), message_.mutable_response());
    if (!status.ok()) {
      message_.mutable_error()->set_code(status.raw_code());
      message_.mutable_error()->set_message(std::string(status.message()));
    }
    ++next_;
    StartWrite(&message_);
  }

  RecommendationService* const service_;
  grpc::CallbackServerContext* const context_;
  const v1::BatchRecommendRequest* const request_;
  const std::shared_ptr<const serving::Served> served_;  // the whole batch comes from one state
  CallGate::Pass pass_;
  WorkPool::Ticket ticket_;
  v1::BatchRecommendResponse message_;  // being written; gRPC reads it until OnWriteDone
  int next_ = 0;
};

grpc::ServerWriteReactor<v1::BatchRecommendResponse>* RecommendationService::BatchRecommend(
    grpc::CallbackServerContext* context, const v1::BatchRecommendRequest* request) {
  Batch* batch = new Batch(this, context, request);
  batch->Begin();
  return batch;
}

}  // namespace awase::service

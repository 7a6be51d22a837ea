#include "service/transcoder.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "awase/base/status_macros.h"
#include "awase/base/stopwatch.h"
#include "awase/service/json_text.h"
#include "google/protobuf/message.h"
#include "service/connect_protocol.h"
#include "service/slow_call.h"

namespace awase::service {
namespace {

using google::protobuf::Message;

absl::Status ParseBody(const std::string& body, BodyFormat format, Message* message) {
  if (format == BodyFormat::kJson) return FromJsonText(body, message);
  if (message->ParseFromString(body)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("the body is no ", message->GetTypeName()));
}

absl::StatusOr<std::string> PrintBody(const Message& message, BodyFormat format) {
  if (format == BodyFormat::kJson) return ToJsonText(message, JsonLayout::kCompact);
  return message.SerializeAsString();
}

}  // namespace

// Lives until the answer is given. The method and its name are the table's.
struct Transcoder::PendingCall {
  absl::Status StillWanted() const {
    AWASE_RETURN_IF_ERROR(gate.CheckWanted());
    return absl::Now() < deadline ? absl::OkStatus()
                                  : absl::DeadlineExceededError("the deadline passed before the answer was made");
  }

  absl::Status Run(const std::string& body) {
    AWASE_RETURN_IF_ERROR(StillWanted());
    AWASE_RETURN_IF_ERROR(ParseBody(body, format, request.get()));
    return method.answer(*request, {.still_wanted = [this] { return StillWanted(); }, .caller = caller},
                         response.get());
  }

  http::Response Answer(absl::Status* status) const {
    if (status->ok()) {
      absl::StatusOr<std::string> body = PrintBody(*response, format);
      if (body.ok()) {
        return {.headers = {{"Content-Type", std::string(ContentTypeOf(format))}}, .body = *std::move(body)};
      }
      *status = body.status();
    }
    return ConnectError(*status);
  }

  const CallGate& gate;
  const CallGate::Pass pass;  // before what follows: let go when that has gone
  const std::string& name;
  const UnaryMethod& method;
  const std::string caller;
  const BodyFormat format;
  const http::Responder respond;
  std::optional<http::Header> request_id = std::nullopt;
  const std::string traceparent;
  std::unique_ptr<Message> request = method.new_request();
  std::unique_ptr<Message> response = method.new_response();
  absl::Time deadline = absl::InfiniteFuture();
  const Stopwatch stopwatch = {};
};

void Transcoder::Finish(const PendingCall& call, const absl::Status& status) {
  absl::Status outcome = status;
  http::Response response = call.Answer(&outcome);
  if (call.request_id.has_value()) response.headers.push_back(*call.request_id);
  counts_->Add(call.name, outcome.code(), absl::Seconds(call.stopwatch.Seconds()));
  if (log_->Wants(outcome.code())) {
    const std::string id = call.request_id.has_value() ? call.request_id->value : std::string();
    log_->Add(call.name, outcome.code(), outcome.message(), {.request_id = id, .traceparent = call.traceparent});
  }
  call.respond(std::move(response));
}

void Transcoder::Call(const std::string& name, const UnaryMethod& method, const std::string& caller,
                      const http::Request& request, const http::Responder& respond) {
  const std::optional<BodyFormat> format = BodyFormatOf(request);
  if (!format.has_value()) return respond(UnsupportedMediaType());
  const std::shared_ptr<PendingCall> call(new PendingCall{.gate = *gate_,
                                                          .pass = gate_->TryEnter(),
                                                          .name = name,
                                                          .method = method,
                                                          .caller = caller,
                                                          .format = *format,
                                                          .respond = respond,
                                                          .traceparent = std::string(LabelsOf(request).traceparent)});
  if (const std::string* id = request.FindHeader("X-Request-Id")) call->request_id = {"X-Request-Id", *id};
  if (call->pass == nullptr) return Finish(*call, gate_->Check());
  const absl::StatusOr<absl::Duration> timeout = CallTimeout(request);
  if (!timeout.ok()) return Finish(*call, timeout.status());
  call->deadline = absl::Now() + *timeout;
  if (method.pace == Pace::kQuick) return Finish(*call, call->Run(request.body));
  WorkPool::Ticket ticket = pool_->TryAdmit();
  if (ticket == nullptr) return Finish(*call, TooManySlowCalls());
  pool_->Post([this, call, body = request.body, ticket = std::move(ticket)]() mutable {
    const absl::Status status = call->Run(body);
    ticket.reset();  // before the caller knows, so that its next call finds the place free
    Finish(*call, status);
  });
}

}  // namespace awase::service

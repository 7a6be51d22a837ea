#include "service/transcoder.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "awase/base/status_macros.h"
#include "awase/service/json_text.h"
#include "service/connect_protocol.h"
#include "service/status.h"

namespace awase::service {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

// Lives until the answer is given.
struct PendingCall {
  grpc::ClientContext context;
  std::unique_ptr<Message> request;
  std::unique_ptr<Message> response;
  BodyFormat format = BodyFormat::kJson;
  std::optional<http::Header> request_id;
  http::Responder respond;
};

std::unique_ptr<Message> NewMessage(const Descriptor& type) {
  return std::unique_ptr<Message>(google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

absl::Status ParseBody(const std::string& body, BodyFormat format, Message* message) {
  if (format == BodyFormat::kJson) return FromJsonText(body, message);
  if (message->ParseFromString(body)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("the body is no ", message->GetTypeName()));
}

absl::StatusOr<std::string> PrintBody(const Message& message, BodyFormat format) {
  if (format == BodyFormat::kJson) return ToJsonText(message, JsonLayout::kCompact);
  return message.SerializeAsString();
}

// Other bytes make gRPC end the process.
bool CanBeMetadata(const std::string& value) { return std::all_of(value.begin(), value.end(), absl::ascii_isprint); }

void PassHeader(const http::Request& request, const std::string& name, grpc::ClientContext* context) {
  const std::string* value = request.FindHeader(name);
  if (value != nullptr && CanBeMetadata(*value)) context->AddMetadata(name, *value);
}

absl::Status Prepare(const http::Request& request, PendingCall* call) {
  AWASE_ASSIGN_OR_RETURN(const absl::Duration timeout, CallTimeout(request));
  const absl::Time deadline = absl::Now() + timeout;
  AWASE_RETURN_IF_ERROR(ParseBody(request.body, call->format, call->request.get()));
  if (absl::Now() >= deadline) return absl::DeadlineExceededError("the deadline passed before the call was begun");
  if (timeout < absl::InfiniteDuration()) call->context.set_deadline(absl::ToChronoTime(deadline));
  PassHeader(request, "x-request-id", &call->context);
  PassHeader(request, "traceparent", &call->context);
  return absl::OkStatus();
}

http::Response Answer(const PendingCall& call, const absl::Status& status) {
  if (!status.ok()) return ConnectError(status);
  absl::StatusOr<std::string> body = PrintBody(*call.response, call.format);
  if (!body.ok()) return ConnectError(body.status());
  return {.headers = {{"Content-Type", std::string(ContentTypeOf(call.format))}}, .body = *std::move(body)};
}

void Finish(const PendingCall& call, const absl::Status& status) {
  http::Response response = Answer(call, status);
  if (call.request_id.has_value()) response.headers.push_back(*call.request_id);
  call.respond(std::move(response));
}

}  // namespace

void Transcoder::Call(const google::protobuf::MethodDescriptor& method, const http::Request& request,
                      const http::Responder& respond) {
  const std::optional<BodyFormat> format = BodyFormatOf(request);
  if (!format.has_value()) return respond(UnsupportedMediaType());
  const auto call = std::make_shared<PendingCall>();
  call->format = *format;
  call->respond = respond;
  call->request = NewMessage(*method.input_type());
  call->response = NewMessage(*method.output_type());
  if (const std::string* id = request.FindHeader("X-Request-Id")) call->request_id = {"X-Request-Id", *id};
  if (const absl::Status status = Prepare(request, call.get()); !status.ok()) return Finish(*call, status);
  stub_.UnaryCall(&call->context, absl::StrCat("/", method.service()->full_name(), "/", method.name()), {},
                  call->request.get(), call->response.get(),
                  [call](const grpc::Status& status) { Finish(*call, FromGrpcStatus(status)); });
}

}  // namespace awase::service

#include "service/call_log.h"

#include <optional>

#include "absl/strings/match.h"
#include "service/trace_parent.h"

namespace awase::service {
namespace {

constexpr char kRequestId[] = "x-request-id";
constexpr char kTraceParent[] = "traceparent";

}  // namespace

bool IsServersFailure(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kUnknown ||
         code == absl::StatusCode::kDataLoss || code == absl::StatusCode::kUnavailable;
}

CallLabels LabelsOf(const http::Request& request) {
  CallLabels labels;
  if (const std::string* id = request.FindHeader(kRequestId)) labels.request_id = *id;
  bool is_second = false;
  for (const http::Header& header : request.headers) {
    if (!absl::EqualsIgnoreCase(header.name, kTraceParent)) continue;
    labels.traceparent = is_second ? absl::string_view() : header.value;
    is_second = true;
  }
  return labels;
}

CallLabels LabelsOf(const grpc::ServerContextBase& context) {
  const auto& metadata = context.client_metadata();
  const auto view = [](grpc::string_ref text) { return absl::string_view(text.data(), text.size()); };
  CallLabels labels;
  if (const auto id = metadata.find(kRequestId); id != metadata.end()) labels.request_id = view(id->second);
  if (metadata.count(kTraceParent) == 1) labels.traceparent = view(metadata.find(kTraceParent)->second);
  return labels;
}

void CallLog::Add(absl::string_view method, absl::StatusCode code, absl::string_view message,
                  const CallLabels& labels) const {
  EndedCall call{.method = std::string(method), .code = code};
  if (IsServersFailure(code)) call.message = std::string(message);
  call.request_id = std::string(labels.request_id.substr(0, kMaxRequestIdBytes));
  if (const std::optional<TraceParent> parent = ParseTraceParent(labels.traceparent)) {
    call.trace_id = std::string(parent->trace_id);
    call.span_id = std::string(parent->span_id);
  }
  tell_(call);
}

}  // namespace awase::service

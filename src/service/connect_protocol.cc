#include "service/connect_protocol.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "service/status.h"

namespace awase::service {
namespace {

struct CodeWords {
  absl::string_view code;
  int http_status;
};

// By the number of the code.
constexpr std::array<CodeWords, 17> kCodes = {{
    {"ok", 200},
    {"canceled", 499},
    {"unknown", 500},
    {"invalid_argument", 400},
    {"deadline_exceeded", 504},
    {"not_found", 404},
    {"already_exists", 409},
    {"permission_denied", 403},
    {"resource_exhausted", 429},
    {"failed_precondition", 400},
    {"aborted", 409},
    {"out_of_range", 400},
    {"unimplemented", 501},
    {"internal", 500},
    {"unavailable", 503},
    {"data_loss", 500},
    {"unauthenticated", 401},
}};

const CodeWords& WordsOf(absl::StatusCode code) {
  const auto number = static_cast<std::size_t>(code);
  return kCodes[number < kCodes.size() ? number : static_cast<std::size_t>(absl::StatusCode::kUnknown)];
}

}  // namespace

absl::string_view ConnectCode(absl::StatusCode code) { return WordsOf(code).code; }

int HttpStatus(absl::StatusCode code) { return WordsOf(code).http_status; }

http::Response ConnectError(const absl::Status& status) {
  // As long as over gRPC.
  return http::ErrorResponse(HttpStatus(status.code()), ConnectCode(status.code()),
                             ToGrpcStatus(status).error_message());
}

absl::string_view ContentTypeOf(BodyFormat format) {
  return format == BodyFormat::kJson ? "application/json" : "application/proto";
}

std::optional<BodyFormat> BodyFormatOf(const http::Request& request) {
  const std::string* header = request.FindHeader("Content-Type");
  absl::string_view type = header == nullptr ? absl::string_view() : absl::string_view(*header);
  type = absl::StripAsciiWhitespace(type.substr(0, type.find(';')));
  for (const BodyFormat format : {BodyFormat::kJson, BodyFormat::kProto}) {
    if (absl::EqualsIgnoreCase(type, ContentTypeOf(format))) return format;
  }
  return std::nullopt;
}

http::Response UnsupportedMediaType() {
  http::Response response =
      http::ErrorResponse(415, "unimplemented", "Content-Type: want application/json or application/proto");
  response.headers.push_back({"Accept-Post", "application/json, application/proto"});
  return response;
}

absl::StatusOr<absl::Duration> CallTimeout(const http::Request& request) {
  const std::string* version = request.FindHeader("Connect-Protocol-Version");
  if (version != nullptr && *version != "1") {
    return absl::InvalidArgumentError("Connect-Protocol-Version: only 1 is known");
  }
  const std::string* timeout = request.FindHeader("Connect-Timeout-Ms");
  if (timeout == nullptr) return absl::InfiniteDuration();
  constexpr std::size_t kMaxDigits = 10;
  std::int64_t milliseconds = 0;
  const bool has_digits_only = std::all_of(timeout->begin(), timeout->end(), absl::ascii_isdigit);
  if (!has_digits_only || timeout->size() > kMaxDigits || !absl::SimpleAtoi(*timeout, &milliseconds)) {
    return absl::InvalidArgumentError("Connect-Timeout-Ms: want 1 to 10 digits");
  }
  return absl::Milliseconds(milliseconds);
}

}  // namespace awase::service

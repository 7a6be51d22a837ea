#ifndef AWASE_SERVICE_CONNECT_PROTOCOL_H_
#define AWASE_SERVICE_CONNECT_PROTOCOL_H_

// The words and numbers of the Connect protocol for unary calls (https://connectrpc.com/docs/protocol).

#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "awase/http/message.h"

namespace awase::service {

// "invalid_argument". Numbers that are no code: "unknown".
absl::string_view ConnectCode(absl::StatusCode code);

// 400 for INVALID_ARGUMENT, and so on.
int HttpStatus(absl::StatusCode code);

// The answer to a call that failed. REQUIRES: !status.ok().
http::Response ConnectError(const absl::Status& status);

enum class BodyFormat : std::uint8_t { kJson, kProto };

// "application/json" or "application/proto", as a Content-Type header has it: parameters count for nothing.
absl::string_view ContentTypeOf(BodyFormat format);
// Missing for anything else: the call is then answered with UnsupportedMediaType.
std::optional<BodyFormat> BodyFormatOf(const http::Request& request);
http::Response UnsupportedMediaType();

// From Connect-Timeout-Ms; InfiniteDuration when there is none. kInvalidArgument unless it has 1 to 10 digits, and
// where Connect-Protocol-Version is there and not 1.
absl::StatusOr<absl::Duration> CallTimeout(const http::Request& request);

}  // namespace awase::service

#endif  // AWASE_SERVICE_CONNECT_PROTOCOL_H_

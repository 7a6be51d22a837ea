#ifndef AWASE_SERVICE_ENDED_CALL_H_
#define AWASE_SERVICE_ENDED_CALL_H_

#include <string>

#include "absl/status/status.h"

namespace awase::service {

// Whether a call that ended like this failed by the server's doing: INTERNAL, UNKNOWN, DATA_LOSS, UNAVAILABLE.
bool IsServersFailure(absl::StatusCode code);

// What a log may know of a call: nothing that says who made it, nor what was asked.
struct EndedCall {
  std::string method;  // "awase.v1.RuleService/Publish"
  absl::StatusCode code = absl::StatusCode::kOk;
  std::string message;     // of IsServersFailure; else empty: it would repeat what was asked
  std::string request_id;  // X-Request-Id as sent, cut to kMaxRequestIdBytes: foreign bytes; empty: none
  std::string trace_id;    // these two of traceparent, in hex; empty: none, or a malformed one
  std::string span_id;
};

inline constexpr std::size_t kMaxRequestIdBytes = 128;

}  // namespace awase::service

#endif  // AWASE_SERVICE_ENDED_CALL_H_

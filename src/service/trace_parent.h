#ifndef AWASE_SERVICE_TRACE_PARENT_H_
#define AWASE_SERVICE_TRACE_PARENT_H_

#include <optional>

#include "absl/strings/string_view.h"

namespace awase::service {

// The span of a caller that a call belongs to.
struct TraceParent {
  absl::string_view trace_id;  // 32 hex digits, in lower case
  absl::string_view span_id;   // 16
};

// Of a traceparent header (https://www.w3.org/TR/trace-context/#traceparent-header), also of versions to come. Nothing
// for a malformed one.
std::optional<TraceParent> ParseTraceParent(absl::string_view header);

}  // namespace awase::service

#endif  // AWASE_SERVICE_TRACE_PARENT_H_

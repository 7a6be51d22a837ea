#ifndef AWASE_SERVICE_OPENAPI_H_
#define AWASE_SERVICE_OPENAPI_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace awase::service {

// The methods of JSON over HTTP as an OpenAPI 3.1 description: paths, messages in protobuf's JSON, errors, and the
// comments of the .proto files. `services` are full names; `is_served` says of a method, such as
// "awase.v1.RuleService/Publish", whether it is answered over HTTP. Ends with a newline; the same bytes for the same
// protos. O(size of the protos).
std::string OpenApiDescription(absl::Span<const std::string> services,
                               absl::FunctionRef<bool(absl::string_view method)> is_served);

}  // namespace awase::service

#endif  // AWASE_SERVICE_OPENAPI_H_

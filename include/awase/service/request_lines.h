#ifndef AWASE_SERVICE_REQUEST_LINES_H_
#define AWASE_SERVICE_REQUEST_LINES_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "awase/v1/recommendation.pb.h"

namespace awase::service {

// Visits the requests of a file, in its order: one awase.v1.RecommendRequest per line, as protobuf's JSON with the
// field names of the .proto files. Empty lines are passed over. Ends with the first error, of `visit` too.
//   kInvalidArgument  a line is no such request, or there is none
//   as `visit` says   a request that it does not take
//   else              as the system says, of the file
// Errors of a line name it. thread-safe.
absl::Status ForEachRequestLine(const std::string& path,
                                absl::FunctionRef<absl::Status(v1::RecommendRequest request)> visit);

}  // namespace awase::service

#endif  // AWASE_SERVICE_REQUEST_LINES_H_

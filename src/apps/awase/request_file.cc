#include "apps/awase/request_file.h"

#include <utility>

#include "awase/base/status_macros.h"
#include "awase/service/convert.h"
#include "awase/service/request_lines.h"

namespace awase::apps {

absl::StatusOr<std::vector<whatif::ReplayedRequest>> ReadRequestFile(const std::string& path, absl::Time now) {
  std::vector<whatif::ReplayedRequest> requests;
  AWASE_RETURN_IF_ERROR(service::ForEachRequestLine(path, [&](const v1::RecommendRequest& proto) -> absl::Status {
    AWASE_ASSIGN_OR_RETURN(service::TimedRequest timed, service::RequestFromProto(proto, now));
    requests.push_back({.request = std::move(timed.request), .time = timed.time});
    return absl::OkStatus();
  }));
  return requests;
}

}  // namespace awase::apps

#ifndef AWASE_APPS_AWASE_REQUEST_FILE_H_
#define AWASE_APPS_AWASE_REQUEST_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "awase/whatif/compare.h"

namespace awase::apps {

// Requests of the past (service::ForEachRequestLine, and its errors). Each is asked at its at_time, at `now` where it
// has none.
absl::StatusOr<std::vector<whatif::ReplayedRequest>> ReadRequestFile(const std::string& path, absl::Time now);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_REQUEST_FILE_H_

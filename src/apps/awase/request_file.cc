#include "apps/awase/request_file.h"

#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "awase/service/convert.h"
#include "awase/service/json_text.h"

namespace awase::apps {
namespace {

absl::StatusOr<whatif::ReplayedRequest> ParseRequest(absl::string_view line, absl::Time now) {
  v1::RecommendRequest proto;
  AWASE_RETURN_IF_ERROR(service::FromJsonText(std::string(line), &proto));
  AWASE_ASSIGN_OR_RETURN(service::TimedRequest timed, service::RequestFromProto(proto, now));
  return whatif::ReplayedRequest{.request = std::move(timed.request), .time = timed.time};
}

}  // namespace

absl::StatusOr<std::vector<whatif::ReplayedRequest>> ReadRequestFile(const std::string& path, absl::Time now) {
  AWASE_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  std::vector<whatif::ReplayedRequest> requests;
  std::size_t number = 0;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    if (absl::StripAsciiWhitespace(line).empty()) continue;
    absl::StatusOr<whatif::ReplayedRequest> request = ParseRequest(line, now);
    if (!request.ok()) return Annotate(request.status(), absl::StrCat(path, ": line ", number));
    requests.push_back(*std::move(request));
  }
  if (!requests.empty()) return requests;
  return absl::InvalidArgumentError(
      absl::StrCat(path, ": no request in it: want one awase.v1.RecommendRequest as JSON per line"));
}

}  // namespace awase::apps

#include "awase/service/request_lines.h"

#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "awase/service/json_text.h"

namespace awase::service {

absl::Status ForEachRequestLine(const std::string& path,
                                absl::FunctionRef<absl::Status(v1::RecommendRequest request)> visit) {
  AWASE_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  std::size_t number = 0;
  bool is_any = false;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    if (absl::StripAsciiWhitespace(line).empty()) continue;
    is_any = true;
    v1::RecommendRequest request;
    absl::Status status = FromJsonText(std::string(line), &request);
    if (status.ok()) status = visit(std::move(request));
    if (!status.ok()) return Annotate(status, absl::StrCat(path, ": line ", number));
  }
  if (is_any) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(path, ": no request in it: want one awase.v1.RecommendRequest as JSON per line"));
}

}  // namespace awase::service

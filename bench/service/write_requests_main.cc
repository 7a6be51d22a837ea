// write_requests --model M [--placement P] > requests.jsonl: requests for `load`, `null_server` and `store_pages` once,
// where the version is too large to be opened by each of them. docs/benchmarks.md.

#include <cstdio>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "awase/base/status_macros.h"
#include "awase/service/json_text.h"
#include "bench/service/request_flags.h"

namespace awase::load {
namespace {

absl::Status Write(const RequestSource& source) {
  AWASE_ASSIGN_OR_RETURN(const std::vector<v1::RecommendRequest> requests, RequestsOf(source));
  for (const v1::RecommendRequest& request : requests) {
    AWASE_ASSIGN_OR_RETURN(const std::string line, service::ToJsonText(request, service::JsonLayout::kCompact));
    std::printf("%s\n", line.c_str());
  }
  return absl::OkStatus();
}

}  // namespace
}  // namespace awase::load

int main(int argc, char** argv) {
  awase::load::RequestSource source;
  CLI::App app("Writes requests as JSON lines.");
  awase::load::AddRequestFlags(&app, &source);
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = awase::load::Write(source);
  if (status.ok()) return 0;
  std::fprintf(stderr, "write_requests: %s\n", std::string(status.message()).c_str());
  return 1;
}

#include "service/diff_rules.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"
#include "awase/engine/recommend.h"
#include "awase/service/comparison.h"
#include "awase/service/convert.h"
#include "awase/whatif/compare.h"
#include "awase/whatif/sample.h"

namespace awase::service {
namespace {

constexpr std::uint32_t kMostRequests = 1'000'000;
constexpr std::uint32_t kDefaultSample = 20'000;
constexpr std::uint32_t kMostDifferences = 1'000;
constexpr std::uint32_t kDefaultDifferences = 50;

absl::StatusOr<std::vector<whatif::ReplayedRequest>> RecordedRequests(RequestRecorder* recorder, std::uint32_t most,
                                                                      absl::Time now) {
  if (recorder == nullptr) {
    return absl::FailedPreconditionError("recorded: this server records no requests: start it with --record FILE");
  }
  AWASE_ASSIGN_OR_RETURN(const std::vector<v1::RecommendRequest> protos,
                         recorder->ReadNewest(most == 0 ? kMostRequests : most));
  std::vector<whatif::ReplayedRequest> requests;
  for (const v1::RecommendRequest& proto : protos) {
    absl::StatusOr<TimedRequest> timed = RequestFromProto(proto, now);
    if (!timed.ok()) continue;  // it was answered when it was recorded: an older server's
    requests.push_back({.request = std::move(timed->request), .time = timed->time});
  }
  if (!requests.empty()) return requests;
  return absl::FailedPreconditionError("recorded: no request has been recorded yet");
}

absl::Status CheckLimits(const v1::DiffRulesRequest& request) {
  if (request.max_requests() > kMostRequests) {
    return absl::InvalidArgumentError(
        absl::StrCat("max_requests: want 1 to ", kMostRequests, ", got ", request.max_requests()));
  }
  if (request.max_differences() > kMostDifferences) {
    return absl::InvalidArgumentError(
        absl::StrCat("max_differences: want 0 to ", kMostDifferences, ", got ", request.max_differences()));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status DiffRules(const serving::Reloader& reloader, RequestRecorder* recorder,
                       const std::vector<rules::RuleFile>& draft, const v1::DiffRulesRequest& request, absl::Time now,
                       v1::RuleComparison* comparison) {
  AWASE_RETURN_IF_ERROR(CheckLimits(request));
  const rules::LoadResult loaded = reloader.Validate(draft);
  if (loaded.rules == nullptr) return absl::InvalidArgumentError(serving::JoinDiagnostics(loaded.diagnostics));
  const std::shared_ptr<const engine::Snapshot> before = reloader.snapshot();
  const std::shared_ptr<const engine::Snapshot> after = before->WithRules(loaded.rules);
  std::vector<whatif::ReplayedRequest> requests;
  if (request.recorded()) {
    AWASE_ASSIGN_OR_RETURN(requests, RecordedRequests(recorder, request.max_requests(), now));
  } else {
    const std::uint32_t size = request.max_requests() == 0 ? kDefaultSample : request.max_requests();
    requests = whatif::GenerateSample(before->model(), before->rules(), *loaded.rules, {.size = size, .now = now});
  }
  // One thread: the others serve.
  const std::size_t top = request.has_max_differences() ? request.max_differences() : kDefaultDifferences;
  ComparisonToProto({.model = before->model(),
                     .requests = requests,
                     .requests_from = request.recorded() ? "the server's recording" : "a generated sample",
                     .before_revision = before->rules().revision,
                     .after_revision = loaded.rules->revision,
                     .findings = loaded.diagnostics,
                     .comparison = whatif::Compare(*before, *after, requests, {.threads = 1, .top = top})},
                    comparison);
  return absl::OkStatus();
}

}  // namespace awase::service

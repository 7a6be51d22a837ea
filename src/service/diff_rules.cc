#include "service/diff_rules.h"

#include <algorithm>
#include <cstddef>
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

// Of all recorded messages that are compared, as they travel: a few times as much as memory.
constexpr std::size_t kMostRecordedBytes = std::size_t{128} << 20;

struct Asked {
  std::vector<whatif::ReplayedRequest> requests;
  std::uint64_t unreadable = 0;
  std::string first_unreadable;
};

// Collects what is recorded, which comes from the newest to the oldest.
class Collector {
 public:
  Collector(std::size_t most, absl::Time now, const WantedCheck& still_wanted)
      : most_(most), now_(now), still_wanted_(still_wanted) {}

  // False where there is enough.
  bool Add(const absl::StatusOr<v1::RecommendRequest>& proto) {
    absl::StatusOr<TimedRequest> timed = proto.ok() ? RequestFromProto(*proto, now_) : proto.status();
    if (timed.ok()) {
      bytes_ += proto->ByteSizeLong();
      asked_.requests.push_back({.request = std::move(timed->request), .time = timed->time});
    } else if (asked_.unreadable++ == 0) {
      asked_.first_unreadable = std::string(timed.status().message());
    }
    status_ = still_wanted_();
    return status_.ok() && asked_.requests.size() < most_ && bytes_ < kMostRecordedBytes;
  }

  absl::StatusOr<Asked> Finish() && {
    AWASE_RETURN_IF_ERROR(status_);
    if (asked_.requests.empty()) {
      return absl::FailedPreconditionError(
          asked_.unreadable == 0 ? "recorded: no request has been recorded yet"
                                 : absl::StrCat("recorded: nothing of it can be read: ", asked_.first_unreadable));
    }
    std::reverse(asked_.requests.begin(), asked_.requests.end());
    return std::move(asked_);
  }

 private:
  const std::size_t most_;
  const absl::Time now_;
  const WantedCheck& still_wanted_;
  Asked asked_;
  std::size_t bytes_ = 0;
  absl::Status status_;
};

absl::StatusOr<Asked> RecordedRequests(RequestRecorder* recorder, std::uint32_t most, absl::Time now,
                                       const WantedCheck& still_wanted) {
  if (recorder == nullptr) {
    return absl::FailedPreconditionError("recorded: this server records no requests: start it with --record FILE");
  }
  Collector collector(most == 0 ? kMostRequests : most, now, still_wanted);
  AWASE_RETURN_IF_ERROR(recorder->ReadNewest(
      [&collector](const absl::StatusOr<v1::RecommendRequest>& proto) { return collector.Add(proto); }));
  return std::move(collector).Finish();
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
                       const WantedCheck& still_wanted, v1::RuleComparison* comparison) {
  AWASE_RETURN_IF_ERROR(CheckLimits(request));
  const rules::LoadResult loaded = reloader.Validate(draft);
  if (loaded.rules == nullptr) return serving::RefusedError(loaded);
  const std::shared_ptr<const engine::Snapshot> before = reloader.snapshot();
  const std::shared_ptr<const engine::Snapshot> after = before->WithRules(loaded.rules);
  Asked asked;
  if (request.recorded()) {
    AWASE_ASSIGN_OR_RETURN(asked, RecordedRequests(recorder, request.max_requests(), now, still_wanted));
  } else {
    const std::uint32_t size = request.max_requests() == 0 ? kDefaultSample : request.max_requests();
    asked.requests = whatif::GenerateSample(*before, *after, {.size = size, .now = now});
  }
  // One thread: the others serve.
  const std::size_t top = request.has_max_differences() ? request.max_differences() : kDefaultDifferences;
  AWASE_ASSIGN_OR_RETURN(
      whatif::Comparison compared,
      whatif::Compare(*before, *after, asked.requests, {.threads = 1, .top = top, .still_wanted = still_wanted}));
  ComparisonToProto({.model = before->model(),
                     .requests = asked.requests,
                     .requests_from = request.recorded() ? "the server's recording" : kGeneratedSample,
                     .before_revision = before->rules().revision,
                     .after_revision = loaded.rules->revision,
                     .findings = loaded.diagnostics,
                     .finding_count = loaded.warning_count,
                     .unreadable = asked.unreadable,
                     .first_unreadable = asked.first_unreadable,
                     .comparison = std::move(compared)},
                    comparison);
  return absl::OkStatus();
}

}  // namespace awase::service

#include "bench/service/request_source.h"

#include <algorithm>
#include <memory>
#include <random>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "awase/artefact/model.h"
#include "awase/base/status_macros.h"
#include "awase/service/convert.h"
#include "awase/service/request_lines.h"
#include "awase/whatif/sample.h"

namespace awase::load {
namespace {

absl::StatusOr<std::vector<v1::RecommendRequest>> ReadRequests(const std::string& path) {
  std::vector<v1::RecommendRequest> requests;
  AWASE_RETURN_IF_ERROR(service::ForEachRequestLine(path, [&requests](v1::RecommendRequest request) {
    requests.push_back(std::move(request));
    return absl::OkStatus();
  }));
  return requests;
}

// About half of a sample are product pages, the others are spread over all other placements.
constexpr std::size_t kSampledForOne = 3;

absl::StatusOr<std::vector<v1::RecommendRequest>> MakeRequests(const RequestSource& source) {
  AWASE_ASSIGN_OR_RETURN(std::shared_ptr<const artefact::Model> model, artefact::Model::Open(source.model));
  const auto no_rules = engine::Snapshot::Create(std::move(model), std::make_shared<rules::RuleSet>());
  const bool takes_all = source.placement.empty();
  std::vector<whatif::ReplayedRequest> sample = whatif::GenerateSample(
      *no_rules, *no_rules,
      {.size = takes_all ? source.count : source.count * kSampledForOne, .seed = source.seed, .now = absl::Now()});
  std::shuffle(sample.begin(), sample.end(), std::mt19937_64(source.seed));  // else one stratum follows the other
  std::vector<v1::RecommendRequest> requests;
  for (const whatif::ReplayedRequest& sampled : sample) {
    v1::RecommendRequest request;
    service::RequestToProto(sampled.request, &request);
    if (takes_all || request.placement() == source.placement) requests.push_back(std::move(request));
    if (!takes_all && requests.size() == source.count) break;
  }
  if (requests.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(source.model, ": nothing to ask for", takes_all ? "" : " on the placement ", source.placement));
  }
  return requests;
}

}  // namespace

absl::StatusOr<std::vector<v1::RecommendRequest>> RequestsOf(const RequestSource& source) {
  if (source.file.empty() == source.model.empty()) {
    return absl::InvalidArgumentError("want a file of requests, or a model to make them from");
  }
  return source.file.empty() ? MakeRequests(source) : ReadRequests(source.file);
}

}  // namespace awase::load

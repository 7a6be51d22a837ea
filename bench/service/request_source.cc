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

absl::StatusOr<std::vector<v1::RecommendRequest>> MakeRequests(const RequestSource& source) {
  AWASE_ASSIGN_OR_RETURN(std::shared_ptr<const artefact::Model> model, artefact::Model::Open(source.model));
  const auto no_rules = engine::Snapshot::Create(std::move(model), std::make_shared<rules::RuleSet>());
  std::vector<whatif::ReplayedRequest> sample =
      whatif::GenerateSample(*no_rules, *no_rules, {.size = source.count, .seed = source.seed, .now = absl::Now()});
  std::shuffle(sample.begin(), sample.end(), std::mt19937_64(source.seed));  // else one stratum follows the other
  std::vector<v1::RecommendRequest> requests(sample.size());
  for (std::size_t i = 0; i < sample.size(); ++i) service::RequestToProto(sample[i].request, &requests[i]);
  if (requests.empty()) return absl::InvalidArgumentError(absl::StrCat(source.model, ": no product to ask for"));
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

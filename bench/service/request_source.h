#ifndef AWASE_BENCH_SERVICE_REQUEST_SOURCE_H_
#define AWASE_BENCH_SERVICE_REQUEST_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "awase/v1/recommendation.pb.h"

namespace awase::load {

// Where requests come from: exactly one of `file` and `model`.
struct RequestSource {
  std::string file;   // one awase.v1.RecommendRequest as JSON per line
  std::string model;  // a model directory or a version: requests are made up from its products
  // Of those that are made up; the same version, count and seed give the same requests.
  std::size_t count = 10'000;
  std::uint64_t seed = 1;
  // Of those that are made up only these; empty: of all placements.
  std::string placement;
};

// At least one request. Those that are made up are pages, carts, check-outs and mails of sellers of all ranks
// (whatif::GenerateSample), in a random order; of one placement up to `count`.
//   kInvalidArgument  a line is no request; the message has its number. Or the file has none, or not exactly one of the
//                     two is set, or there is no request on the placement
//   else              errors of ReadFile and artefact::Model::Open
absl::StatusOr<std::vector<v1::RecommendRequest>> RequestsOf(const RequestSource& source);

}  // namespace awase::load

#endif  // AWASE_BENCH_SERVICE_REQUEST_SOURCE_H_

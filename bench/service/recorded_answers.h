#ifndef AWASE_BENCH_SERVICE_RECORDED_ANSWERS_H_
#define AWASE_BENCH_SERVICE_RECORDED_ANSWERS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "awase/v1/recommendation.pb.h"

namespace awase::load {

// What a server answers to these requests, asked one after another. A request that it refuses because it has too much
// to do is asked again, for ten seconds. Otherwise the server's status.
absl::StatusOr<std::vector<v1::RecommendResponse>> AnswersOf(const std::string& address,
                                                             absl::Span<const v1::RecommendRequest> requests);

}  // namespace awase::load

#endif  // AWASE_BENCH_SERVICE_RECORDED_ANSWERS_H_

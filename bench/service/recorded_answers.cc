#include "bench/service/recorded_answers.h"

#include <utility>

#include "absl/time/clock.h"
#include "awase/base/status_macros.h"
#include "awase/service/client.h"

namespace awase::load {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(10);
constexpr absl::Duration kPause = absl::Milliseconds(10);

absl::StatusOr<v1::RecommendResponse> Ask(const v1::RecommendRequest& request, service::Client* client) {
  const absl::Time end = absl::Now() + kPatience;
  while (true) {
    absl::StatusOr<v1::RecommendResponse> answer = client->Recommend(request);
    if (answer.status().code() != absl::StatusCode::kResourceExhausted || absl::Now() > end) return answer;
    absl::SleepFor(kPause);
  }
}

}  // namespace

absl::StatusOr<std::vector<v1::RecommendResponse>> AnswersOf(const std::string& address,
                                                             absl::Span<const v1::RecommendRequest> requests) {
  service::Client client({.address = address});
  std::vector<v1::RecommendResponse> answers;
  for (const v1::RecommendRequest& request : requests) {
    AWASE_ASSIGN_OR_RETURN(v1::RecommendResponse answer, Ask(request, &client));
    answers.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace awase::load

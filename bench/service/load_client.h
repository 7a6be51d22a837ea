#ifndef AWASE_BENCH_SERVICE_LOAD_CLIENT_H_
#define AWASE_BENCH_SERVICE_LOAD_CLIENT_H_

// Puts a server under load, in one of two ways:
//
//   closed loop  a call follows the answer before it: how many calls the server can do
//   open loop    calls are due at times fixed beforehand, however slow the answers are, as customers come. A latency is
//                counted from the moment at which the call was due: a server that stands still for a second makes all
//                calls of that second late, and not only the few that were outstanding (coordinated omission)
//
//   AWASE_ASSIGN_OR_RETURN(std::unique_ptr<LoadClient> client, LoadClient::Create({.address = "127.0.0.1:50051"}));
//   client->Run({.duration = absl::Seconds(1)}, requests);                              // warms up
//   const LoadReport report = client->Run({.rate = 10'000, .duration = absl::Seconds(10)}, requests);

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "awase/v1/recommendation.pb.h"
#include "bench/service/load_report.h"

namespace awase::load {

// Is told every answer that came with OK, in the form in which it came; from several threads at a time.
using AnswerSink = std::function<void(std::size_t request, const v1::RecommendResponse& answer)>;

// thread-compatible: one run at a time.
class LoadClient {
 public:
  struct Options {
    std::string address;               // HOST:PORT
    std::size_t connections = 4;       // at least 1
    std::size_t calls_at_a_time = 16;  // per connection, at least 1
    absl::Duration connect_timeout = absl::Seconds(10);
  };

  // Connects. kUnavailable when not all connections are there after connect_timeout.
  static absl::StatusOr<std::unique_ptr<LoadClient>> Create(const Options& options);
  ~LoadClient();
  LoadClient(const LoadClient&) = delete;
  LoadClient& operator=(const LoadClient&) = delete;

  // Calls Recommend with one request after another, from the first again after the last; returns when all calls have
  // ended. Without a sink answers are not decoded: that leaves more of the machine to the server.
  // REQUIRES: there is a request; a rate is at most a million.
  LoadReport Run(const LoadPlan& plan, const std::vector<v1::RecommendRequest>& requests,
                 const AnswerSink& sink = nullptr);

 private:
  struct State;
  explicit LoadClient(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace awase::load

#endif  // AWASE_BENCH_SERVICE_LOAD_CLIENT_H_

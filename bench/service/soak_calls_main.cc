// The part of the soak (soak.py) that speaks gRPC. Commands on stdin, one answer as a line of JSON on stdout each:
//
//   learn        asks all requests of the state of model and rules that serves, and keeps the answers
//   run SECONDS  calls at the rate, holds every answer against those that were learned, and feeds one product
//
// Requests whose answers depend on the product that is fed are asked for in no run.

#include <atomic>
#include <cstdio>
#include <iostream>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/synchronization/mutex.h"
#include "awase/base/status_macros.h"
#include "awase/service/client.h"
#include "bench/service/answer_book.h"
#include "bench/service/load_client.h"
#include "bench/service/report_json.h"
#include "bench/service/request_flags.h"
#include "bench/service/soak_feed.h"

namespace awase::load {
namespace {

struct Flags {
  LoadClient::Options client;
  RequestSource requests;
  double rate = 1000;
  std::string product;
  std::string page;
  std::string currency;
};

class SoakCalls {
 public:
  explicit SoakCalls(const Flags& flags)
      : flags_(flags),
        client_({.address = flags.client.address, .deadline = absl::Seconds(30)}),
        feed_(flags.client.address, flags.product, flags.page, flags.currency) {}

  absl::StatusOr<nlohmann::json> Do(absl::string_view command) {
    double seconds = 0;
    if (command == "learn") return Learn();
    if (absl::ConsumePrefix(&command, "run ") && absl::SimpleAtod(command, &seconds)) return Run(seconds);
    return absl::InvalidArgumentError(absl::StrCat("no command: ", command));
  }

  absl::Status ReadRequests() {
    AWASE_ASSIGN_OR_RETURN(requests_, RequestsOf(flags_.requests));
    return absl::OkStatus();
  }

 private:
  absl::StatusOr<nlohmann::json> Learn() {
    AWASE_RETURN_IF_ERROR(feed_.Set(/*in_stock=*/false));
    std::vector<v1::RecommendResponse> without;
    for (const v1::RecommendRequest& request : requests_) {
      AWASE_ASSIGN_OR_RETURN(v1::RecommendResponse answer, client_.Recommend(request));
      without.push_back(std::move(answer));
    }
    AWASE_RETURN_IF_ERROR(feed_.Set(/*in_stock=*/true));
    for (std::size_t i = 0; i < requests_.size(); ++i) {
      AWASE_ASSIGN_OR_RETURN(v1::RecommendResponse answer, client_.Recommend(requests_[i]));
      answer.clear_token();
      without[i].clear_token();
      if (answer.SerializeAsString() != without[i].SerializeAsString()) follows_feed_.insert(i);
      answers_.push_back({i, std::move(answer)});
    }
    return nlohmann::json{{"requests", requests_.size()}, {"follow_the_feed", follows_feed_.size()}};
  }

  absl::StatusOr<nlohmann::json> Run(double seconds) {
    AnswerBook book;
    const std::vector<v1::RecommendRequest> asked = Enter(&book);
    if (asked.empty()) return absl::FailedPreconditionError("nothing was learned that does not follow the feed");
    AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<LoadClient> load, LoadClient::Create(flags_.client));
    std::atomic<bool> stop{false};
    std::thread feeding([&] {
      while (!stop) feed_.RunStream();
    });
    const LoadReport report =
        load->Run({.rate = flags_.rate, .duration = absl::Seconds(seconds), .deadline = absl::Seconds(30)}, asked,
                  [&book](std::size_t request, const v1::RecommendResponse& answer) { book.Judge(request, answer); });
    stop = true;
    feeding.join();
    return nlohmann::json{{"load", ToJson(report)},
                          {"right", book.right()},
                          {"mixed", book.mixed()},
                          {"unknown", book.unknown()},
                          {"states_seen", book.states_seen()},
                          {"first_wrong", book.first_wrong()},
                          {"feed", FeedJson()}};
  }

  // The requests that are asked; their answers are in the book under their numbers among these.
  std::vector<v1::RecommendRequest> Enter(AnswerBook* book) const {
    std::vector<v1::RecommendRequest> asked;
    std::vector<std::size_t> numbers(requests_.size(), 0);
    for (std::size_t i = 0; i < requests_.size(); ++i) {
      if (follows_feed_.count(i) > 0) continue;
      numbers[i] = asked.size();
      asked.push_back(requests_[i]);
    }
    for (const auto& [request, answer] : answers_) {
      if (follows_feed_.count(request) == 0) book->Enter(numbers[request], answer);
    }
    return asked;
  }

  nlohmann::json FeedJson() const {
    const SoakFeedReport& report = feed_.report();
    return {{"acknowledged", report.acknowledged},
            {"streams", report.streams},
            {"vanished", report.vanished},
            {"checked", report.checked},
            {"stale", report.stale},
            {"failed", report.failed},
            {"first_problem", report.first_problem}};
  }

  const Flags flags_;
  service::Client client_;
  SoakFeed feed_;
  std::vector<v1::RecommendRequest> requests_;
  std::vector<std::pair<std::size_t, v1::RecommendResponse>> answers_;  // of every state that was learned, by request
  std::set<std::size_t> follows_feed_;
};

int Main(const Flags& flags) {
  SoakCalls calls(flags);
  absl::Status status = calls.ReadRequests();
  for (std::string command; status.ok() && std::getline(std::cin, command);) {
    const absl::StatusOr<nlohmann::json> answer = calls.Do(command);
    status = answer.status();
    if (answer.ok()) std::cout << answer->dump() << std::endl;
  }
  if (status.ok()) return 0;
  std::fprintf(stderr, "soak_calls: %s\n", std::string(status.message()).c_str());
  return 1;
}

}  // namespace
}  // namespace awase::load

int main(int argc, char** argv) {
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);  // as `awase serve`
  awase::load::Flags flags;
  CLI::App app("Calls of the soak over gRPC: commands on stdin, JSON on stdout.");
  app.add_option("--server", flags.client.address, "HOST:PORT")->required();
  app.add_option("--connections", flags.client.connections)->check(CLI::Range(1, 1000))->capture_default_str();
  app.add_option("--rate", flags.rate, "Calls per second")->check(CLI::Range(1.0, 1e6))->capture_default_str();
  app.add_option("--feed-product", flags.product, "The product that is fed")->required();
  app.add_option("--feed-page", flags.page, "A product on whose page it is offered")->required();
  app.add_option("--feed-currency", flags.currency, "Of the product's price")->required();
  awase::load::AddRequestFlags(&app, &flags.requests);
  CLI11_PARSE(app, argc, argv);
  return awase::load::Main(flags);
}

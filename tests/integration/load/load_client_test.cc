// The load client against a service of its own, whose slowness is under the test's control.

#include "bench/service/load_client.h"

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "awase/v1/recommendation.grpc.pb.h"
#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase::load {
namespace {

using ::awase::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

// Answers with the request's first product as token; refuses requests without one.
class EchoService final : public v1::RecommendationService::Service {
 public:
  enum class Hold { kNone, kNextCall, kAllCalls };

  grpc::Status Recommend(grpc::ServerContext* context, const v1::RecommendRequest* request,
                         v1::RecommendResponse* response) override {
    const int running = ++running_;
    int most = most_.load();
    while (most < running && !most_.compare_exchange_weak(most, running)) {
    }
    if (hold_ != Hold::kNone) {
      if (hold_ == Hold::kNextCall) hold_ = Hold::kNone;
      while (!context->IsCancelled()) std::this_thread::yield();
    }
    --running_;
    if (request->product_ids().empty()) return grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "none");
    response->set_token(request->product_ids(0));
    return grpc::Status::OK;
  }

  std::atomic<int> running_{0};
  std::atomic<int> most_{0};
  std::atomic<Hold> hold_{Hold::kNone};  // which calls are held until their deadline
};

class LoadClientTest : public ::testing::Test {
 protected:
  void SetUp() override {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
  }

  std::unique_ptr<LoadClient> Client(std::size_t connections, std::size_t calls_at_a_time) {
    auto client = LoadClient::Create({.address = "127.0.0.1:" + std::to_string(port_),
                                      .connections = connections,
                                      .calls_at_a_time = calls_at_a_time});
    EXPECT_THAT(client, testing::IsOk());
    return *std::move(client);
  }

  static v1::RecommendRequest Page(const std::string& product) {
    v1::RecommendRequest request;
    request.add_product_ids(product);
    return request;
  }

  EchoService service_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

TEST_F(LoadClientTest, AnOpenLoopMakesEveryCallThatIsDue) {
  const LoadReport report =
      Client(2, 16)->Run({.rate = 500, .duration = absl::Milliseconds(400)}, {Page("a"), Page("b")});
  EXPECT_EQ(report.due, 200u);
  EXPECT_EQ(report.answered, 200u);
  EXPECT_EQ(report.unsent, 0u);
  EXPECT_EQ(report.latency.count(), 200u);
  EXPECT_GE(report.seconds, 0.39);
}

TEST_F(LoadClientTest, LatencyIsCountedFromWhenACallWasDue) {
  service_.hold_ = EchoService::Hold::kNextCall;
  const LoadReport report = Client(1, 1)->Run(
      {.rate = 100, .duration = absl::Milliseconds(300), .deadline = absl::Milliseconds(300)}, {Page("a")});
  EXPECT_THAT(report.errors, ElementsAre(Pair(absl::StatusCode::kDeadlineExceeded, 1u)));
  EXPECT_EQ(report.answered, 29u);
  // The calls that were due meanwhile waited for the one that was held: half of them 150 ms or more.
  EXPECT_GE(report.latency.max(), absl::Milliseconds(280));
  EXPECT_GE(report.latency.Quantile(0.5), absl::Milliseconds(140));
}

TEST_F(LoadClientTest, CallsThatCouldNotBeginInTimeAreUnsent) {
  service_.hold_ = EchoService::Hold::kAllCalls;
  const LoadReport report = Client(1, 1)->Run(
      {.rate = 1000, .duration = absl::Milliseconds(50), .deadline = absl::Milliseconds(100)}, {Page("a")});
  EXPECT_EQ(report.due, 50u);
  EXPECT_EQ(report.answered, 0u);
  EXPECT_GE(report.unsent, 47u);
  EXPECT_EQ(report.errors.at(absl::StatusCode::kDeadlineExceeded) + report.unsent, 50u);
}

TEST_F(LoadClientTest, AClosedLoopKeepsSoManyCallsOutstanding) {
  const LoadReport report = Client(2, 3)->Run({.duration = absl::Milliseconds(200)}, {Page("a")});
  EXPECT_GT(report.answered, 6u);
  EXPECT_EQ(report.due, report.answered);
  EXPECT_LE(service_.most_, 6);
  EXPECT_EQ(service_.running_, 0);
}

TEST_F(LoadClientTest, EveryAnswerGoesToTheSinkWithItsRequest) {
  std::atomic<std::uint64_t> right{0};
  const LoadReport report = Client(2, 4)->Run({.duration = absl::Milliseconds(100)}, {Page("0"), Page("1"), Page("2")},
                                              [&right](std::size_t request, const v1::RecommendResponse& answer) {
                                                if (answer.token() == std::to_string(request)) ++right;
                                              });
  EXPECT_EQ(right, report.answered);
}

TEST_F(LoadClientTest, ErrorsAreCountedByCode) {
  const LoadReport report =
      Client(1, 4)->Run({.rate = 200, .duration = absl::Milliseconds(100)}, {Page("a"), v1::RecommendRequest()});
  EXPECT_EQ(report.answered, 10u);
  EXPECT_THAT(report.errors, ElementsAre(Pair(absl::StatusCode::kInvalidArgument, 10u)));
}

TEST_F(LoadClientTest, OneClientRunsSeveralTimes) {
  const std::unique_ptr<LoadClient> client = Client(2, 2);
  for (int run = 0; run < 3; ++run) {
    EXPECT_EQ(client->Run({.rate = 1000, .duration = absl::Milliseconds(50)}, {Page("a")}).answered, 50u);
  }
}

TEST_F(LoadClientTest, ServersThatAreNotThereAreSaid) {
  const std::string address = "127.0.0.1:" + std::to_string(port_);
  server_->Shutdown();
  EXPECT_THAT(LoadClient::Create({.address = address, .connect_timeout = absl::Milliseconds(100)}),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr(address)));
}

}  // namespace
}  // namespace awase::load

// What callers may ask, each limit made small.

#include "tests/integration/service/http_server.h"

namespace awase::testing {
namespace {

using ::testing::HasSubstr;

class LimitsTest : public HttpServerTest {
 protected:
  void StartWith(const config::Limits& limits) { StartServer({.http_address = "127.0.0.1:0", .limits = limits}); }
};

TEST_F(LimitsTest, OfRequestsInABatch) {
  StartWith({.batch_requests = 2});
  const auto answer = [this](int requests) {
    v1::BatchRecommendRequest batch;
    for (int i = 0; i < requests; ++i) *batch.add_requests() = CameraPage();
    grpc::ClientContext context;
    const auto reader = recommendations_->BatchRecommend(&context, batch);
    v1::BatchRecommendResponse message;
    while (reader->Read(&message)) {
    }
    return reader->Finish();
  };
  EXPECT_THAT(answer(2), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_THAT(answer(3), IsGrpcStatus(grpc::StatusCode::RESOURCE_EXHAUSTED, HasSubstr("3 are more than 2")));
}

TEST_F(LimitsTest, OfHeadersOverBothWires) {
  StartWith({.header_bytes = 4096});
  const auto answer = [this](std::size_t size) {
    grpc::ClientContext context;
    context.AddMetadata("x-note", std::string(size, 'x'));
    v1::RecommendResponse response;
    return recommendations_->Recommend(&context, CameraPage(), &response);
  };
  EXPECT_THAT(answer(1000), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_THAT(answer(10'000), IsGrpcStatus(grpc::StatusCode::RESOURCE_EXHAUSTED));
  EXPECT_EQ(Get("/healthz", "X-Note: " + std::string(1000, 'x') + "\r\n").status, 200);
  EXPECT_EQ(Get("/healthz", "X-Note: " + std::string(10'000, 'x') + "\r\n").status, 431);
}

TEST_F(LimitsTest, OfCallsAtTheSameTimeOnAConnection) {
  StartWith({.streams_per_connection = 1});
  grpc::ClientContext watching;
  const auto watch = health_->Watch(&watching, {});
  grpc::health::v1::HealthCheckResponse health;
  ASSERT_TRUE(watch->Read(&health));
  grpc::ClientContext waiting;
  waiting.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(50));
  v1::RecommendResponse response;
  EXPECT_THAT(recommendations_->Recommend(&waiting, CameraPage(), &response),
              IsGrpcStatus(grpc::StatusCode::DEADLINE_EXCEEDED));
  watching.TryCancel();
  EXPECT_THAT(RunningServerTest::Recommend(CameraPage(), &response), IsGrpcStatus(grpc::StatusCode::OK));
}

// Every call waits for longer than a nanosecond.
TEST_F(LimitsTest, OfWaitsForRecommend) {
  StartWith({.recommend_wait = absl::Nanoseconds(1)});
  grpc::ClientContext context;
  v1::RecommendResponse response;
  EXPECT_THAT(recommendations_->Recommend(&context, CameraPage(), &response),
              IsGrpcStatus(grpc::StatusCode::RESOURCE_EXHAUSTED, HasSubstr("more calls come")));
  EXPECT_EQ(context.GetServerTrailingMetadata().count("grpc-retry-pushback-ms"), 1U);
  EXPECT_EQ(Recommend(R"({"product_ids": ["camera"]})").status, 200);
  const std::string metrics = Get("/metrics").body;
  EXPECT_THAT(metrics, HasSubstr("\nawase_wait_seconds_count 1\n"));
  EXPECT_THAT(metrics, HasSubstr("\nawase_overloaded 0\n"));  // one call is not most calls of an interval
  EXPECT_THAT(metrics,
              HasSubstr("{method=\"awase.v1.RecommendationService/Recommend\",code=\"RESOURCE_EXHAUSTED\"} 1\n"));
}

TEST_F(LimitsTest, OfConnectionsOfHttp) {
  StartWith({.http_connections = 1});
  Loopback first(HttpPort());
  first.Send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nGET");  // and is about to ask for something else
  EXPECT_THAT(first.ReadUntil("alive\n"), HasSubstr("200 OK"));
  EXPECT_EQ(Get("/healthz").status, 503);
}

TEST_F(LimitsTest, OfTimesOfHttp) {
  StartWith({.header_time = absl::Milliseconds(20), .http_idle_time = absl::Milliseconds(20)});
  Loopback idle(HttpPort());
  EXPECT_EQ(idle.ReadAll(), "");
  Loopback slow(HttpPort());
  slow.Send("GET /healthz HTTP/1.1\r\n");
  EXPECT_EQ(ParseAnswer(slow.ReadAll()).status, 408);
  StartWith({.http_body_time = absl::Milliseconds(20)});
  Loopback half(HttpPort());
  half.Send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nx");
  EXPECT_EQ(ParseAnswer(half.ReadAll()).status, 408);
}

}  // namespace
}  // namespace awase::testing

// What operators ask over HTTP, and how a server with HTTP starts and stops.

#include <future>

#include "tests/integration/service/http_server.h"

namespace awase::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class HttpOperationsTest : public HttpServerTest {};

TEST_F(HttpOperationsTest, IsAliveAndReady) {
  EXPECT_EQ(Get("/healthz").status, 200);
  EXPECT_EQ(Get("/healthz").body, "alive\n");
  EXPECT_EQ(Get("/readyz").status, 200);
  EXPECT_EQ(Get("/readyz").body, "ready\n");
}

TEST_F(HttpOperationsTest, MetricsSayWhatServes) {
  const HttpAnswer answer = Get("/metrics");
  EXPECT_THAT(answer.headers, Contains("Content-Type: text/plain; version=0.0.4; charset=utf-8"));
  EXPECT_THAT(answer.body, HasSubstr("\nawase_ready 1\n"));
  EXPECT_THAT(answer.body, HasSubstr("\nawase_degraded 0\n"));
  EXPECT_THAT(answer.body, HasSubstr("\nawase_rule_problem 0\n"));
  const serving::ReloadStatus status = reloader_->status();
  EXPECT_THAT(answer.body, HasSubstr("\nawase_model_info{version=\"" + status.model_version + "\"} 1\n"));
  EXPECT_THAT(answer.body, HasSubstr("\nawase_rules_info{revision=\"" + status.rule_revision + "\"} 1\n"));
}

TEST_F(HttpOperationsTest, MetricsCountCallsOfBothWays) {
  v1::RecommendResponse response;
  ASSERT_THAT(RunningServerTest::Recommend(CameraPage(), &response), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(Recommend(R"({"product_ids": ["camera"]})").status, 200);
  EXPECT_EQ(Recommend(R"({"product_ids": []})").status, 400);
  EXPECT_EQ(Post("awase.v1.RuleService/ListRevisions", "{}").status, 200);
  const std::string metrics = Get("/metrics").body;
  const std::string recommend = "awase_requests_total{method=\"awase.v1.RecommendationService/Recommend\",code=";
  EXPECT_THAT(metrics, HasSubstr(recommend + "\"OK\"} 2\n"));
  EXPECT_THAT(metrics, HasSubstr(recommend + "\"INVALID_ARGUMENT\"} 1\n"));
  EXPECT_THAT(metrics, HasSubstr("method=\"awase.v1.RuleService/ListRevisions\",code=\"OK\"} 1\n"));
  EXPECT_THAT(metrics, HasSubstr("method=\"awase.v1.RuleService/Publish\",code=\"OK\"} 0\n"));
  EXPECT_THAT(metrics,
              HasSubstr("awase_request_seconds_count{method=\"awase.v1.RecommendationService/Recommend\"} 3\n"));
  EXPECT_THAT(metrics, HasSubstr("awase_answer_seconds_count{placement=\"product_page\"} 2\n"));
  EXPECT_THAT(metrics, HasSubstr("awase_slots_total{placement=\"product_page\",slot=\"also_bought\"} 2\n"));
}

TEST_F(HttpOperationsTest, MetricsCountReloadsAndFailures) {
  WriteRules("pin.yaml", PinRule("pin", "case"));
  Settle();
  WriteRules("pin.yaml", "rules: [");
  Settle();
  const std::string metrics = Get("/metrics").body;
  EXPECT_THAT(metrics, HasSubstr("\nawase_reloads_total 1\n"));
  EXPECT_THAT(metrics, HasSubstr("\nawase_reload_failures_total 1\n"));
  EXPECT_THAT(metrics, HasSubstr("\nawase_rule_problem 1\n"));
}

TEST_F(HttpOperationsTest, WhileCallsFinishTheServerIsNotReady) {
  // A batch whose caller does not read is in flight for certain.
  v1::BatchRecommendRequest batch;
  for (int i = 0; i < 1000; ++i) *batch.add_requests() = CameraPage();
  grpc::ClientContext context;
  const auto reader = recommendations_->BatchRecommend(&context, batch);
  v1::BatchRecommendResponse message;
  ASSERT_TRUE(reader->Read(&message));
  std::future<void> shutdown = std::async(std::launch::async, [this] { server_->Shutdown(absl::InfiniteDuration()); });
  while (Get("/readyz").status != 503) {
  }
  EXPECT_EQ(Get("/readyz").body, "draining\n");
  EXPECT_EQ(Get("/healthz").status, 200);
  EXPECT_THAT(Get("/metrics").body, HasSubstr("\nawase_ready 0\n"));
  const HttpAnswer refused = Recommend(R"({"product_ids": ["camera"]})");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.Json()["code"], "unavailable");
  while (reader->Read(&message)) {
  }
  EXPECT_THAT(reader->Finish(), IsGrpcStatus(grpc::StatusCode::OK));
  shutdown.get();
  EXPECT_FALSE(Loopback(HttpPort()).is_connected());
}

TEST_F(HttpOperationsTest, WithoutAnAddressThereIsNoHttp) {
  StartServer({});
  EXPECT_EQ(server_->http_address(), "");
}

TEST_F(HttpOperationsTest, AnAddressInUseIsSaid) {
  service::Server::Options options = {.address = "127.0.0.1:0", .http_address = server_->http_address()};
  EXPECT_THAT(service::Server::Create(options, reloader_.get()),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr(server_->http_address() + " is in use")));
  options.http_address = "nowhere";
  EXPECT_THAT(service::Server::Create(options, reloader_.get()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("want HOST:PORT")));
}

}  // namespace
}  // namespace awase::testing

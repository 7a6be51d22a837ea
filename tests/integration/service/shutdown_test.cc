// Graceful shutdown with calls in flight. A batch whose caller has stopped reading is in flight for certain: the
// transport takes some 64 KiB of its answers, the rest waits.

#include <atomic>
#include <thread>

#include "tests/integration/service/running_server.h"

namespace awase::testing {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

class ShutdownTest : public RunningServerTest {
 protected:
  void SetUp() override {
    RunningServerTest::SetUp();
    v1::BatchRecommendRequest batch;
    for (int i = 0; i < 1000; ++i) *batch.add_requests() = CameraPage();
    reader_ = recommendations_->BatchRecommend(&batch_context_, batch);
    v1::BatchRecommendResponse response;
    ASSERT_TRUE(reader_->Read(&response));
  }

  grpc::ClientContext batch_context_;
  std::unique_ptr<grpc::ClientReader<v1::BatchRecommendResponse>> reader_;
};

TEST_F(ShutdownTest, CallsInFlightFinishAndNewOnesAreRefused) {
  grpc::ClientContext watch_context;
  const auto watch = health_->Watch(&watch_context, HealthCheckRequest());
  HealthCheckResponse health;
  ASSERT_TRUE(watch->Read(&health));
  std::atomic<bool> has_shut_down{false};
  std::thread shutdown([this, &has_shut_down] {
    server_->Shutdown(absl::InfiniteDuration());
    has_shut_down.store(true);
  });
  EXPECT_TRUE(watch->Read(&health));
  EXPECT_EQ(health.status(), HealthCheckResponse::NOT_SERVING);
  EXPECT_FALSE(watch->Read(&health));
  EXPECT_TRUE(watch->Finish().ok());
  const auto refused = IsGrpcStatus(grpc::StatusCode::UNAVAILABLE, ::testing::HasSubstr("is shutting down"));
  v1::RecommendResponse response;
  EXPECT_THAT(Recommend(CameraPage(), &response), refused);
  grpc::ClientContext product_context;
  v1::Product product;
  EXPECT_THAT(catalog_->GetProduct(&product_context, v1::GetProductRequest(), &product), refused);
  grpc::ClientContext rules_context;
  v1::ValidateRulesResponse findings;
  EXPECT_THAT(rules_->Validate(&rules_context, v1::ValidateRulesRequest(), &findings), refused);
  grpc::ClientContext second_batch_context;
  const auto second_batch = recommendations_->BatchRecommend(&second_batch_context, v1::BatchRecommendRequest());
  EXPECT_THAT(second_batch->Finish(), refused);
  EXPECT_FALSE(has_shut_down.load());

  int count = 1;
  v1::BatchRecommendResponse message;
  while (reader_->Read(&message)) ++count;
  EXPECT_EQ(count, 1000);
  EXPECT_THAT(reader_->Finish(), IsGrpcStatus(grpc::StatusCode::OK));
  shutdown.join();
}

TEST_F(ShutdownTest, AfterTheGraceCallsAreCancelled) {
  server_->Shutdown(absl::Milliseconds(1));
  v1::BatchRecommendResponse message;
  while (reader_->Read(&message)) {
  }
  EXPECT_FALSE(reader_->Finish().ok());
}

TEST_F(ShutdownTest, ASecondShutdownDoesNothing) {
  server_->Shutdown(absl::ZeroDuration());
  server_->Shutdown(absl::InfiniteDuration());
  v1::BatchRecommendResponse message;
  while (reader_->Read(&message)) {  // Finish alone would wait for the answers that have arrived to be read
  }
  EXPECT_FALSE(reader_->Finish().ok());
}

}  // namespace
}  // namespace awase::testing

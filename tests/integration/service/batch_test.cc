// BatchRecommend: order, errors within, limits, callers that leave.

#include <chrono>

#include "tests/integration/service/running_server.h"

namespace awase::testing {
namespace {

using ::testing::HasSubstr;

class BatchTest : public RunningServerTest {
 protected:
  static v1::BatchRecommendRequest CameraPages(int count) {
    v1::BatchRecommendRequest batch;
    for (int i = 0; i < count; ++i) *batch.add_requests() = CameraPage();
    return batch;
  }

  grpc::Status Run(const v1::BatchRecommendRequest& batch, std::vector<v1::BatchRecommendResponse>* responses) {
    grpc::ClientContext context;
    const auto reader = recommendations_->BatchRecommend(&context, batch);
    v1::BatchRecommendResponse response;
    while (reader->Read(&response)) responses->push_back(response);
    return reader->Finish();
  }
};

TEST_F(BatchTest, AnswersInTheOrderOfTheRequestsAndNamesTheBadOnes) {
  v1::BatchRecommendRequest batch = CameraPages(5);
  batch.mutable_requests(2)->set_placement("window");
  std::vector<v1::BatchRecommendResponse> responses;
  ASSERT_THAT(Run(batch, &responses), IsGrpcStatus(grpc::StatusCode::OK));
  ASSERT_EQ(responses.size(), 5u);
  for (std::size_t i = 0; i < responses.size(); ++i) {
    EXPECT_EQ(responses[i].index(), i);
    EXPECT_EQ(responses[i].has_error(), i == 2);
  }
  EXPECT_EQ(responses[2].error().code(), static_cast<int>(grpc::StatusCode::INVALID_ARGUMENT));
  EXPECT_THAT(responses[2].error().message(), HasSubstr("placement"));
  EXPECT_EQ(responses[3].response().slots_size(), 4);
}

TEST_F(BatchTest, AThousandRequestsAreTakenAndNoMore) {
  std::vector<v1::BatchRecommendResponse> responses;
  EXPECT_THAT(Run(CameraPages(1000), &responses), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(responses.size(), 1000u);
  responses.clear();
  EXPECT_THAT(Run(CameraPages(1001), &responses),
              IsGrpcStatus(grpc::StatusCode::RESOURCE_EXHAUSTED, HasSubstr("1001")));
  EXPECT_THAT(Run(CameraPages(0), &responses), IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("requests")));
  EXPECT_TRUE(responses.empty());
}

TEST_F(BatchTest, ABatchThatHasEndedHoldsNoPlace) {
  service::Server::Options options;
  options.limits.slow_calls = 1;
  StartServer(options);
  for (int i = 0; i < 200; ++i) {
    std::vector<v1::BatchRecommendResponse> responses;
    ASSERT_THAT(Run(CameraPages(1), &responses), IsGrpcStatus(grpc::StatusCode::OK)) << i;
  }
}

TEST_F(BatchTest, ABatchComesFromOneSnapshot) {
  grpc::ClientContext context;
  const auto reader = recommendations_->BatchRecommend(&context, CameraPages(1000));
  v1::BatchRecommendResponse response;
  ASSERT_TRUE(reader->Read(&response));
  const std::string revision = response.response().rule_revision();
  WriteRules("a.yaml", PinRule("pin", "case"));
  Settle();
  ASSERT_NE(reloader_->status().rule_revision, revision);
  int count = 1;
  for (; reader->Read(&response); ++count) ASSERT_EQ(response.response().rule_revision(), revision);
  EXPECT_EQ(count, 1000);
  EXPECT_THAT(reader->Finish(), IsGrpcStatus(grpc::StatusCode::OK));
}

TEST_F(BatchTest, TheDeadlineEndsABatchThatNobodyReads) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(100));
  const auto reader = recommendations_->BatchRecommend(&context, CameraPages(1000));
  EXPECT_THAT(reader->Finish(), IsGrpcStatus(grpc::StatusCode::DEADLINE_EXCEEDED));
  server_->Shutdown(absl::InfiniteDuration());  // returns only when the server has given the batch up as well
}

TEST_F(BatchTest, ACallerThatLeavesFreesItsPlace) {
  service::Server::Options options;
  options.limits.slow_calls = 1;
  StartServer(options);
  grpc::ClientContext context;
  const auto reader = recommendations_->BatchRecommend(&context, CameraPages(1000));
  v1::BatchRecommendResponse response;
  ASSERT_TRUE(reader->Read(&response));
  std::vector<v1::BatchRecommendResponse> responses;
  EXPECT_THAT(Run(CameraPages(1), &responses),
              IsGrpcStatus(grpc::StatusCode::RESOURCE_EXHAUSTED, HasSubstr("try again")));
  v1::RecommendResponse page;
  EXPECT_THAT(Recommend(CameraPage(), &page), IsGrpcStatus(grpc::StatusCode::OK));  // pages do not wait for batches
  context.TryCancel();
  EXPECT_THAT(reader->Finish(), IsGrpcStatus(grpc::StatusCode::CANCELLED));
  grpc::Status status;
  do {
    responses.clear();
    status = Run(CameraPages(1), &responses);
  } while (status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_THAT(status, IsGrpcStatus(grpc::StatusCode::OK));
}

}  // namespace
}  // namespace awase::testing

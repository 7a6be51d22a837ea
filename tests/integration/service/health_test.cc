// grpc.health.v1 and reflection, as probes and grpcurl use them.

#include <string>
#include <thread>

#include "grpcpp/generic/generic_stub.h"
#include "tests/integration/service/running_server.h"

namespace awase::testing {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;
using ::testing::HasSubstr;

class HealthTest : public RunningServerTest {
 protected:
  grpc::Status Check(const std::string& service, HealthCheckResponse* response) {
    grpc::ClientContext context;
    HealthCheckRequest request;
    request.set_service(service);
    return health_->Check(&context, request, response);
  }

  // One round of the reflection stream, by bytes: Debian ships no generated code for it. `request` is a serialised
  // ServerReflectionRequest; returns the serialised ServerReflectionResponse.
  std::string AskReflection(const std::string& request) {
    grpc::GenericStub stub(channel_);
    grpc::ClientContext context;
    grpc::CompletionQueue queue;
    const auto stream =
        stub.PrepareCall(&context, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", &queue);
    const auto await = [&queue] {
      void* tag = nullptr;
      bool ok = false;
      EXPECT_TRUE(queue.Next(&tag, &ok));
      return ok;
    };
    stream->StartCall(nullptr);
    await();
    const grpc::Slice slice(request);
    stream->Write(grpc::ByteBuffer(&slice, 1), nullptr);
    await();
    grpc::ByteBuffer answer;
    stream->Read(&answer, nullptr);
    EXPECT_TRUE(await());
    grpc::Slice bytes;
    EXPECT_TRUE(answer.DumpToSingleSlice(&bytes).ok());
    context.TryCancel();
    grpc::Status status;
    stream->Finish(&status, nullptr);
    await();
    return std::string(bytes.begin(), bytes.end());
  }
};

TEST_F(HealthTest, TheServerAndEachServiceAreServing) {
  for (const char* service : {"", "awase.v1.RecommendationService", "awase.v1.CatalogService", "awase.v1.RuleService",
                              "awase.v1.FeedbackService"}) {
    HealthCheckResponse response;
    ASSERT_THAT(Check(service, &response), IsGrpcStatus(grpc::StatusCode::OK)) << service;
    EXPECT_EQ(response.status(), HealthCheckResponse::SERVING) << service;
  }
}

TEST_F(HealthTest, AnUnknownServiceIsNotFound) {
  HealthCheckResponse response;
  EXPECT_THAT(Check("awase.v1.Nothing", &response), IsGrpcStatus(grpc::StatusCode::NOT_FOUND));
}

TEST_F(HealthTest, AWatcherOfAnUnknownServiceIsToldSo) {
  grpc::ClientContext context;
  HealthCheckRequest request;
  request.set_service("awase.v1.Nothing");
  const auto watch = health_->Watch(&context, request);
  HealthCheckResponse response;
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVICE_UNKNOWN);
  context.TryCancel();
  EXPECT_THAT(watch->Finish(), IsGrpcStatus(grpc::StatusCode::CANCELLED));
}

TEST_F(HealthTest, AWatcherIsToldOfTheEndAndDoesNotHoldItUp) {
  grpc::ClientContext context;
  const auto watch = health_->Watch(&context, HealthCheckRequest());
  HealthCheckResponse response;
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVING);
  std::thread shutdown([this] { server_->Shutdown(absl::InfiniteDuration()); });
  EXPECT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::NOT_SERVING);
  EXPECT_FALSE(watch->Read(&response));
  EXPECT_THAT(watch->Finish(), IsGrpcStatus(grpc::StatusCode::OK));
  shutdown.join();
}

TEST_F(HealthTest, ABrokenRuleFolderLeavesHealthServing) {
  WriteRules("a.yaml", "rules: 3\n");
  Settle();
  ASSERT_THAT(reloader_->status().folder_problem, HasSubstr("a.yaml"));
  HealthCheckResponse response;
  ASSERT_THAT(Check("", &response), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVING);
}

TEST_F(HealthTest, ReflectionListsAndDescribesTheServices) {
  const std::string list_services("\x3a\x00", 2);  // field 7, ""
  const std::string services = AskReflection(list_services);
  for (const char* service : {"awase.v1.RecommendationService", "awase.v1.CatalogService", "awase.v1.RuleService",
                              "awase.v1.FeedbackService", "grpc.health.v1.Health"}) {
    EXPECT_THAT(services, HasSubstr(service));
  }
  const std::string symbol = "grpc.health.v1.Health";
  const std::string file_containing_symbol = "\x22" + std::string(1, static_cast<char>(symbol.size())) + symbol;
  EXPECT_THAT(AskReflection(file_containing_symbol), HasSubstr("grpc/health/v1/health.proto"));
}

}  // namespace
}  // namespace awase::testing

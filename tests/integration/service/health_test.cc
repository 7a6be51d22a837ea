// grpc.health.v1 and reflection, as probes and grpcurl use them.

#include <string>
#include <thread>

#include "awase/artefact/writer.h"
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

  HealthCheckResponse::ServingStatus StatusOf(const std::string& service) {
    HealthCheckResponse response;
    EXPECT_THAT(Check(service, &response), IsGrpcStatus(grpc::StatusCode::OK)) << service;
    return response.status();
  }

  // Ends the server, which a watcher is told, and which does not wait for it.
  void ExpectToldOfTheEnd(grpc::ClientReader<HealthCheckResponse>* watch) {
    std::thread shutdown([this] { server_->Shutdown(absl::InfiniteDuration()); });
    HealthCheckResponse response;
    EXPECT_TRUE(watch->Read(&response));
    EXPECT_EQ(response.status(), HealthCheckResponse::NOT_SERVING);
    EXPECT_FALSE(watch->Read(&response));
    EXPECT_THAT(watch->Finish(), IsGrpcStatus(grpc::StatusCode::OK));
    shutdown.join();
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
                              "awase.v1.FeedbackService", "awase.rules", "awase.model", "awase.live"}) {
    EXPECT_EQ(StatusOf(service), HealthCheckResponse::SERVING) << service;
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
  ExpectToldOfTheEnd(watch.get());
}

TEST_F(HealthTest, ABrokenRuleFolderIsSaidOfTheRulesAlone) {
  WriteRules("a.yaml", "rules: 3\n");
  Settle();
  ASSERT_THAT(reloader_->status().folder_problem, HasSubstr("a.yaml"));
  EXPECT_EQ(StatusOf("awase.rules"), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(StatusOf("awase.model"), HealthCheckResponse::SERVING);
  EXPECT_EQ(StatusOf(""), HealthCheckResponse::SERVING);
  EXPECT_EQ(StatusOf("awase.v1.RuleService"), HealthCheckResponse::SERVING);
  WriteRules("a.yaml", PinRule("pin", "case"));
  Settle();
  EXPECT_EQ(StatusOf("awase.rules"), HealthCheckResponse::SERVING);
}

TEST_F(HealthTest, RulesThatDoNotFitTheNewModelAreSaidOfTheRules) {
  WriteRules("a.yaml", SetRule("set", "USD 505.00", "Together"));
  Settle();
  AWASE_ASSERT_OK(WriteCameraShop(Models(), 100).status());  // camera and film cost USD 501.00 now
  Settle();
  ASSERT_THAT(reloader_->status().rule_problem, HasSubstr("do not validate"));
  EXPECT_EQ(StatusOf("awase.rules"), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(StatusOf("awase.model"), HealthCheckResponse::SERVING);
}

TEST_F(HealthTest, ARefusedVersionIsSaidOfTheModelAlone) {
  const std::string good = reloader_->status().model_version;
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string broken, WriteCameraShop(Models(), 1200));
  AWASE_ASSERT_OK(BreakVersion(Models(), broken));
  Settle();
  EXPECT_EQ(StatusOf("awase.model"), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(StatusOf("awase.rules"), HealthCheckResponse::SERVING);
  EXPECT_EQ(StatusOf(""), HealthCheckResponse::SERVING);
  AWASE_ASSERT_OK(artefact::ActivateVersion(Models(), good));
  Settle();
  EXPECT_EQ(StatusOf("awase.model"), HealthCheckResponse::SERVING);
}

TEST_F(HealthTest, AProblemFromBeforeTheStartIsSaid) {
  WriteRules("a.yaml", "rules: 3\n");
  Settle();
  AWASE_ASSERT_OK_AND_ASSIGN(server_, service::Server::Create({.address = "127.0.0.1:0"}, reloader_.get()));
  health_ =
      grpc::health::v1::Health::NewStub(grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()));
  EXPECT_EQ(StatusOf("awase.rules"), HealthCheckResponse::NOT_SERVING);
}

TEST_F(HealthTest, AWatcherOfTheRulesIsToldWhenTheyAreRefusedAndWhenTheyAreMended) {
  grpc::ClientContext context;
  HealthCheckRequest request;
  request.set_service("awase.rules");
  const auto watch = health_->Watch(&context, request);
  HealthCheckResponse response;
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVING);
  WriteRules("a.yaml", "rules: 3\n");
  Settle();
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::NOT_SERVING);
  WriteRules("a.yaml", PinRule("pin", "case"));
  Settle();
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVING);
  ExpectToldOfTheEnd(watch.get());
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

// Who may call: every method of the services as every role, over both wires.

#include <future>
#include <utility>

#include "absl/strings/match.h"
#include "awase/access/roles.h"
#include "awase/base/sha256.h"
#include "grpcpp/generic/generic_stub.h"
#include "service/call_counts.h"
#include "service/service_names.h"
#include "tests/integration/service/http_server.h"

namespace awase::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

bool IsRefused(grpc::StatusCode code) {
  return code == grpc::StatusCode::UNAUTHENTICATED || code == grpc::StatusCode::PERMISSION_DENIED;
}

class AccessTest : public HttpServerTest {
 protected:
  void StartGuarded() {
    WriteTokens("");
    StartServer({.http_address = "127.0.0.1:0", .access = {.token_file = dir_.Join("tokens")}});
  }

  // One of each role, whose name is its token, with `more` at its end.
  void WriteTokens(const std::string& more) {
    std::string tokens;
    for (const std::string& role : access::RoleNames()) {
      absl::StrAppend(&tokens, role, "-holder ", role, " ", Sha256Hex(absl::StrCat(role, more)), "\n");
    }
    dir_.Write("tokens", tokens);
  }

  // An empty request over gRPC, whatever the method.
  grpc::Status CallOverGrpc(const std::string& method, const std::string& token) {
    grpc::TemplatedGenericStub<grpc::ByteBuffer, grpc::ByteBuffer> stub(channel_);
    grpc::ClientContext context;
    if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
    grpc::Slice nothing;
    const grpc::ByteBuffer request(&nothing, 1);
    grpc::ByteBuffer response;
    std::promise<grpc::Status> status;
    stub.UnaryCall(&context, "/" + method, grpc::StubOptions(), &request, &response,
                   [&status](grpc::Status outcome) { status.set_value(std::move(outcome)); });
    return status.get_future().get();
  }

  HttpAnswer CallOverHttp(const std::string& method, const std::string& token) const {
    const std::string authorization = token.empty() ? "" : absl::StrCat("Authorization: Bearer ", token, "\r\n");
    if (method == "metrics") return Get("/metrics", authorization);
    return Post(method, "{}", "Content-Type: application/json\r\n" + authorization);
  }
};

TEST_F(AccessTest, EveryMethodIsForTheRolesOfTheTableOverBothWires) {
  StartGuarded();
  for (const access::MethodRoles& row : access::MethodTable()) {
    const std::string method(row.method);
    for (const std::string& name : access::RoleNames()) {
      const bool may_call = row.roles.Overlaps({*access::FindRole(name)});
      const int http_status = CallOverHttp(method, name).status;
      EXPECT_EQ(http_status != 401 && http_status != 403, may_call) << method << " as " << name << ": " << http_status;
      if (method == "metrics") continue;
      const grpc::Status status = CallOverGrpc(method, name);
      EXPECT_EQ(!IsRefused(status.error_code()), may_call)
          << method << " as " << name << ": " << status.error_message();
    }
  }
}

TEST_F(AccessTest, WhoShowsNothingMayCallNothing) {
  StartGuarded();
  for (const access::MethodRoles& row : access::MethodTable()) {
    const std::string method(row.method);
    EXPECT_EQ(CallOverHttp(method, "").status, 401) << method;
    if (method == "metrics") continue;
    EXPECT_THAT(CallOverGrpc(method, ""),
                IsGrpcStatus(grpc::StatusCode::UNAUTHENTICATED, HasSubstr(method + " is for")));
  }
}

TEST_F(AccessTest, HealthAndReadinessAreForEverybody) {
  StartGuarded();
  EXPECT_EQ(Get("/healthz").status, 200);
  EXPECT_EQ(Get("/readyz").status, 200);
  EXPECT_THAT(CallOverGrpc("grpc.health.v1.Health/Check", ""), IsGrpcStatus(grpc::StatusCode::OK));
}

TEST_F(AccessTest, RefusalsSayWhatToShowAndNeverWhatWasShown) {
  StartGuarded();
  const HttpAnswer unknown = CallOverHttp("awase.v1.RuleService/Publish", "not-a-token");
  EXPECT_EQ(unknown.status, 401);
  EXPECT_EQ(unknown.Json()["code"], "unauthenticated");
  EXPECT_THAT(unknown.headers, Contains("WWW-Authenticate: Bearer realm=\"awase\", error=\"invalid_token\""));
  EXPECT_THAT(unknown.body, Not(HasSubstr("not-a-token")));
  const HttpAnswer wrong = CallOverHttp("awase.v1.RuleService/Publish", "feed");
  EXPECT_EQ(wrong.status, 403);
  EXPECT_THAT(wrong.headers, Contains("WWW-Authenticate: Bearer realm=\"awase\", error=\"insufficient_scope\""));
  EXPECT_THAT(wrong.body, HasSubstr("Publish is for merchandiser: feed-holder has feed"));
  EXPECT_THAT(CallOverHttp("metrics", "").headers, Contains("WWW-Authenticate: Bearer realm=\"awase\""));
  EXPECT_THAT(CallOverGrpc("awase.v1.RuleService/Publish", "not-a-token"),
              IsGrpcStatus(grpc::StatusCode::UNAUTHENTICATED,
                           AllOf(HasSubstr("the token is not known here"), Not(HasSubstr("not-a-token")))));
}

TEST_F(AccessTest, RefusedCallsAreCountedAndTokensAreNot) {
  StartGuarded();
  CallOverGrpc("awase.v1.RuleService/Publish", "feed");
  CallOverHttp("awase.v1.RuleService/Publish", "feed");
  CallOverHttp("awase.v1.RuleService/Publish", "not-a-token");
  const std::string metrics = CallOverHttp("metrics", "operator").body;
  EXPECT_THAT(metrics, HasSubstr("{method=\"awase.v1.RuleService/Publish\",code=\"PERMISSION_DENIED\"} 2\n"));
  EXPECT_THAT(metrics, HasSubstr("{method=\"awase.v1.RuleService/Publish\",code=\"UNAUTHENTICATED\"} 1\n"));
  EXPECT_THAT(metrics, Not(HasSubstr("not-a-token")));
}

TEST_F(AccessTest, AChangedTokenFileHoldsWithoutARestart) {
  StartGuarded();
  const std::string recommend = "awase.v1.RecommendationService/Recommend";
  WriteTokens("-2");
  Settle();
  EXPECT_THAT(CallOverGrpc(recommend, "storefront"), IsGrpcStatus(grpc::StatusCode::UNAUTHENTICATED));
  EXPECT_THAT(CallOverGrpc(recommend, "storefront-2"), IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT));
  EXPECT_EQ(CallOverHttp(recommend, "storefront").status, 401);
  EXPECT_EQ(CallOverHttp(recommend, "storefront-2").status, 400);
}

TEST_F(AccessTest, ABrokenTokenFileLeavesTheOldTokensAndSaysSo) {
  StartGuarded();
  const auto health = [this] {
    grpc::ClientContext context;
    grpc::health::v1::HealthCheckRequest request;
    request.set_service("awase.access");
    grpc::health::v1::HealthCheckResponse response;
    EXPECT_TRUE(health_->Check(&context, request, &response).ok());
    return response.status();
  };
  EXPECT_EQ(health(), grpc::health::v1::HealthCheckResponse::SERVING);
  dir_.Write("tokens", "web storefront\n");
  Settle();
  EXPECT_EQ(health(), grpc::health::v1::HealthCheckResponse::NOT_SERVING);
  EXPECT_THAT(CallOverHttp("metrics", "operator").body, HasSubstr("\nawase_access_problem 1\n"));
  WriteTokens("");
  Settle();
  EXPECT_EQ(health(), grpc::health::v1::HealthCheckResponse::SERVING);
  EXPECT_THAT(CallOverHttp("metrics", "operator").body, HasSubstr("\nawase_access_problem 0\n"));
}

TEST_F(AccessTest, WhereOthersReachAServerWithoutAccessOnlyTheStorefrontIsOn) {
  std::vector<std::string> said;
  address_ = "0.0.0.0:0";
  StartServer(
      {.http_address = "0.0.0.0:0", .warn = [&said](const std::string& sentence) { said.push_back(sentence); }});
  v1::RecommendResponse response;
  EXPECT_THAT(RunningServerTest::Recommend(CameraPage(), &response), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_THAT(CallOverGrpc("awase.v1.RuleService/Publish", ""),
              IsGrpcStatus(grpc::StatusCode::PERMISSION_DENIED, HasSubstr("access: in the configuration")));
  EXPECT_EQ(CallOverHttp("metrics", "").status, 403);
  EXPECT_EQ(Recommend(R"({"product_ids": ["camera"]})").status, 200);
  EXPECT_THAT(said, ::testing::ElementsAre(StartsWith("gRPC on 0.0.0.0:0 can be reached"),
                                           StartsWith("HTTP on 0.0.0.0:0 can be reached")));
}

TEST_F(AccessTest, EverybodyMayDoWhatIsGivenToThem) {
  address_ = "0.0.0.0:0";
  StartServer({.http_address = "0.0.0.0:0", .access = {.anonymous = access::RoleSet({access::Role::kOperator})}});
  EXPECT_EQ(CallOverHttp("metrics", "").status, 200);
  EXPECT_EQ(CallOverHttp("awase.v1.RecommendationService/Recommend", "").status, 403);
}

TEST_F(AccessTest, DoesNotStartOnATokenFileThatIsBroken) {
  dir_.Write("tokens", "web storefront\n");
  EXPECT_THAT(service::Server::Create({.address = "127.0.0.1:0", .access = {.token_file = dir_.Join("tokens")}},
                                      reloader_.get()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("tokens:1:5: want NAME ROLES SHA256")));
}

TEST_F(AccessTest, HistorySaysWhoPublishedWhateverTheAuthorSays) {
  StartGuarded();
  const auto publish_over_http = [this](const std::string& method, const std::string& body) {
    return Post("awase.v1.RuleService/" + method, body,
                "Content-Type: application/json\r\nAuthorization: Bearer merchandiser\r\n");
  };
  v1::PublishRulesRequest request;
  request.set_author("Tanaka");
  v1::RuleFile* file = request.add_files();
  file->set_name("a.yaml");
  file->set_content(PinRule("pin", "case"));
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer merchandiser");
  v1::PublishRulesResponse published;
  ASSERT_THAT(rules_->Publish(&context, request, &published), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(publish_over_http("Rollback", R"({"author": "Sato"})").status, 200);
  const nlohmann::json history = publish_over_http("ListRevisions", "{}").Json();
  ASSERT_EQ(history["revisions"].size(), 3U);
  EXPECT_EQ(history["revisions"][0]["author"], "Sato");
  EXPECT_EQ(history["revisions"][0]["published_by"], "merchandiser-holder");
  EXPECT_EQ(history["revisions"][1]["author"], "Tanaka");
  EXPECT_EQ(history["revisions"][1]["published_by"], "merchandiser-holder");
  EXPECT_EQ(history["revisions"][2]["published_by"], "");
}

}  // namespace
}  // namespace awase::testing

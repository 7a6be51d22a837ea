// The methods of gRPC as JSON over HTTP.

#include "awase/service/json_text.h"
#include "awase/v1/feedback.pb.h"
#include "tests/integration/service/http_server.h"

namespace awase::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kJson[] = "Content-Type: application/json\r\n";
constexpr char kRecommend[] = "awase.v1.RecommendationService/Recommend";

class HttpCallsTest : public HttpServerTest {};

MATCHER_P3(IsError, status, code, message, "") {
  const nlohmann::json error = arg.Json();
  *result_listener << arg.status << " " << arg.body;
  return arg.status == status && error.is_object() && error.value("code", "") == code &&
         ::testing::ExplainMatchResult(message, error.value("message", ""), result_listener);
}

TEST_F(HttpCallsTest, TheAnswerIsThatOfGrpc) {
  const HttpAnswer answer = Recommend(R"({"product_ids": ["camera"]})");
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.headers, Contains("Content-Type: application/json"));
  v1::RecommendResponse over_grpc;
  ASSERT_THAT(RunningServerTest::Recommend(CameraPage(), &over_grpc), IsGrpcStatus(grpc::StatusCode::OK));
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string text, service::ToJsonText(over_grpc, service::JsonLayout::kIndented));
  nlohmann::json expected = nlohmann::json::parse(text);
  nlohmann::json got = answer.Json();
  EXPECT_NE(got["token"], expected["token"]);
  got.erase("token");
  expected.erase("token");
  EXPECT_EQ(got, expected);
  EXPECT_EQ(got["slots"][0]["name"], "bundle");
}

TEST_F(HttpCallsTest, BinaryMessagesAreTakenToo) {
  const HttpAnswer answer = Post(kRecommend, CameraPage().SerializeAsString(), "Content-Type: application/proto\r\n");
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.headers, Contains("Content-Type: application/proto"));
  v1::RecommendResponse response;
  ASSERT_TRUE(response.ParseFromString(answer.body));
  EXPECT_EQ(response.slots_size(), 4);
  EXPECT_THAT(Post(kRecommend, "\xff\xff", "Content-Type: application/proto\r\n"),
              IsError(400, "invalid_argument", HasSubstr("no awase.v1.RecommendRequest")));
}

// All of it would take many seconds.
TEST_F(HttpCallsTest, AComparisonEndsWhenItsDeadlinePasses) {
  EXPECT_THAT(Post("awase.v1.RuleService/Diff",
                   R"({"files": [{"name": "a.yaml", "content": "rules: []"}], "max_requests": 200000})",
                   absl::StrCat(kJson, "Connect-Timeout-Ms: 300\r\n")),
              IsError(504, "deadline_exceeded", HasSubstr("before the answer was made")));
}

TEST_F(HttpCallsTest, AComparisonEndsWithTheServer) {
  StartServer({.http_address = "127.0.0.1:0", .limits = {.slow_calls = 1}});
  std::thread caller([this] {
    int status = 0;
    do {
      status = Post("awase.v1.RuleService/Diff",
                    R"({"files": [{"name": "a.yaml", "content": "rules: []"}], "max_requests": 1000000})")
                   .status;
    } while (status == 429);  // the place was taken
    EXPECT_NE(status, 200) << "to the end it takes the better part of a minute";
  });
  while (Post("awase.v1.RuleService/ListRevisions", "{}").status == 200) {
  }  // until the comparison has the only place
  server_->Shutdown(absl::Milliseconds(1));
  caller.join();
}

TEST_F(HttpCallsTest, EveryServiceAnswers) {
  EXPECT_EQ(Post("awase.v1.CatalogService/GetProduct", R"({"product_id": "film"})").Json()["product_id"], "film");
  EXPECT_EQ(Post("awase.v1.RecommendationService/Explain",
                 R"({"request": {"product_ids": ["camera"]}, "product_id": "film"})")
                .status,
            200);
  EXPECT_EQ(Post("awase.v1.RuleService/ListRevisions", "{}").status, 200);
  EXPECT_EQ(Post("awase.v1.FeedbackService/EraseCustomer", R"({"customer_id": "c"})").status, 400);
}

TEST_F(HttpCallsTest, NoMethodOfSingleRequestsIsLeftOut) {
  const google::protobuf::FileDescriptor* files[] = {
      v1::RecommendRequest::descriptor()->file(), v1::GetProductRequest::descriptor()->file(),
      v1::PublishRulesRequest::descriptor()->file(), v1::EraseCustomerRequest::descriptor()->file()};
  for (const google::protobuf::FileDescriptor* file : files) {
    const google::protobuf::ServiceDescriptor& service = *file->service(0);
    for (int i = 0; i < service.method_count(); ++i) {
      const HttpAnswer answer = Post(absl::StrCat(service.full_name(), "/", service.method(i)->name()), "{}");
      // 404 without a path, 501 where one request has many answers.
      const bool is_left_out = service.method(i)->server_streaming() && !service.method(i)->client_streaming();
      EXPECT_EQ(answer.Json().value("code", "") == "unimplemented", is_left_out)
          << service.method(i)->full_name() << " " << answer.body;
    }
  }
}

TEST_F(HttpCallsTest, RulesArePublished) {
  const nlohmann::json files = {
      {"files", {{{"name", "set.yaml"}, {"content", SetRule("set", "509.00 USD", "Together")}}}}};
  const HttpAnswer published = Post("awase.v1.RuleService/Publish", files.dump());
  ASSERT_EQ(published.status, 200) << published.body;
  const nlohmann::json page = Recommend(R"({"product_ids": ["camera"]})").Json();
  EXPECT_EQ(page["rule_revision"], published.Json()["revision"]);
}

TEST_F(HttpCallsTest, ErrorsHaveCodeAndMessage) {
  EXPECT_THAT(Recommend(R"({"product_ids": []})"), IsError(400, "invalid_argument", HasSubstr("product_ids")));
  EXPECT_THAT(Post("awase.v1.CatalogService/GetProduct", R"({"product_id": "ghost"})"),
              IsError(404, "not_found", HasSubstr("ghost")));
  EXPECT_THAT(Post("awase.v1.RuleService/Rollback", R"({"revision": "#99"})"), IsError(404, "not_found", ::testing::_));
  EXPECT_THAT(Post("awase.v1.FeedbackService/EraseCustomer", R"({"customer_id": "c"})"),
              IsError(400, "failed_precondition", HasSubstr("--exposures")));
}

TEST_F(HttpCallsTest, WrongJsonIsNamed) {
  EXPECT_THAT(Recommend(R"({"product_id": ["camera"]})"),
              IsError(400, "invalid_argument", HasSubstr("field product_id: there is no such field; did you mean")));
  EXPECT_THAT(Recommend(R"({"product_ids": "camera"})"), IsError(400, "invalid_argument", HasSubstr("is not a list")));
  EXPECT_THAT(Recommend(R"({"cart": [{"quantity": "many"}]})"),
              IsError(400, "invalid_argument", HasSubstr("field cart[0].quantity: \"many\" is not a whole number")));
  EXPECT_THAT(Recommend("{"), IsError(400, "invalid_argument", HasSubstr("no JSON: line 1")));
  EXPECT_THAT(Recommend("[]"), IsError(400, "invalid_argument", HasSubstr("want one JSON object")));
}

TEST_F(HttpCallsTest, DeepNestingIsRefused) {
  const std::string deep(1'000'000, '[');
  EXPECT_THAT(Recommend("{\"product_ids\": " + deep + std::string(deep.size(), ']') + "}"),
              IsError(400, "invalid_argument", HasSubstr("levels")));
}

TEST_F(HttpCallsTest, OtherContentTypesAreRefused) {
  for (const char* type : {"", "Content-Type: text/plain\r\n", "Content-Type: application/connect+json\r\n"}) {
    const HttpAnswer answer = Post(kRecommend, "{}", type);
    EXPECT_THAT(answer, IsError(415, "unimplemented", HasSubstr("application/json"))) << type;
    EXPECT_THAT(answer.headers, Contains("Accept-Post: application/json, application/proto"));
  }
}

TEST_F(HttpCallsTest, StreamsAreOnlyOverGrpc) {
  EXPECT_THAT(Post("awase.v1.RecommendationService/BatchRecommend", "{}"),
              IsError(501, "unimplemented", HasSubstr("call it over gRPC")));
}

TEST_F(HttpCallsTest, UnknownMethodsAndOtherVerbsAreRefused) {
  EXPECT_THAT(Post("awase.v1.RecommendationService/Nothing", "{}"), IsError(404, "unimplemented", ::testing::_));
  const HttpAnswer get = Get(absl::StrCat("/", kRecommend));
  EXPECT_THAT(get, IsError(405, "unimplemented", ::testing::_));
  EXPECT_THAT(get.headers, Contains("Allow: POST"));
}

TEST_F(HttpCallsTest, TheDeadlineOfTheCallerHolds) {
  EXPECT_THAT(Post(kRecommend, "{}", absl::StrCat(kJson, "Connect-Timeout-Ms: 0\r\n")),
              IsError(504, "deadline_exceeded", ::testing::_));
  EXPECT_EQ(
      Post(kRecommend, R"({"product_ids": ["camera"]})", absl::StrCat(kJson, "Connect-Timeout-Ms: 60000\r\n")).status,
      200);
  EXPECT_THAT(Post(kRecommend, "{}", absl::StrCat(kJson, "Connect-Timeout-Ms: soon\r\n")),
              IsError(400, "invalid_argument", HasSubstr("Connect-Timeout-Ms")));
}

TEST_F(HttpCallsTest, TheRequestIdComesBackWhateverItHolds) {
  EXPECT_THAT(Post(kRecommend, R"({"product_ids": ["camera"]})", absl::StrCat(kJson, "X-Request-Id: r-17\r\n")).headers,
              Contains("X-Request-Id: r-17"));
  EXPECT_THAT(Post(kRecommend, "{}", absl::StrCat(kJson, "X-Request-Id: r-18\r\n")).headers,
              Contains("X-Request-Id: r-18"));
  EXPECT_EQ(Post(kRecommend, R"({"product_ids": ["camera"]})", absl::StrCat(kJson, "X-Request-Id: \xe3\x81\x82\t\r\n"))
                .status,
            200);
}

TEST_F(HttpCallsTest, PagesOfOtherOriginsCallOnlyWhereTheyMay) {
  const std::string origin = absl::StrCat(kJson, "Origin: https://shop.example\r\n");
  const std::string allowed = "Access-Control-Allow-Origin: https://shop.example";
  EXPECT_THAT(Post(kRecommend, "{}", origin).headers, Not(Contains(allowed)));
  StartServer({.http_address = "127.0.0.1:0", .http_origins = {"https://shop.example"}});
  EXPECT_THAT(Post(kRecommend, "{}", origin).headers, Contains(allowed));
}

TEST_F(HttpCallsTest, LargeRequestsAreRefused) {
  StartServer({.http_address = "127.0.0.1:0", .limits = {.request_bytes = 1000}});
  EXPECT_THAT(Recommend(std::string(2000, ' ')), IsError(413, "resource_exhausted", HasSubstr("1000 bytes")));
}

}  // namespace
}  // namespace awase::testing

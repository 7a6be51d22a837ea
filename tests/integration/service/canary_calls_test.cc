// A version that is tried out beside the active one, and two versions side by side, against a real server.

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/v1/models.grpc.pb.h"
#include "tests/integration/service/http_server.h"

namespace awase::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class CanaryCallsTest : public HttpServerTest {
 protected:
  void SetUp() override {
    live_folder_ = dir_.Join("live");
    HttpServerTest::SetUp();
    active_ = reloader_->status().model_version;
    AWASE_ASSERT_OK_AND_ASSIGN(other_, WriteCameraShop(Models(), 1100, /*activate=*/false));
    models_ = v1::ModelService::NewStub(channel_);
  }

  grpc::Status Start(const std::string& version, std::uint32_t share, const std::string& etag = "") {
    v1::StartCanaryRequest request;
    request.set_version(version);
    request.set_share_basis_points(share);
    request.set_etag(etag);
    grpc::ClientContext context;
    return models_->StartCanary(&context, request, &started_);
  }
  grpc::Status Stop(const std::string& etag = "") {
    v1::StopCanaryRequest request;
    request.set_etag(etag);
    grpc::ClientContext context;
    return models_->StopCanary(&context, request, &stopped_);
  }
  grpc::Status Activate(const std::string& version) {
    v1::ActivateModelRequest request;
    request.set_version(version);
    v1::ActivateModelResponse response;
    grpc::ClientContext context;
    return models_->Activate(&context, request, &response);
  }
  v1::ListModelsResponse List() {
    v1::ListModelsResponse list;
    grpc::ClientContext context;
    EXPECT_THAT(models_->List(&context, {}, &list), IsGrpcStatus(grpc::StatusCode::OK));
    return list;
  }
  grpc::Status Compare(const std::string& a, const std::string& b, v1::CompareModelsResponse* compared,
                       bool record = false) {
    v1::CompareModelsRequest request;
    *request.mutable_request() = CameraPage();
    request.mutable_request()->set_record_exposure(record);
    request.set_version_a(a);
    request.set_version_b(b);
    grpc::ClientContext context;
    return models_->Compare(&context, request, compared);
  }

  static v1::RecommendRequest PageOf(const std::string& customer, const std::string& session = "") {
    v1::RecommendRequest request = CameraPage();
    if (!customer.empty()) request.mutable_customer()->set_id(customer);
    request.set_session_id(session);
    return request;
  }
  std::string VersionFor(const std::string& customer, const std::string& session = "") {
    v1::RecommendResponse response;
    EXPECT_THAT(RunningServerTest::Recommend(PageOf(customer, session), &response), IsGrpcStatus(grpc::StatusCode::OK));
    return response.model_version();
  }
  // Of a hundred customers, those that the other version answers to.
  std::set<std::string> CanaryCustomers() {
    std::set<std::string> customers;
    for (int i = 0; i < 100; ++i) {
      const std::string customer = absl::StrCat("customer-", i);
      if (VersionFor(customer) == other_) customers.insert(customer);
    }
    return customers;
  }

  std::string active_;
  std::string other_;
  std::unique_ptr<v1::ModelService::Stub> models_;
  v1::StartCanaryResponse started_;
  v1::StopCanaryResponse stopped_;
};

TEST_F(CanaryCallsTest, AShareOfTheCustomersIsAnsweredByTheOtherVersion) {
  EXPECT_THAT(CanaryCustomers(), IsEmpty());
  ASSERT_THAT(Start(other_, 2000, active_), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(started_.active_version(), active_);
  EXPECT_EQ(started_.canary().version(), other_);
  const std::set<std::string> some = CanaryCustomers();
  EXPECT_GT(some.size(), 5u);
  EXPECT_LT(some.size(), 40u);
  EXPECT_EQ(VersionFor(""), active_) << "nobody knows who that is";
  EXPECT_EQ(VersionFor("", *some.begin()), other_) << "a session is somebody, too";

  ASSERT_THAT(Start(other_, 6000), IsGrpcStatus(grpc::StatusCode::OK));
  const std::set<std::string> more = CanaryCustomers();
  EXPECT_GT(more.size(), some.size());
  for (const std::string& customer : some) EXPECT_TRUE(more.contains(customer)) << customer;

  StartServer({});
  models_ = v1::ModelService::NewStub(channel_);
  EXPECT_EQ(CanaryCustomers(), more) << "also after a restart";
  ASSERT_THAT(Stop(other_), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(stopped_.version(), other_);
  EXPECT_THAT(CanaryCustomers(), IsEmpty());
  EXPECT_THAT(Stop(), IsGrpcStatus(grpc::StatusCode::NOT_FOUND));
}

TEST_F(CanaryCallsTest, ABatchAndAnExplanationFollowTheCustomer) {
  ASSERT_THAT(Start(other_, 5000), IsGrpcStatus(grpc::StatusCode::OK));
  v1::BatchRecommendRequest batch;
  std::vector<std::string> expected;
  for (int i = 0; i < 20; ++i) {
    *batch.add_requests() = PageOf(absl::StrCat("customer-", i));
    expected.push_back(VersionFor(absl::StrCat("customer-", i)));
  }
  grpc::ClientContext context;
  const auto reader = recommendations_->BatchRecommend(&context, batch);
  std::vector<std::string> versions;
  for (v1::BatchRecommendResponse message; reader->Read(&message);) {
    versions.push_back(message.response().model_version());
  }
  EXPECT_THAT(reader->Finish(), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(versions, expected);

  WriteRules("set.yaml", SetRule("set", "USD 508.00", "Both"));
  Settle();
  const std::string customer = *CanaryCustomers().begin();
  v1::ExplainRequest request;
  *request.mutable_request() = PageOf(customer);
  request.set_product_id("film");
  v1::ExplainResponse explained;
  grpc::ClientContext explain;
  ASSERT_THAT(recommendations_->Explain(&explain, request, &explained), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(explained.model_version(), other_);
}

TEST_F(CanaryCallsTest, ActivatingItServesItToEverybody) {
  ASSERT_THAT(Start(other_, 100), IsGrpcStatus(grpc::StatusCode::OK));
  ASSERT_THAT(Activate(other_), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(VersionFor(""), other_);
  EXPECT_FALSE(List().has_canary());
}

TEST_F(CanaryCallsTest, IsListed) {
  EXPECT_FALSE(List().has_canary());
  ASSERT_THAT(Start(other_, 250), IsGrpcStatus(grpc::StatusCode::OK));
  v1::ListModelsResponse list = List();
  EXPECT_EQ(list.canary().version(), other_);
  EXPECT_EQ(list.canary().share_basis_points(), 250u);
  for (const v1::ModelVersion& version : list.versions()) {
    EXPECT_EQ(version.canary(), version.version() == other_);
    EXPECT_EQ(version.serving(), version.version() == active_);
  }
  dir_.Write("models/CANARY", "0123456789abcdef 5%\n");
  Settle();
  list = List();
  EXPECT_EQ(list.canary().version(), other_) << "it goes on";
  EXPECT_THAT(list.canary().problem(), HasSubstr("0123456789abcdef"));
}

TEST_F(CanaryCallsTest, WhatIsAskedInVainChangesNothing) {
  EXPECT_THAT(Start(other_, 0), IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("share")));
  EXPECT_THAT(Start("../etc", 500), IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("16 hex")));
  EXPECT_THAT(Start("0123456789abcdef", 500), IsGrpcStatus(grpc::StatusCode::NOT_FOUND));
  EXPECT_THAT(Start(active_, 500), IsGrpcStatus(grpc::StatusCode::FAILED_PRECONDITION));
  EXPECT_THAT(Start(other_, 500, other_), IsGrpcStatus(grpc::StatusCode::ABORTED, HasSubstr(active_)));
  AWASE_ASSERT_OK(BreakVersion(Models(), other_));
  EXPECT_THAT(Start(other_, 500), IsGrpcStatus(grpc::StatusCode::DATA_LOSS));
  EXPECT_FALSE(List().has_canary());
}

TEST_F(CanaryCallsTest, MetricsAndHealthTellOfIt) {
  const auto metrics = [this] { return Get("/metrics").body; };
  const auto health = [this] {
    grpc::health::v1::HealthCheckRequest request;
    request.set_service("awase.canary");
    grpc::health::v1::HealthCheckResponse response;
    grpc::ClientContext context;
    EXPECT_THAT(health_->Check(&context, request, &response), IsGrpcStatus(grpc::StatusCode::OK));
    return response.status();
  };
  EXPECT_THAT(metrics(),
              AllOf(HasSubstr("\nawase_canary_share_basis_points 0\n"), Not(HasSubstr("awase_canary_info"))));
  ASSERT_THAT(Start(other_, 10'000), IsGrpcStatus(grpc::StatusCode::OK));
  VersionFor("somebody");
  VersionFor("");
  EXPECT_THAT(metrics(), AllOf(HasSubstr("\nawase_canary_share_basis_points 10000\n"),
                               HasSubstr(absl::StrCat("\nawase_canary_info{version=\"", other_, "\"} 1\n")),
                               HasSubstr("\nawase_answers_total{version=\"canary\"} 1\n"),
                               HasSubstr("\nawase_answers_total{version=\"active\"} 1\n"),
                               HasSubstr("\nawase_canary_problem 0\n")));
  EXPECT_EQ(health(), grpc::health::v1::HealthCheckResponse::SERVING);
  dir_.Write("models/CANARY", "nonsense");
  Settle();
  EXPECT_THAT(metrics(), HasSubstr("\nawase_canary_problem 1\n"));
  EXPECT_EQ(health(), grpc::health::v1::HealthCheckResponse::NOT_SERVING);
}

TEST_F(CanaryCallsTest, RulesThatTheCanaryAloneCannotBearAreTold) {
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string cheap, WriteCameraShop(Models(), 100, /*activate=*/false));
  WriteRules("set.yaml", SetRule("kit", "USD 505.00", "Together"));
  Settle();
  ASSERT_THAT(Start(cheap, 500), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_THAT(started_.canary().rule_problem(), HasSubstr("set.yaml:5"));
  EXPECT_THAT(List().canary().rule_problem(), HasSubstr("set.yaml:5"));
  v1::ListRuleRevisionsResponse history;
  grpc::ClientContext context;
  ASSERT_THAT(rules_->ListRevisions(&context, {}, &history), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_THAT(history.problem(), AllOf(HasSubstr("with the canary"), HasSubstr("set.yaml:5")));
}

TEST_F(CanaryCallsTest, TwoVersionsAnswerTheSameRequestSideBySide) {
  v1::CompareModelsResponse compared;
  ASSERT_THAT(Compare("", other_, &compared), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(compared.answer_a().model_version(), active_);
  EXPECT_EQ(compared.answer_b().model_version(), other_);
  EXPECT_THAT(compared.answer_b().token(), IsEmpty());
  ASSERT_EQ(compared.slots_size(), 1) << compared.ShortDebugString();
  EXPECT_EQ(compared.slots(0).slot(), "bundle");
  EXPECT_TRUE(compared.slots(0).offers(0).repriced()) << "film costs 11.00 there";
  ASSERT_THAT(Compare(other_, active_, &compared), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(compared.answer_a().model_version(), other_);
  ASSERT_THAT(Compare(active_, active_, &compared), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_THAT(compared.slots(), IsEmpty());
  EXPECT_EQ(VersionFor(""), active_);
}

TEST_F(CanaryCallsTest, AComparisonHasTheRulesAndLiveValuesOfNow) {
  const auto sell = [this](std::int64_t film_minor) {
    AWASE_ASSERT_OK(
        reloader_->live()
            ->Update({{.product_id = "film", .set = {.price = Money{film_minor, *CurrencyCode::Parse("USD")}}}})
            .status());
  };
  v1::CompareModelsResponse compared;
  for (const std::int64_t film_minor : {1500, 1600}) {
    sell(film_minor);
    WriteRules("pin.yaml", PinRule(absl::StrCat("pin-", film_minor), "tripod"));
    Settle();
    ASSERT_THAT(Compare("", other_, &compared), IsGrpcStatus(grpc::StatusCode::OK));
    EXPECT_THAT(compared.slots(), IsEmpty()) << "the price was all that differed";
    EXPECT_EQ(compared.answer_b().slots(0).offers(0).bundle().list_price().minor_units(), 50'000 + film_minor);
    EXPECT_THAT(compared.answer_b().ShortDebugString(), HasSubstr(absl::StrCat("pin-", film_minor)));
  }
}

TEST_F(CanaryCallsTest, WhatCannotBeComparedIsRefused) {
  v1::CompareModelsResponse compared;
  EXPECT_THAT(Compare("", "", &compared), IsGrpcStatus(grpc::StatusCode::FAILED_PRECONDITION, HasSubstr("canary")));
  EXPECT_THAT(Compare("", "nonsense", &compared), IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT));
  EXPECT_THAT(Compare("0123456789abcdef", active_, &compared), IsGrpcStatus(grpc::StatusCode::NOT_FOUND));
  EXPECT_THAT(Compare(active_, active_, &compared, /*record=*/true),
              IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("request.record_exposure")));
  v1::CompareModelsRequest request;  // a product page without a product
  request.set_version_b(active_);
  grpc::ClientContext context;
  EXPECT_THAT(models_->Compare(&context, request, &compared),
              IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("request.product_ids")));
  ASSERT_THAT(Start(other_, 500), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_THAT(Compare("", "", &compared), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(compared.answer_b().model_version(), other_);
}

TEST_F(CanaryCallsTest, AllOfItIsThereOverHttp) {
  const auto call = [this](const std::string& method, const nlohmann::json& body) {
    return Post("awase.v1.ModelService/" + method, body.dump());
  };
  EXPECT_EQ(call("StartCanary", {{"version", other_}, {"share_basis_points", 500}}).status, 200);
  EXPECT_EQ(call("Compare", {{"request", {{"product_ids", {"camera"}}}}}).Json()["slots"][0]["slot"], "bundle");
  EXPECT_EQ(call("StopCanary", nlohmann::json::object()).Json()["version"], other_);
  EXPECT_EQ(call("StopCanary", nlohmann::json::object()).status, 404);
}

}  // namespace
}  // namespace awase::testing

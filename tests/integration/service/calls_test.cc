// Recommend and GetProduct over a real connection, and what a server says when it cannot start.

#include <set>

#include "awase/service/client.h"
#include "tests/integration/service/running_server.h"

namespace awase::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class CallsTest : public RunningServerTest {};

TEST_F(CallsTest, OneCallAnswersTheWholePage) {
  v1::RecommendResponse response;
  ASSERT_THAT(Recommend(CameraPage(), &response), IsGrpcStatus(grpc::StatusCode::OK));
  ASSERT_EQ(response.slots_size(), 4);
  EXPECT_EQ(response.slots(0).name(), "bundle");
  EXPECT_EQ(response.slots(1).name(), "also_bought");
  EXPECT_EQ(response.slots(2).name(), "lower");
  EXPECT_EQ(response.slots(3).name(), "higher");
  ASSERT_EQ(response.slots(0).offers_size(), 1);
  const v1::Bundle& bundle = response.slots(0).offers(0).bundle();
  ASSERT_EQ(bundle.lines_size(), 2);
  EXPECT_EQ(bundle.lines(0).product().product_id(), "camera");
  EXPECT_EQ(bundle.lines(1).product().product_id(), "film");
  EXPECT_EQ(bundle.list_price().minor_units(), 51'000);
  ASSERT_EQ(response.slots(2).offers_size(), 1);
  EXPECT_EQ(response.slots(2).offers(0).product().product_id(), "compact");
  EXPECT_EQ(response.slots(2).offers(0).intent(), v1::DOWN_SELL);
  EXPECT_EQ(response.slots(2).offers(0).price_difference().minor_units(), -20'000);
  ASSERT_EQ(response.slots(3).offers_size(), 1);
  EXPECT_EQ(response.slots(3).offers(0).intent(), v1::UP_SELL);
  EXPECT_EQ(response.slots(3).offers(0).differences(0).direction(), v1::SpecDifference::GAINED);
  EXPECT_EQ(response.model_version(), reloader_->status().model_version);
  EXPECT_EQ(response.rule_revision(), reloader_->status().rule_revision);
  EXPECT_FALSE(response.degraded());
  EXPECT_THAT(response.slots(0).offers(0).reason().text(), Not(IsEmpty()));
}

TEST_F(CallsTest, EveryAnswerHasATokenOfItsOwn) {
  std::set<std::string> tokens;
  for (int i = 0; i < 10; ++i) {
    v1::RecommendResponse response;
    ASSERT_THAT(Recommend(CameraPage(), &response), IsGrpcStatus(grpc::StatusCode::OK));
    EXPECT_LE(response.token().size(), 128u);
    tokens.insert(response.token());
  }
  EXPECT_EQ(tokens.size(), 10u);
}

TEST_F(CallsTest, AnUnknownProductGetsAnEmptyPageThatSaysSo) {
  v1::RecommendRequest request;
  request.add_product_ids("ghost");
  v1::RecommendResponse response;
  ASSERT_THAT(Recommend(request, &response), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_THAT(response.missing_ids(), ElementsAre("ghost"));
  ASSERT_EQ(response.slots_size(), 4);
  for (const v1::Slot& slot : response.slots()) {
    EXPECT_EQ(slot.offers_size(), 0) << slot.name();
    EXPECT_THAT(slot.empty_reason(), Not(IsEmpty())) << slot.name();
  }
}

TEST_F(CallsTest, LaddersAreListed) {
  grpc::ClientContext context;
  v1::ListLaddersRequest request;
  v1::ListLaddersResponse response;
  request.add_product_ids("camera");
  ASSERT_THAT(catalog_->ListLadders(&context, request, &response), IsGrpcStatus(grpc::StatusCode::OK));
  ASSERT_EQ(response.ladders_size(), 1);
  ASSERT_EQ(response.ladders(0).rungs_size(), 2);
  EXPECT_EQ(response.ladders(0).rungs(0).product_id(), "compact");
  EXPECT_EQ(response.ladders(0).rungs(1).product_id(), "reflex");
  EXPECT_EQ(response.model_version(), reloader_->status().model_version);
}

TEST_F(CallsTest, ABadFieldIsNamed) {
  v1::RecommendResponse response;
  v1::RecommendRequest request = CameraPage();
  request.set_placement("window");
  EXPECT_THAT(Recommend(request, &response), IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("placement")));
  request = CameraPage();
  request.set_max_offers_per_slot(51);
  EXPECT_THAT(Recommend(request, &response),
              IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("max_offers_per_slot")));
  request = CameraPage();
  request.set_currency_code("dollars");
  EXPECT_THAT(Recommend(request, &response),
              IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("currency_code")));
  EXPECT_THAT(Recommend(v1::RecommendRequest(), &response),
              IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("product_ids")));
}

TEST_F(CallsTest, TheCartAndTheCustomerAreHonoured) {
  v1::RecommendRequest request = CameraPage();
  request.add_cart()->set_product_id("film");
  request.mutable_customer()->add_owned_product_ids("tripod");
  request.set_explanation(v1::RecommendRequest::TRACE);
  v1::RecommendResponse response;
  ASSERT_THAT(Recommend(request, &response), IsGrpcStatus(grpc::StatusCode::OK));
  std::set<std::string> traced;
  for (const v1::RemovedCandidate& candidate : response.trace()) {
    traced.insert(candidate.product_id() + " " + v1::Removal::Cause_Name(candidate.cause()));
  }
  EXPECT_TRUE(traced.count("film IN_CART"));
  EXPECT_TRUE(traced.count("tripod OWNED"));
}

TEST_F(CallsTest, AtTimePreviewsADatedRule) {
  WriteRules("summer.yaml",
             "rules:\n  - id: summer\n    from: 2026-07-01\n    until: 2026-09-01\n    pin:\n      product: case\n"
             "      slot: also_bought\n");
  service::Server::Options options;
  options.now = [] { return absl::FromUnixSeconds(1'767'225'600); };  // 2026-01-01
  StartServer(options);
  v1::RecommendRequest request = CameraPage();
  v1::RecommendResponse response;
  ASSERT_THAT(Recommend(request, &response), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(FindSlot(response, "also_bought")->offers(0).product().product_id(), "tripod");
  request.mutable_at_time()->set_seconds(1'784'000'000);  // 2026-07-14
  ASSERT_THAT(Recommend(request, &response), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(FindSlot(response, "also_bought")->offers(0).product().product_id(), "case");
  EXPECT_THAT(FindSlot(response, "also_bought")->offers(0).reason().rule_ids(), ElementsAre("summer"));
}

TEST_F(CallsTest, GetProductKnowsItsIds) {
  grpc::ClientContext context;
  v1::GetProductRequest request;
  v1::Product product;
  request.set_product_id("camera");
  ASSERT_THAT(catalog_->GetProduct(&context, request, &product), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(product.title(), "Camera");
  grpc::ClientContext missing_context;
  request.set_product_id("ghost");
  EXPECT_THAT(catalog_->GetProduct(&missing_context, request, &product),
              IsGrpcStatus(grpc::StatusCode::NOT_FOUND, HasSubstr("ghost")));
  grpc::ClientContext empty_context;
  request.clear_product_id();
  EXPECT_THAT(catalog_->GetProduct(&empty_context, request, &product),
              IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("product_id")));
}

TEST_F(CallsTest, APassedDeadlineEndsTheCall) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() - std::chrono::seconds(1));
  v1::RecommendResponse response;
  EXPECT_THAT(recommendations_->Recommend(&context, CameraPage(), &response),
              IsGrpcStatus(grpc::StatusCode::DEADLINE_EXCEEDED));
}

TEST_F(CallsTest, ARequestBeyondTheSizeLimitIsRefused) {
  service::Server::Options options;
  options.limits.request_bytes = 1000;
  StartServer(options);
  v1::RecommendRequest request = CameraPage();
  request.add_already_shown_ids(std::string(2000, 'x'));
  v1::RecommendResponse response;
  EXPECT_THAT(Recommend(request, &response), IsGrpcStatus(grpc::StatusCode::RESOURCE_EXHAUSTED));
}

TEST_F(CallsTest, ARefusedModelShowsAsDegraded) {
  AWASE_ASSERT_OK(ReplaceFile(JoinPath(Models(), "ACTIVE"), "0123456789abcdef\n"));
  reloader_->CheckNow();
  v1::RecommendResponse response;
  ASSERT_THAT(Recommend(CameraPage(), &response), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_TRUE(response.degraded());
  EXPECT_EQ(response.slots(0).offers_size(), 1);
}

TEST_F(CallsTest, TheClientAsksTheServer) {
  service::Client client({.address = server_->address()});
  AWASE_ASSERT_OK_AND_ASSIGN(const v1::RecommendResponse response, client.Recommend(CameraPage()));
  EXPECT_EQ(response.slots_size(), 4);
  AWASE_ASSERT_OK_AND_ASSIGN(const v1::Product product, client.GetProduct("film"));
  EXPECT_EQ(product.product_id(), "film");
  EXPECT_THAT(client.GetProduct("ghost"), StatusIs(absl::StatusCode::kNotFound));
  server_->Shutdown(absl::ZeroDuration());
  EXPECT_THAT(client.Recommend(CameraPage()), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("awase serve")));
}

TEST_F(CallsTest, APortInUseIsSaidClearly) {
  service::Server::Options options;
  options.address = server_->address();
  EXPECT_THAT(service::Server::Create(options, reloader_.get()),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr(server_->address() + " is in use: stop the other")));
  options.address = "nowhere";
  EXPECT_THAT(service::Server::Create(options, reloader_.get()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("HOST:PORT")));
}

TEST_F(CallsTest, ThePortThatWasBoundCanBeRead) {
  EXPECT_GT(server_->port(), 0);
  EXPECT_EQ(server_->address(), "127.0.0.1:" + std::to_string(server_->port()));
}

}  // namespace
}  // namespace awase::testing

// CatalogService.UpdateProducts over real connections: what the next answer shows, what lasts, what is refused.

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "grpcpp/generic/generic_stub.h"
#include "tests/integration/service/http_server.h"
#include "tests/testing/file_size_limit.h"

namespace awase::testing {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kUpdateProducts[] = "awase.v1.CatalogService/UpdateProducts";
constexpr char kRules[] = R"(
rules:
  - {id: pin, pin: {product: case, slot: also_bought, position: 1}}
  - {id: film-roll, benefit: {gift: {product: film}}}
)";

v1::UpdateProductsRequest Stock(const std::string& product_id, std::int64_t pieces) {
  v1::UpdateProductsRequest request;
  v1::ProductUpdate* update = request.add_updates();
  update->set_product_id(product_id);
  update->set_stock(pieces);
  return request;
}

v1::UpdateProductsRequest Price(const std::string& product_id, std::int64_t minor_units) {
  v1::UpdateProductsRequest request;
  v1::ProductUpdate* update = request.add_updates();
  update->set_product_id(product_id);
  update->mutable_price()->set_minor_units(minor_units);
  update->mutable_price()->set_currency_code("USD");
  return request;
}

class UpdateProductsTest : public HttpServerTest {
 protected:
  using Stream = grpc::ClientReaderWriter<v1::UpdateProductsRequest, v1::UpdateProductsResponse>;

  void SetUp() override {
    RunningServerTest::SetUp();
    live_folder_ = dir_.Join("live");
    Restart();
  }

  void Restart() { StartServer({.http_address = "127.0.0.1:0"}); }

  // The answer to one message on a stream of its own.
  v1::UpdateProductsResponse Update(const v1::UpdateProductsRequest& request) {
    grpc::ClientContext context;
    const std::unique_ptr<Stream> stream = catalog_->UpdateProducts(&context);
    v1::UpdateProductsResponse response;
    EXPECT_TRUE(stream->Write(request));
    EXPECT_TRUE(stream->Read(&response));
    EXPECT_TRUE(stream->WritesDone());
    EXPECT_THAT(stream->Finish(), IsGrpcStatus(grpc::StatusCode::OK));
    return response;
  }

  // How a stream ends whose only message has these bytes.
  grpc::Status SendBytes(const std::string& bytes) {
    grpc::GenericStub stub(channel_);
    grpc::CompletionQueue queue;
    const auto await = [&queue] {
      void* tag = nullptr;
      bool ok = false;
      EXPECT_TRUE(queue.Next(&tag, &ok) && ok);
    };
    grpc::ClientContext context;
    const auto call = stub.PrepareCall(&context, absl::StrCat("/", kUpdateProducts), &queue);
    call->StartCall(nullptr);
    await();
    const grpc::Slice slice(bytes);
    call->Write(grpc::ByteBuffer(&slice, 1), nullptr);
    await();
    grpc::Status status;
    call->Finish(&status, nullptr);
    await();
    return status;
  }

  v1::RecommendResponse Page() {
    v1::RecommendResponse response;
    EXPECT_THAT(RunningServerTest::Recommend(CameraPage(), &response), IsGrpcStatus(grpc::StatusCode::OK));
    return response;
  }

  // All products that the page offers, of sets all but the page's own, and gifts.
  std::vector<std::string> Offered() {
    std::vector<std::string> ids;
    const v1::RecommendResponse page = Page();
    for (const v1::Slot& slot : page.slots()) {
      for (const v1::Offer& offer : slot.offers()) {
        if (!offer.has_bundle()) ids.push_back(offer.product().product_id());
        for (const v1::BundleLine& line : offer.bundle().lines()) {
          if (line.product().product_id() != "camera") ids.push_back(line.product().product_id());
        }
      }
    }
    for (const v1::Benefit& benefit : page.benefits()) ids.push_back(benefit.gift().product_id());
    return ids;
  }

  v1::Product Product(const std::string& id) {
    grpc::ClientContext context;
    v1::GetProductRequest request;
    request.set_product_id(id);
    v1::Product product;
    EXPECT_THAT(catalog_->GetProduct(&context, request, &product), IsGrpcStatus(grpc::StatusCode::OK));
    return product;
  }

  HealthCheckResponse::ServingStatus LiveHealth() {
    grpc::ClientContext context;
    HealthCheckRequest request;
    request.set_service("awase.live");
    HealthCheckResponse response;
    EXPECT_THAT(health_->Check(&context, request, &response), IsGrpcStatus(grpc::StatusCode::OK));
    return response.status();
  }
};

TEST_F(UpdateProductsTest, WhatIsSoldOutIsInNoSlotOfTheNextAnswer) {
  WriteRules("a.yaml", kRules);
  Settle();
  // The set, the row behind its pin, the rungs, the gift.
  EXPECT_THAT(Offered(), ElementsAre("film", "case", "tripod", "compact", "reflex", "film"));
  for (const char* const id : {"film", "case", "tripod", "compact", "reflex"}) {
    EXPECT_THAT(Offered(), Contains(id));
    EXPECT_EQ(Update(Stock(id, 0)).applied(), 1U);
    EXPECT_THAT(Offered(), Not(Contains(id)));
  }
  EXPECT_EQ(Product("film").stock(), 0);
  Update(Stock("film", 1));
  EXPECT_THAT(Offered(), ElementsAre("film", "film"));
}

TEST_F(UpdateProductsTest, WhatIsHiddenIsInNoSlotOfTheNextAnswer) {
  v1::UpdateProductsRequest hide;
  for (const char* const id : {"film", "reflex"}) {
    v1::ProductUpdate* update = hide.add_updates();
    update->set_product_id(id);
    update->set_visible(false);
  }
  EXPECT_EQ(Update(hide).applied(), 2U);
  EXPECT_THAT(Offered(), ElementsAre("tripod", "case", "compact"));
  EXPECT_FALSE(Product("film").visible());
}

TEST_F(UpdateProductsTest, PricesShowInOffersSetsAndSteps) {
  Update(Price("film", 1500));
  Update(Price("reflex", 65000));
  Update(Price("compact", 50000));
  const v1::RecommendResponse page = Page();
  EXPECT_EQ(FindSlot(page, "bundle")->offers(0).bundle().list_price().minor_units(), 51500);
  EXPECT_EQ(FindSlot(page, "higher")->offers(0).price().minor_units(), 65000);
  EXPECT_EQ(FindSlot(page, "higher")->offers(0).price_difference().minor_units(), 15000);
  EXPECT_EQ(FindSlot(page, "lower")->offers_size(), 0) << "what costs the same is no cheaper model";
  EXPECT_EQ(Product("reflex").price().minor_units(), 65000);
}

TEST_F(UpdateProductsTest, LaddersAreListedAsTrained) {
  Update(Price("reflex", 65000));
  grpc::ClientContext context;
  v1::ListLaddersRequest request;
  request.add_product_ids("camera");
  v1::ListLaddersResponse response;
  ASSERT_THAT(catalog_->ListLadders(&context, request, &response), IsGrpcStatus(grpc::StatusCode::OK));
  const v1::Rung& higher = response.ladders(0).rungs(1);
  EXPECT_EQ(higher.product_id(), "reflex");
  EXPECT_EQ(higher.price().minor_units(), 70000);
}

TEST_F(UpdateProductsTest, ModelsRulesAndRestartsKeepWhatWasSaid) {
  Update(Stock("film", 0));
  Update(Price("tripod", 4000));
  AWASE_ASSERT_OK(WriteCameraShop(Models(), 1200).status());
  Settle();
  EXPECT_EQ(Product("film").price().minor_units(), 1200) << "the next model serves";
  EXPECT_EQ(Product("film").stock(), 0);
  grpc::ClientContext context;
  v1::PublishRulesRequest rules;
  v1::RuleFile* file = rules.add_files();
  file->set_name("a.yaml");
  file->set_content(PinRule("pin", "case"));
  v1::PublishRulesResponse published;
  ASSERT_THAT(rules_->Publish(&context, rules, &published), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(Product("film").stock(), 0);
  Restart();
  EXPECT_EQ(Product("film").stock(), 0);
  EXPECT_EQ(Product("tripod").price().minor_units(), 4000);
  EXPECT_THAT(Offered(), Not(Contains("film")));
}

TEST_F(UpdateProductsTest, MessagesAreAnsweredInOrderAndOneWithErrorsDoesNotEndTheStream) {
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream = catalog_->UpdateProducts(&context);
  v1::UpdateProductsRequest wrong = Stock("film", -1);
  wrong.add_updates();
  v1::UpdateProductsRequest late = Stock("film", 9);
  late.mutable_updates(0)->set_sequence(3);
  v1::UpdateProductsRequest numbered = Stock("film", 5);
  numbered.mutable_updates(0)->set_sequence(4);
  for (const auto& request : {Stock("strap", 1), wrong, numbered, late, v1::UpdateProductsRequest()}) {
    EXPECT_TRUE(stream->Write(request));
  }
  EXPECT_TRUE(stream->WritesDone());
  std::vector<v1::UpdateProductsResponse> answers(5);
  for (v1::UpdateProductsResponse& answer : answers) EXPECT_TRUE(stream->Read(&answer));
  EXPECT_FALSE(stream->Read(&answers[0]));
  EXPECT_THAT(stream->Finish(), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(answers[0].unknown(), 1U);
  EXPECT_EQ(answers[1].applied(), 0U);
  ASSERT_EQ(answers[1].errors_size(), 3);
  EXPECT_EQ(answers[1].errors(0).index(), 0U);
  EXPECT_THAT(answers[1].errors(0).message(), HasSubstr("updates[0].stock: -1"));
  EXPECT_EQ(answers[1].errors(2).index(), 1U);
  EXPECT_EQ(answers[2].applied(), 1U);
  EXPECT_EQ(answers[3].late(), 1U);
  EXPECT_EQ(answers[4].applied(), 0U);
  EXPECT_EQ(Product("film").stock(), 5);
}

TEST_F(UpdateProductsTest, OverHttpACallHasOneMessage) {
  const HttpAnswer answer = Post(
      kUpdateProducts,
      R"({"updates": [{"product_id": "film", "price": {"minor_units": 900, "currency_code": "USD"}, "visible": true},
                      {"product_id": "case", "stock": 0, "sequence": 12}]})");
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.Json()["applied"], 2);
  EXPECT_EQ(Product("film").price().minor_units(), 900);
  EXPECT_THAT(Offered(), Not(Contains("case")));
  const HttpAnswer refused = Post(kUpdateProducts, R"({"updates": [{"product_id": "case", "stock": -4}]})");
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.Json()["code"], "invalid_argument");
  EXPECT_EQ(refused.Json()["message"], "updates[0].stock: -4 is no stock: want 0 or more");
}

TEST_F(UpdateProductsTest, WithoutALiveCatalogueTheServerSaysWhatToDo) {
  live_folder_.clear();
  Restart();
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream = catalog_->UpdateProducts(&context);
  stream->Write(Stock("film", 0));
  EXPECT_THAT(stream->Finish(), IsGrpcStatus(grpc::StatusCode::FAILED_PRECONDITION, HasSubstr("--live DIR")));
  EXPECT_EQ(Post(kUpdateProducts, R"({"updates": []})").Json()["code"], "failed_precondition");
  EXPECT_EQ(LiveHealth(), HealthCheckResponse::SERVING);
  EXPECT_THAT(Get("/metrics").body, Not(HasSubstr("awase_live")));
}

TEST_F(UpdateProductsTest, AMessageThatIsTooLongEndsTheStreamAndSaysSo) {
  StartServer({.limits = {.request_bytes = 1000}});
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream = catalog_->UpdateProducts(&context);
  v1::UpdateProductsResponse response;
  EXPECT_TRUE(stream->Write(Stock("film", 0)));
  EXPECT_TRUE(stream->Read(&response));
  stream->Write(Stock(std::string(2000, 'x'), 0));
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_THAT(stream->Finish(), IsGrpcStatus(grpc::StatusCode::RESOURCE_EXHAUSTED, HasSubstr("larger than max")));
}

// Else the caller would take the end of its stream for an answer to all that it sent.
TEST_F(UpdateProductsTest, AMessageThatCannotBeParsedEndsTheStreamAndSaysSo) {
  const auto is_refused = IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("is no UpdateProductsRequest"));
  EXPECT_THAT(SendBytes("\xff\xff\xff"), is_refused);
  std::string other_encoding = Stock("caf\u00e9", 1).SerializeAsString();
  other_encoding.replace(other_encoding.find("\u00e9"), 2, "e\xe9");
  EXPECT_THAT(SendBytes(other_encoding), is_refused);
}

TEST_F(UpdateProductsTest, StreamsHaveALimitAndOneThatEndsMakesRoom) {
  constexpr int kMaxStreams = 64;
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<Stream>> streams;
  v1::UpdateProductsResponse response;
  for (int i = 0; i < kMaxStreams; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    streams.push_back(catalog_->UpdateProducts(contexts.back().get()));
    EXPECT_TRUE(streams.back()->Write(Stock("film", i)));
    EXPECT_TRUE(streams.back()->Read(&response));
  }
  grpc::ClientContext context;
  EXPECT_THAT(catalog_->UpdateProducts(&context)->Finish(),
              IsGrpcStatus(grpc::StatusCode::RESOURCE_EXHAUSTED, HasSubstr("64 streams of UpdateProducts are open")));
  EXPECT_TRUE(streams.back()->WritesDone());
  EXPECT_THAT(streams.back()->Finish(), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(Update(Stock("film", 7)).applied(), 1U);
}

TEST_F(UpdateProductsTest, AFullDiskIsSaidByCallHealthAndMetricsUntilItIsOver) {
  EXPECT_EQ(LiveHealth(), HealthCheckResponse::SERVING);
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string log, ReadFile(JoinPath(live_folder_, "log")));
  {
    const FileSizeLimit limit(log.size());
    grpc::ClientContext context;
    const std::unique_ptr<Stream> stream = catalog_->UpdateProducts(&context);
    EXPECT_TRUE(stream->Write(Stock("film", 0)));
    EXPECT_THAT(stream->Finish(), IsGrpcStatus(grpc::StatusCode::RESOURCE_EXHAUSTED, HasSubstr("not in effect")));
    EXPECT_EQ(LiveHealth(), HealthCheckResponse::NOT_SERVING);
    EXPECT_THAT(Get("/metrics").body, HasSubstr("\nawase_live_problem 1\n"));
    EXPECT_THAT(Offered(), Contains("film"));
  }
  Update(Stock("film", 0));
  EXPECT_EQ(LiveHealth(), HealthCheckResponse::SERVING);
  EXPECT_THAT(Offered(), Not(Contains("film")));
}

TEST_F(UpdateProductsTest, MetricsCountUpdatesByOutcome) {
  Update(Stock("strap", 1));
  v1::UpdateProductsRequest late = Stock("film", 9);
  late.mutable_updates(0)->set_sequence(3);
  Update(late);
  Update(late);
  Update(Stock("film", -1));
  const std::string metrics = Get("/metrics").body;
  EXPECT_THAT(metrics, HasSubstr("\nawase_live_products 2\n"));
  EXPECT_THAT(metrics, HasSubstr("\nawase_live_unknown_products 1\n"));
  EXPECT_THAT(metrics, HasSubstr("\nawase_live_updates_total{outcome=\"applied\"} 2\n"));
  EXPECT_THAT(metrics, HasSubstr("\nawase_live_updates_total{outcome=\"late\"} 1\n"));
  EXPECT_THAT(metrics, HasSubstr("\nawase_live_updates_total{outcome=\"refused\"} 1\n"));
  EXPECT_THAT(metrics, HasSubstr("\nawase_live_updates_total{outcome=\"failed\"} 0\n"));
  EXPECT_THAT(metrics, HasSubstr("\nawase_live_problem 0\n"));
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string log, ReadFile(JoinPath(live_folder_, "log")));
  EXPECT_THAT(metrics, HasSubstr(absl::StrCat("\nawase_live_log_bytes ", log.size(), "\n")));
  EXPECT_THAT(metrics,
              HasSubstr("awase_requests_total{method=\"awase.v1.CatalogService/UpdateProducts\",code=\"OK\"} 4"));
}

// A feed is open for days, and mostly says nothing.
TEST_F(UpdateProductsTest, AnOpenStreamDoesNotHoldUpAShutdown) {
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream = catalog_->UpdateProducts(&context);
  v1::UpdateProductsResponse response;
  EXPECT_TRUE(stream->Write(Stock("film", 0)));
  EXPECT_TRUE(stream->Read(&response));
  std::thread shutdown([this] { server_->Shutdown(absl::InfiniteDuration()); });
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_THAT(stream->Finish(), IsGrpcStatus(grpc::StatusCode::UNAVAILABLE, HasSubstr("is shutting down")));
  shutdown.join();
}

TEST_F(UpdateProductsTest, ACallerThatGoesLeavesNothingBehind) {
  for (int i = 0; i < 20; ++i) {
    grpc::ClientContext context;
    const std::unique_ptr<Stream> stream = catalog_->UpdateProducts(&context);
    EXPECT_TRUE(stream->Write(Stock("film", i)));
    context.TryCancel();
    EXPECT_FALSE(stream->Finish().ok());
  }
  server_->Shutdown(absl::InfiniteDuration());
}

}  // namespace
}  // namespace awase::testing

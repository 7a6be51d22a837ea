// The machine's clock jumps by a year, forward and back: what is dated follows it, and what is promised holds.

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "awase/serving/file_exposure_store.h"
#include "tests/integration/service/running_server.h"

namespace awase {
namespace {

using testing::RunningServerTest;

constexpr absl::Duration kYear = absl::Hours(365 * 24);
constexpr absl::Time kSummer = absl::FromUnixSeconds(1'780'272'000);  // 2026-06-01

class ClockTest : public RunningServerTest {
 protected:
  void SetUp() override {
    RunningServerTest::SetUp();
    WriteRules("rules.yaml",
               "rules:\n- {id: often, cap: {intents: [up_sell], at_most: 1, within: 7d}}\n"
               "- {id: summer, from: 2026-05-01T00:00:00Z, until: 2026-09-01T00:00:00Z, hide: {products: [film]}}\n");
    live_folder_ = dir_.Join("live");
    Start();
  }
  void TearDown() override { server_.reset(); }

  // The server and all that it keeps, anew.
  void Start() {
    server_.reset();
    store_.reset();
    serving::FileExposureStore::Options options;
    options.directory = dir_.Join("exposures");
    options.now = [this] { return kSummer + years_.load() * kYear; };
    AWASE_ASSERT_OK_AND_ASSIGN(store_, serving::FileExposureStore::Open(options));
    service::Server::Options server;
    server.exposures = store_.get();
    server.now = options.now;
    StartServer(server);
  }

  // What the page of `customer` offers in a slot, recorded.
  std::vector<std::string> Offered(const std::string& customer, const std::string& slot) {
    v1::RecommendRequest request = CameraPage();
    request.mutable_customer()->set_id(customer);
    request.set_record_exposure(true);
    v1::RecommendResponse response;
    EXPECT_THAT(Recommend(request, &response), testing::IsGrpcStatus(grpc::StatusCode::OK));
    std::vector<std::string> ids;
    for (const v1::Offer& offer : testing::FindSlot(response, slot)->offers()) {
      ids.push_back(offer.product().product_id());
    }
    return ids;
  }

  // Of one update of the tripod with this number: what has been applied.
  std::uint32_t Update(std::uint64_t sequence, std::int64_t stock) {
    grpc::ClientContext context;
    const auto stream = catalog_->UpdateProducts(&context);
    v1::UpdateProductsRequest request;
    v1::ProductUpdate& update = *request.add_updates();
    update.set_product_id("tripod");
    update.set_stock(stock);
    update.set_sequence(sequence);
    v1::UpdateProductsResponse response;
    EXPECT_TRUE(stream->Write(request) && stream->WritesDone() && stream->Read(&response));
    EXPECT_THAT(stream->Finish(), testing::IsGrpcStatus(grpc::StatusCode::OK));
    return response.applied();
  }

  std::atomic<int> years_{0};  // between summer and now
  std::unique_ptr<serving::FileExposureStore> store_;
};

TEST_F(ClockTest, DatedRulesAreThoseOfTheNewTimeAtOnce) {
  const auto offers_set = [this] {
    v1::RecommendResponse response;
    EXPECT_THAT(Recommend(CameraPage(), &response), testing::IsGrpcStatus(grpc::StatusCode::OK));
    return testing::FindSlot(response, "bundle")->offers_size() > 0;  // of camera and film
  };
  EXPECT_FALSE(offers_set());
  years_ = 1;
  EXPECT_TRUE(offers_set());
  years_ = -1;
  EXPECT_TRUE(offers_set());
  years_ = 0;
  EXPECT_FALSE(offers_set());
}

TEST_F(ClockTest, NobodyIsShownMoreThanACapAllowsOfTheTimeThatIsNow) {
  EXPECT_FALSE(Offered("anna", "higher").empty());
  EXPECT_TRUE(Offered("anna", "higher").empty());
  years_ = 1;
  EXPECT_FALSE(Offered("anna", "higher").empty()) << "a year has passed";
  EXPECT_TRUE(Offered("anna", "higher").empty());
  years_ = 0;
  EXPECT_TRUE(Offered("anna", "higher").empty()) << "what was shown lies ahead now, and counts";
  Start();
  EXPECT_TRUE(Offered("anna", "higher").empty()) << "also after a restart";
  years_ = -1;
  EXPECT_TRUE(Offered("anna", "higher").empty());
  EXPECT_FALSE(Offered("ben", "higher").empty());
  EXPECT_TRUE(Offered("ben", "higher").empty());
}

TEST_F(ClockTest, TheOrderOfAFeedIsThatOfItsNumbers) {
  EXPECT_EQ(Update(1, 0), 1u);
  years_ = -1;
  EXPECT_EQ(Update(2, 5), 1u);
  EXPECT_EQ(Update(1, 0), 0u) << "late, whatever the time is";
  years_ = 1;
  EXPECT_EQ(Update(2, 0), 0u);
  Start();
  EXPECT_EQ(Update(2, 0), 0u);
  EXPECT_EQ(Update(3, 0), 1u);
}

}  // namespace
}  // namespace awase

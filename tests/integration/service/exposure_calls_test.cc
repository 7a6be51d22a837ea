// Exposures over a real connection: recorded, counted by caps, reported, erased.

#include <memory>
#include <string>

#include "awase/serving/file_exposure_store.h"
#include "awase/v1/feedback.grpc.pb.h"
#include "tests/integration/service/running_server.h"

namespace awase {
namespace {

using ::testing::HasSubstr;
using testing::RunningServerTest;

class ExposureCallsTest : public RunningServerTest {
 protected:
  void SetUp() override {
    RunningServerTest::SetUp();
    WriteRules("caps.yaml",
               "rules:\n- {id: often, cap: {intents: [up_sell], at_most: 1, within: 7d}}\n"
               "- {id: never-again, cap: {at_most: 0, after: dismissed, within: 7d}}\n");
    serving::FileExposureStore::Options options;
    options.directory = dir_.Join("exposures");
    AWASE_ASSERT_OK_AND_ASSIGN(store_, serving::FileExposureStore::Open(options));
    StartWith(store_.get());
  }
  void TearDown() override { server_.reset(); }

  void StartWith(serving::ExposureStore* store) {
    service::Server::Options options;
    options.exposures = store;
    StartServer(options);
    feedback_ = v1::FeedbackService::NewStub(channel_);
  }

  static v1::RecommendRequest PageOfAnna() {
    v1::RecommendRequest request = CameraPage();
    request.mutable_customer()->set_id("anna");
    request.set_record_exposure(true);
    return request;
  }

  // The number of offers of a slot.
  int Offers(const v1::RecommendRequest& request, const std::string& slot) {
    v1::RecommendResponse response;
    const grpc::Status status = Recommend(request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    for (const v1::Slot& candidate : response.slots()) {
      if (candidate.name() == slot) return candidate.offers_size();
    }
    return -1;
  }

  grpc::Status Report(const v1::ReportExposuresRequest& request) {
    grpc::ClientContext context;
    v1::ReportExposuresResponse response;
    return feedback_->ReportExposures(&context, request, &response);
  }
  grpc::Status Erase(const std::string& customer) {
    grpc::ClientContext context;
    v1::EraseCustomerRequest request;
    request.set_customer_id(customer);
    v1::EraseCustomerResponse response;
    return feedback_->EraseCustomer(&context, request, &response);
  }

  std::unique_ptr<serving::FileExposureStore> store_;
  std::unique_ptr<v1::FeedbackService::Stub> feedback_;
};

TEST_F(ExposureCallsTest, WhatIsRecordedIsCountedAndCanBeErased) {
  EXPECT_GT(Offers(PageOfAnna(), "higher"), 0);
  EXPECT_EQ(Offers(PageOfAnna(), "higher"), 0);
  v1::RecommendRequest ben = PageOfAnna();
  ben.mutable_customer()->set_id("ben");
  EXPECT_GT(Offers(ben, "higher"), 0);
  EXPECT_TRUE(Erase("anna").ok());
  EXPECT_GT(Offers(PageOfAnna(), "higher"), 0);
}

TEST_F(ExposureCallsTest, WhatIsReportedIsCounted) {
  v1::ReportExposuresRequest report;
  report.set_customer_id("anna");
  v1::Exposure* dismissed = report.add_exposures();
  dismissed->set_product_id("tripod");
  dismissed->set_intent(v1::CROSS_SELL);
  dismissed->set_event(v1::Exposure::DISMISSED);
  dismissed->mutable_time()->set_seconds(absl::ToUnixSeconds(absl::Now()));
  const int before = Offers(CameraPage(), "also_bought");
  EXPECT_TRUE(Report(report).ok());
  v1::RecommendRequest request = PageOfAnna();
  request.set_record_exposure(false);
  EXPECT_EQ(Offers(request, "also_bought"), before - 1);
}

TEST_F(ExposureCallsTest, WhatIsWrongIsSaidByField) {
  v1::ReportExposuresRequest report;
  EXPECT_THAT(Report(report).error_message(), HasSubstr("customer_id: an id of 0 bytes"));
  report.set_customer_id("anna");
  EXPECT_THAT(Report(report).error_message(), HasSubstr("exposures: 0 entries: want 1 to 1000"));
  v1::Exposure* exposure = report.add_exposures();
  exposure->mutable_time()->set_seconds(absl::ToUnixSeconds(absl::Now()) + 7200);
  EXPECT_THAT(Report(report).error_message(), HasSubstr("exposures[0].product_id: an id of 0 bytes"));
  exposure->set_product_id("film");
  EXPECT_THAT(Report(report).error_message(), HasSubstr("exposures[0].intent: missing"));
  exposure->set_intent(v1::UP_SELL);
  EXPECT_THAT(Report(report).error_message(), HasSubstr("exposures[0].time: lies ahead"));
  EXPECT_THAT(Erase("").error_message(), HasSubstr("customer_id: an id of 0 bytes"));

  v1::RecommendResponse response;
  v1::RecommendRequest nobody = PageOfAnna();
  nobody.clear_customer();
  EXPECT_THAT(Recommend(nobody, &response).error_message(), HasSubstr("request.record_exposure: want customer.id"));
  v1::RecommendRequest preview = PageOfAnna();
  preview.mutable_at_time()->set_seconds(1);
  EXPECT_THAT(Recommend(preview, &response).error_message(), HasSubstr("request.record_exposure: not with at_time"));
}

TEST_F(ExposureCallsTest, WithoutAStoreNothingIsKept) {
  StartWith(nullptr);
  v1::RecommendResponse response;
  EXPECT_EQ(Recommend(PageOfAnna(), &response).error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  v1::ReportExposuresRequest report;
  EXPECT_EQ(Report(report).error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(Erase("anna").error_code(), grpc::StatusCode::FAILED_PRECONDITION);
}

}  // namespace
}  // namespace awase

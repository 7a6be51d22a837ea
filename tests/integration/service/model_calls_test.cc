// awase.v1.ModelService against a real server: what a directory has, and switching between its versions.

#include <string>

#include "awase/artefact/model.h"
#include "awase/v1/models.grpc.pb.h"
#include "tests/integration/service/running_server.h"

namespace awase::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class ModelCallsTest : public RunningServerTest {
 protected:
  void SetUp() override {
    RunningServerTest::SetUp();
    first_ = reloader_->status().model_version;
    AWASE_ASSERT_OK_AND_ASSIGN(second_, WriteCameraShop(Models(), 1100, /*activate=*/false));
    models_ = v1::ModelService::NewStub(channel_);
  }

  grpc::Status List(const v1::ListModelsRequest& request, v1::ListModelsResponse* response) {
    grpc::ClientContext context;
    return models_->List(&context, request, response);
  }
  grpc::Status Activate(const std::string& version, const std::string& etag = "") {
    v1::ActivateModelRequest request;
    request.set_version(version);
    request.set_etag(etag);
    grpc::ClientContext context;
    return models_->Activate(&context, request, &activated_);
  }
  grpc::Status Rollback(const std::string& etag = "") {
    v1::RollbackModelRequest request;
    request.set_etag(etag);
    grpc::ClientContext context;
    return models_->Rollback(&context, request, &activated_);
  }
  std::string AnsweringVersion() {
    v1::RecommendResponse response;
    EXPECT_THAT(Recommend(CameraPage(), &response), IsGrpcStatus(grpc::StatusCode::OK));
    return response.model_version();
  }

  std::string first_;
  std::string second_;
  std::unique_ptr<v1::ModelService::Stub> models_;
  v1::ActivateModelResponse activated_;
};

TEST_F(ModelCallsTest, TheVersionThatIsActivatedAnswersTheNextRequest) {
  EXPECT_THAT(Activate(second_), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(activated_.version(), second_);
  EXPECT_EQ(activated_.previous_version(), first_);
  EXPECT_EQ(AnsweringVersion(), second_);
  EXPECT_EQ(*artefact::ReadActiveVersion(Models()), second_) << "a restart has it too";
}

TEST_F(ModelCallsTest, RollingBackUndoesAnActivation) {
  ASSERT_THAT(Activate(second_), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_THAT(Rollback(), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(activated_.version(), first_);
  EXPECT_EQ(AnsweringVersion(), first_);
  EXPECT_THAT(Rollback(), IsGrpcStatus(grpc::StatusCode::NOT_FOUND, HasSubstr("was active before " + first_)));
  EXPECT_EQ(AnsweringVersion(), first_);
}

TEST_F(ModelCallsTest, ABrokenVersionChangesNothing) {
  AWASE_ASSERT_OK(BreakVersion(Models(), second_));
  EXPECT_THAT(Activate(second_), IsGrpcStatus(grpc::StatusCode::DATA_LOSS, HasSubstr(second_)));
  EXPECT_EQ(AnsweringVersion(), first_);
  EXPECT_EQ(*artefact::ReadActiveVersion(Models()), first_);
  EXPECT_FALSE(reloader_->degraded());
  EXPECT_THAT(Activate("../etc/passwd"), IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("16 hex")));
  EXPECT_THAT(Activate("0123456789abcdef"), IsGrpcStatus(grpc::StatusCode::NOT_FOUND));
}

TEST_F(ModelCallsTest, AnEtagIsTheVersionThatServes) {
  EXPECT_THAT(Activate(second_, second_), IsGrpcStatus(grpc::StatusCode::ABORTED, HasSubstr(first_)));
  EXPECT_EQ(AnsweringVersion(), first_);
  EXPECT_THAT(Activate(second_, first_), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_THAT(Rollback(first_), IsGrpcStatus(grpc::StatusCode::ABORTED, HasSubstr(second_)));
}

TEST_F(ModelCallsTest, ListsInPagesWhatIsThereAndWhatServes) {
  v1::ListModelsRequest request;
  request.set_page_size(1);
  v1::ListModelsResponse page;
  ASSERT_THAT(List(request, &page), IsGrpcStatus(grpc::StatusCode::OK));
  ASSERT_THAT(page.versions(), SizeIs(1));
  request.set_page_token(page.next_page_token());
  v1::ListModelsResponse rest;
  ASSERT_THAT(List(request, &rest), IsGrpcStatus(grpc::StatusCode::OK));
  ASSERT_THAT(rest.versions(), SizeIs(1));
  EXPECT_THAT(rest.next_page_token(), IsEmpty());
  const bool is_first = page.versions(0).version() == first_;
  const v1::ModelVersion& serving = is_first ? page.versions(0) : rest.versions(0);
  const v1::ModelVersion& other = is_first ? rest.versions(0) : page.versions(0);
  EXPECT_EQ(serving.version(), first_);
  EXPECT_TRUE(serving.serving());
  EXPECT_TRUE(serving.active());
  EXPECT_GT(serving.create_time().seconds(), 1'700'000'000);
  EXPECT_EQ(other.version(), second_);
  EXPECT_FALSE(other.serving());
  EXPECT_FALSE(other.active());

  request.set_page_token("gone");
  EXPECT_THAT(List(request, &rest), IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("page_token")));
  request.set_page_size(1001);
  EXPECT_THAT(List(request, &rest), IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("page_size")));
}

TEST_F(ModelCallsTest, RulesThatNoLongerValidateAreTold) {
  WriteRules("set.yaml", SetRule("kit", "USD 505.00", "Together"));
  Settle();
  ASSERT_FALSE(reloader_->status().has_rule_problem());
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string cheap, WriteCameraShop(Models(), 100, /*activate=*/false));
  ASSERT_THAT(Activate(cheap), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_THAT(activated_.rule_problem(), HasSubstr("set.yaml:5"));
  EXPECT_EQ(AnsweringVersion(), cheap);
}

TEST_F(ModelCallsTest, AServerOfOneVersionHasNoOthers) {
  serving::Reloader::Options options;
  options.model_path = JoinPath(Models(), first_);
  AWASE_ASSERT_OK_AND_ASSIGN(const auto reloader, serving::Reloader::Create(options));
  EXPECT_THAT(reloader->ActivateModel(second_, ""),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("model directory")));
  EXPECT_THAT(reloader->RollBackModel(""), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(reloader->ListModels(), StatusIs(absl::StatusCode::kFailedPrecondition));
}

}  // namespace
}  // namespace awase::testing

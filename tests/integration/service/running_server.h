#ifndef AWASE_TESTS_INTEGRATION_SERVICE_RUNNING_SERVER_H_
#define AWASE_TESTS_INTEGRATION_SERVICE_RUNNING_SERVER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "awase/base/files.h"
#include "awase/service/server.h"
#include "awase/serving/reloader.h"
#include "awase/v1/catalog.grpc.pb.h"
#include "awase/v1/recommendation.grpc.pb.h"
#include "awase/v1/rules.grpc.pb.h"
#include "gmock/gmock.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/testing/camera_shop.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::testing {

// A real server of the camera shop in this process, on a free port. The reloader has no thread: tests call CheckNow.
class RunningServerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    AWASE_ASSERT_OK(WriteCameraShop(Models()).status());
    AWASE_ASSERT_OK(MakeDirectories(Rules()));
    StartServer({});
  }

  // Replaces the server and the reloader.
  void StartServer(service::Server::Options options) {
    server_.reset();
    reloader_.reset();
    serving::Reloader::Options reload_options;
    reload_options.model_path = Models();
    reload_options.rule_folder = Rules();
    reload_options.live_folder = live_folder_;
    AWASE_ASSERT_OK_AND_ASSIGN(reloader_, serving::Reloader::Create(reload_options));
    options.address = address_;
    // A machine that stands still for a moment is no overload here.
    if (options.limits.recommend_wait == config::Limits().recommend_wait) {
      options.limits.recommend_wait = absl::Seconds(10);
    }
    AWASE_ASSERT_OK_AND_ASSIGN(server_, service::Server::Create(options, reloader_.get()));
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
    channel_ = grpc::CreateCustomChannel(server_->address(), grpc::InsecureChannelCredentials(), arguments);
    recommendations_ = v1::RecommendationService::NewStub(channel_);
    catalog_ = v1::CatalogService::NewStub(channel_);
    rules_ = v1::RuleService::NewStub(channel_);
    health_ = grpc::health::v1::Health::NewStub(channel_);
  }

  std::string Models() const { return dir_.Join("models"); }
  std::string Rules() const { return dir_.Join("rules"); }
  void WriteRules(const std::string& name, const std::string& yaml) { dir_.Write("rules/" + name, yaml); }

  // Enough looks for any change of files to serve.
  void Settle() {
    for (int look = 0; look < 3; ++look) reloader_->CheckNow();
  }

  static v1::RecommendRequest CameraPage() {
    v1::RecommendRequest request;
    request.add_product_ids("camera");
    return request;
  }

  grpc::Status Recommend(const v1::RecommendRequest& request, v1::RecommendResponse* response) {
    grpc::ClientContext context;
    return recommendations_->Recommend(&context, request, response);
  }

  TempDir dir_;
  std::string live_folder_;  // of the next server; empty: it has no live values
  std::string address_ = "127.0.0.1:0";
  std::unique_ptr<serving::Reloader> reloader_;
  std::unique_ptr<service::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::RecommendationService::Stub> recommendations_;
  std::unique_ptr<v1::CatalogService::Stub> catalog_;
  std::unique_ptr<v1::RuleService::Stub> rules_;
  std::unique_ptr<grpc::health::v1::Health::Stub> health_;
};

MATCHER_P(IsGrpcStatus, code, "") {
  *result_listener << "code " << arg.error_code() << ": " << arg.error_message();
  return arg.error_code() == code;
}

MATCHER_P2(IsGrpcStatus, code, message_matcher, "") {
  *result_listener << "code " << arg.error_code() << ": " << arg.error_message();
  return arg.error_code() == code &&
         ::testing::ExplainMatchResult(message_matcher, arg.error_message(), result_listener);
}

inline const v1::Slot* FindSlot(const v1::RecommendResponse& response, absl::string_view name) {
  for (const v1::Slot& slot : response.slots()) {
    if (absl::string_view(slot.name()) == name) return &slot;
  }
  return nullptr;
}

}  // namespace awase::testing

#endif  // AWASE_TESTS_INTEGRATION_SERVICE_RUNNING_SERVER_H_

#include "awase/service/client.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/v1/catalog.grpc.pb.h"
#include "awase/v1/recommendation.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "service/status.h"

namespace awase::service {
namespace {

std::shared_ptr<grpc::Channel> Connect(const std::string& address) {
  grpc::ChannelArguments arguments;
  // A proxy from the environment is meant for the web; it would be asked for 127.0.0.1 too.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

}  // namespace

struct Client::State {
  explicit State(Options client_options)
      : options(std::move(client_options)),
        channel(Connect(options.address)),
        recommendations(v1::RecommendationService::NewStub(channel)),
        catalog(v1::CatalogService::NewStub(channel)) {}

  void SetDeadline(grpc::ClientContext* context) const {
    context->set_deadline(std::chrono::system_clock::now() + absl::ToChronoMilliseconds(options.deadline));
  }

  absl::Status Explain(const grpc::Status& status) const {
    if (status.error_code() != grpc::StatusCode::UNAVAILABLE) return FromGrpcStatus(status);
    return absl::UnavailableError(absl::StrCat("no answer from ", options.address, " (", status.error_message(),
                                               "): is `awase serve` running there?"));
  }

  const Options options;
  const std::shared_ptr<grpc::Channel> channel;
  const std::unique_ptr<v1::RecommendationService::Stub> recommendations;
  const std::unique_ptr<v1::CatalogService::Stub> catalog;
};

Client::Client(Options options) : state_(std::make_unique<State>(std::move(options))) {}
Client::~Client() = default;

absl::StatusOr<v1::RecommendResponse> Client::Recommend(const v1::RecommendRequest& request) {
  grpc::ClientContext context;
  state_->SetDeadline(&context);
  v1::RecommendResponse response;
  const grpc::Status status = state_->recommendations->Recommend(&context, request, &response);
  if (!status.ok()) return state_->Explain(status);
  return response;
}

absl::StatusOr<v1::Product> Client::GetProduct(const std::string& product_id) {
  grpc::ClientContext context;
  state_->SetDeadline(&context);
  v1::GetProductRequest request;
  request.set_product_id(product_id);
  v1::Product response;
  const grpc::Status status = state_->catalog->GetProduct(&context, request, &response);
  if (!status.ok()) return state_->Explain(status);
  return response;
}

}  // namespace awase::service

#include "awase/service/client.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "awase/v1/catalog.grpc.pb.h"
#include "awase/v1/models.grpc.pb.h"
#include "awase/v1/recommendation.grpc.pb.h"
#include "awase/v1/rules.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "service/status.h"

namespace awase::service {
namespace {

// In gRPC's words.
constexpr absl::string_view kAnsweredInHttp1 = "Trying to connect an http1.x server";

std::shared_ptr<grpc::ChannelCredentials> CredentialsOf(const Client::Options& options) {
  if (!options.tls.has_value()) return grpc::InsecureChannelCredentials();
  return grpc::SslCredentials({.pem_root_certs = options.tls->authorities,
                               .pem_private_key = options.tls->private_key,
                               .pem_cert_chain = options.tls->certificate_chain});
}

std::shared_ptr<grpc::Channel> Connect(const Client::Options& options) {
  grpc::ChannelArguments arguments;
  // A proxy from the environment is meant for the web; it would be asked for 127.0.0.1 too.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetMaxReceiveMessageSize(-1);  // rule sets may be larger than the 4 MiB of the default
  return grpc::CreateCustomChannel(options.address, CredentialsOf(options), arguments);
}

}  // namespace

struct Client::State {
  explicit State(Options client_options)
      : options(std::move(client_options)),
        channel(Connect(options)),
        recommendations(v1::RecommendationService::NewStub(channel)),
        catalog(v1::CatalogService::NewStub(channel)),
        rules(v1::RuleService::NewStub(channel)),
        models(v1::ModelService::NewStub(channel)) {}

  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(Stub& stub,
                                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                const Request& request) const {
    grpc::ClientContext context;
    SetDeadline(&context);
    if (!options.token.empty()) context.AddMetadata("authorization", absl::StrCat("Bearer ", options.token));
    Response response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return Explain(status);
    return response;
  }

  void SetDeadline(grpc::ClientContext* context) const {
    context->set_deadline(std::chrono::system_clock::now() + absl::ToChronoMilliseconds(options.deadline));
  }

  absl::Status Explain(const grpc::Status& status) const {
    if (status.error_code() != grpc::StatusCode::UNAVAILABLE) return FromGrpcStatus(status);
    if (absl::StrContains(status.error_message(), kAnsweredInHttp1)) {
      return absl::UnavailableError(absl::StrCat(
          options.address,
          " answers in HTTP/1, as the HTTP port of `awase serve` does (--http): name its gRPC port (--grpc)"));
    }
    return absl::UnavailableError(absl::StrCat("no answer from ", options.address, " (", status.error_message(),
                                               "): is `awase serve` running there?"));
  }

  const Options options;
  const std::shared_ptr<grpc::Channel> channel;
  const std::unique_ptr<v1::RecommendationService::Stub> recommendations;
  const std::unique_ptr<v1::CatalogService::Stub> catalog;
  const std::unique_ptr<v1::RuleService::Stub> rules;
  const std::unique_ptr<v1::ModelService::Stub> models;
};

Client::Client(Options options) : state_(std::make_unique<State>(std::move(options))) {}
Client::~Client() = default;

absl::StatusOr<v1::RecommendResponse> Client::Recommend(const v1::RecommendRequest& request) {
  return state_->Call(*state_->recommendations, &v1::RecommendationService::Stub::Recommend, request);
}

absl::StatusOr<v1::ExplainResponse> Client::Explain(const v1::ExplainRequest& request) {
  return state_->Call(*state_->recommendations, &v1::RecommendationService::Stub::Explain, request);
}

absl::StatusOr<v1::Product> Client::GetProduct(const std::string& product_id) {
  v1::GetProductRequest request;
  request.set_product_id(product_id);
  return state_->Call(*state_->catalog, &v1::CatalogService::Stub::GetProduct, request);
}

absl::StatusOr<v1::PublishRulesResponse> Client::PublishRules(const v1::PublishRulesRequest& request) {
  return state_->Call(*state_->rules, &v1::RuleService::Stub::Publish, request);
}

absl::StatusOr<v1::PublishRulesResponse> Client::RollbackRules(const v1::RollbackRulesRequest& request) {
  return state_->Call(*state_->rules, &v1::RuleService::Stub::Rollback, request);
}

absl::StatusOr<v1::ListRuleRevisionsResponse> Client::ListRuleRevisions(const v1::ListRuleRevisionsRequest& request) {
  return state_->Call(*state_->rules, &v1::RuleService::Stub::ListRevisions, request);
}

absl::StatusOr<v1::RuleComparison> Client::DiffRules(const v1::DiffRulesRequest& request) {
  return state_->Call(*state_->rules, &v1::RuleService::Stub::Diff, request);
}

absl::StatusOr<v1::RuleRevision> Client::GetRuleRevision(const v1::GetRuleRevisionRequest& request) {
  return state_->Call(*state_->rules, &v1::RuleService::Stub::Get, request);
}

absl::StatusOr<v1::ListModelsResponse> Client::ListModels(const v1::ListModelsRequest& request) {
  return state_->Call(*state_->models, &v1::ModelService::Stub::List, request);
}

absl::StatusOr<v1::ActivateModelResponse> Client::ActivateModel(const v1::ActivateModelRequest& request) {
  return state_->Call(*state_->models, &v1::ModelService::Stub::Activate, request);
}

absl::StatusOr<v1::ActivateModelResponse> Client::RollbackModel(const v1::RollbackModelRequest& request) {
  return state_->Call(*state_->models, &v1::ModelService::Stub::Rollback, request);
}

absl::StatusOr<v1::StartCanaryResponse> Client::StartCanary(const v1::StartCanaryRequest& request) {
  return state_->Call(*state_->models, &v1::ModelService::Stub::StartCanary, request);
}

absl::StatusOr<v1::StopCanaryResponse> Client::StopCanary(const v1::StopCanaryRequest& request) {
  return state_->Call(*state_->models, &v1::ModelService::Stub::StopCanary, request);
}

absl::StatusOr<v1::CompareModelsResponse> Client::CompareModels(const v1::CompareModelsRequest& request) {
  return state_->Call(*state_->models, &v1::ModelService::Stub::Compare, request);
}

}  // namespace awase::service

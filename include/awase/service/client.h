#ifndef AWASE_SERVICE_CLIENT_H_
#define AWASE_SERVICE_CLIENT_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "awase/v1/catalog.pb.h"
#include "awase/v1/models.pb.h"
#include "awase/v1/recommendation.pb.h"
#include "awase/v1/rules.pb.h"

namespace awase::service {

// Calls an awase server. thread-safe; every call blocks for at most the deadline.
class Client {
 public:
  // All text is PEM.
  struct Tls {
    std::string authorities;        // who vouches for the server
    std::string certificate_chain;  // to show; empty, and the key too: none
    std::string private_key;
  };
  struct Options {
    std::string address;                          // HOST:PORT
    absl::Duration deadline = absl::Seconds(10);  // per call
    std::string token;                            // sent with each call; empty: none
    std::optional<Tls> tls;                       // missing: plain connections
  };

  // Connects at the first call.
  explicit Client(Options options);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // The server's status on failure; kUnavailable (with what to do) when nothing answers at the address,
  // kDeadlineExceeded when the deadline passes.
  absl::StatusOr<v1::RecommendResponse> Recommend(const v1::RecommendRequest& request);
  absl::StatusOr<v1::ExplainResponse> Explain(const v1::ExplainRequest& request);
  absl::StatusOr<v1::Product> GetProduct(const std::string& product_id);
  absl::StatusOr<v1::PublishRulesResponse> PublishRules(const v1::PublishRulesRequest& request);
  absl::StatusOr<v1::PublishRulesResponse> RollbackRules(const v1::RollbackRulesRequest& request);
  absl::StatusOr<v1::ListRuleRevisionsResponse> ListRuleRevisions(const v1::ListRuleRevisionsRequest& request);
  absl::StatusOr<v1::RuleComparison> DiffRules(const v1::DiffRulesRequest& request);
  absl::StatusOr<v1::RuleRevision> GetRuleRevision(const v1::GetRuleRevisionRequest& request);
  absl::StatusOr<v1::ListModelsResponse> ListModels(const v1::ListModelsRequest& request);
  absl::StatusOr<v1::ActivateModelResponse> ActivateModel(const v1::ActivateModelRequest& request);
  absl::StatusOr<v1::ActivateModelResponse> RollbackModel(const v1::RollbackModelRequest& request);
  absl::StatusOr<v1::StartCanaryResponse> StartCanary(const v1::StartCanaryRequest& request);
  absl::StatusOr<v1::StopCanaryResponse> StopCanary(const v1::StopCanaryRequest& request);
  absl::StatusOr<v1::CompareModelsResponse> CompareModels(const v1::CompareModelsRequest& request);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_CLIENT_H_

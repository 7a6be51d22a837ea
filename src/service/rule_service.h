#ifndef AWASE_SERVICE_RULE_SERVICE_H_
#define AWASE_SERVICE_RULE_SERVICE_H_

#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "awase/serving/reloader.h"
#include "awase/v1/rules.grpc.pb.h"
#include "service/call_gate.h"
#include "service/request_recorder.h"
#include "service/unary_methods.h"
#include "service/work_pool.h"

namespace awase::service {

// awase.v1.RuleService. thread-safe. The reloader, the gate, the pool and the recorder (null: nothing is recorded) are
// borrowed and outlive it.
class RuleService final : public v1::RuleService::CallbackService {
 public:
  RuleService(serving::Reloader* reloader, CallGate* gate, WorkPool* pool, RequestRecorder* recorder,
              std::function<absl::Time()> now)
      : reloader_(reloader), gate_(gate), pool_(pool), recorder_(recorder), now_(std::move(now)) {}

  // Its unary methods, for callers without gRPC.
  void AddTo(UnaryMethods* methods);

  grpc::ServerUnaryReactor* Publish(grpc::CallbackServerContext* context, const v1::PublishRulesRequest* request,
                                    v1::PublishRulesResponse* response) override;
  grpc::ServerUnaryReactor* Validate(grpc::CallbackServerContext* context, const v1::ValidateRulesRequest* request,
                                     v1::ValidateRulesResponse* response) override;
  grpc::ServerUnaryReactor* Diff(grpc::CallbackServerContext* context, const v1::DiffRulesRequest* request,
                                 v1::RuleComparison* response) override;
  grpc::ServerUnaryReactor* Rollback(grpc::CallbackServerContext* context, const v1::RollbackRulesRequest* request,
                                     v1::PublishRulesResponse* response) override;
  grpc::ServerUnaryReactor* ListRevisions(grpc::CallbackServerContext* context,
                                          const v1::ListRuleRevisionsRequest* request,
                                          v1::ListRuleRevisionsResponse* response) override;
  grpc::ServerUnaryReactor* Get(grpc::CallbackServerContext* context, const v1::GetRuleRevisionRequest* request,
                                v1::RuleRevision* response) override;

 private:
  absl::Status DoPublish(const v1::PublishRulesRequest& request, const std::string& caller,
                         v1::PublishRulesResponse* response);
  absl::Status DoValidate(const v1::ValidateRulesRequest& request, v1::ValidateRulesResponse* response);
  absl::Status DoDiff(const v1::DiffRulesRequest& request, const WantedCheck& still_wanted,
                      v1::RuleComparison* response);
  absl::Status DoRollback(const v1::RollbackRulesRequest& request, const std::string& caller,
                          v1::PublishRulesResponse* response);
  absl::Status DoListRevisions(const v1::ListRuleRevisionsRequest& request, v1::ListRuleRevisionsResponse* response);
  absl::Status DoGet(const v1::GetRuleRevisionRequest& request, v1::RuleRevision* response);

  serving::Reloader* const reloader_;
  CallGate* const gate_;
  WorkPool* const pool_;
  RequestRecorder* const recorder_;
  const std::function<absl::Time()> now_;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_RULE_SERVICE_H_

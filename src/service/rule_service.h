#ifndef AWASE_SERVICE_RULE_SERVICE_H_
#define AWASE_SERVICE_RULE_SERVICE_H_

#include "absl/status/status.h"
#include "awase/serving/reloader.h"
#include "awase/v1/rules.grpc.pb.h"
#include "service/call_gate.h"
#include "service/work_pool.h"

namespace awase::service {

// awase.v1.RuleService. thread-safe. The reloader, the gate and the pool are borrowed and outlive it.
class RuleService final : public v1::RuleService::CallbackService {
 public:
  RuleService(serving::Reloader* reloader, CallGate* gate, WorkPool* pool)
      : reloader_(reloader), gate_(gate), pool_(pool) {}

  grpc::ServerUnaryReactor* Publish(grpc::CallbackServerContext* context, const v1::PublishRulesRequest* request,
                                    v1::PublishRulesResponse* response) override;
  grpc::ServerUnaryReactor* Validate(grpc::CallbackServerContext* context, const v1::ValidateRulesRequest* request,
                                     v1::ValidateRulesResponse* response) override;

 private:
  absl::Status DoPublish(const v1::PublishRulesRequest& request, v1::PublishRulesResponse* response);
  absl::Status DoValidate(const v1::ValidateRulesRequest& request, v1::ValidateRulesResponse* response);

  serving::Reloader* const reloader_;
  CallGate* const gate_;
  WorkPool* const pool_;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_RULE_SERVICE_H_

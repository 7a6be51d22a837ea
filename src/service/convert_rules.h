#ifndef AWASE_SERVICE_CONVERT_RULES_H_
#define AWASE_SERVICE_CONVERT_RULES_H_

// What has been published, as messages.

#include <string>

#include "awase/serving/reloader.h"
#include "awase/serving/revision_store.h"
#include "awase/v1/rules.pb.h"

namespace awase::service {

void PublishedToProto(const serving::Reloader::Published& published, v1::PublishRulesResponse* response);

// Without files.
void RevisionToProto(const serving::RevisionInfo& info, bool is_serving, v1::RuleRevision* proto);

// Why the newest rules do not serve, and what is wrong with those that do (with the canary, too), for people
// (ListRuleRevisionsResponse.problem). Empty when nothing is. At most 64 KiB.
std::string RuleProblemText(const serving::ReloadStatus& status);

}  // namespace awase::service

#endif  // AWASE_SERVICE_CONVERT_RULES_H_

#ifndef AWASE_SERVICE_DIFF_RULES_H_
#define AWASE_SERVICE_DIFF_RULES_H_

// What a draft of rules would change, for RuleService.Diff.

#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "awase/rules/load_rules.h"
#include "awase/serving/reloader.h"
#include "awase/v1/rules.pb.h"
#include "service/request_recorder.h"
#include "service/unary_methods.h"

namespace awase::service {

// Compares `draft` with what `reloader` serves. `recorder` is null where nothing is recorded. Takes the thread that
// calls it, for about 20 µs per request and rule set, until `still_wanted` is not OK. Errors as RuleService.Diff says.
absl::Status DiffRules(const serving::Reloader& reloader, RequestRecorder* recorder,
                       const std::vector<rules::RuleFile>& draft, const v1::DiffRulesRequest& request, absl::Time now,
                       const WantedCheck& still_wanted, v1::RuleComparison* comparison);

}  // namespace awase::service

#endif  // AWASE_SERVICE_DIFF_RULES_H_

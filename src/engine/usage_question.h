#ifndef AWASE_ENGINE_USAGE_QUESTION_H_
#define AWASE_ENGINE_USAGE_QUESTION_H_

#include <string>

#include "awase/plans/usage_history.h"
#include "awase/rules/condition.h"
#include "context.h"

namespace awase::engine {

// Whether the customer's use of the metric, as docs/plans.md takes it, is such a part of what their plan and options
// include. False where the plan, an option or the seats bought are not known, the plan has no limit of the metric or
// one of 0, or no use of it is given.
bool UsesPartOfLimit(const Context& context, const plans::UsageHistory& history, const std::string& metric,
                     const rules::Range& parts);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_USAGE_QUESTION_H_

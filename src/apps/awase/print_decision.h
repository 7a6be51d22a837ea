#ifndef AWASE_APPS_AWASE_PRINT_DECISION_H_
#define AWASE_APPS_AWASE_PRINT_DECISION_H_

#include "awase/promotion/decision.h"

namespace awase::apps {

// On stdout: why the version should not have gone live, and what was said when it did; nothing for one that passed.
void PrintDecision(const promotion::Decision& decision);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_PRINT_DECISION_H_

#ifndef AWASE_APPS_AWASE_PRINT_DECISION_H_
#define AWASE_APPS_AWASE_PRINT_DECISION_H_

#include <string>
#include <vector>

namespace awase::apps {

// On stdout, of a promotion::Decision: why the version should not have gone live, and what was said when it did;
// nothing for one that passed.
void PrintDecision(const std::vector<std::string>& reasons, const std::string& forced);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_PRINT_DECISION_H_

#include "apps/awase/print_decision.h"

#include <cstdio>
#include <string>

namespace awase::apps {

void PrintDecision(const promotion::Decision& decision) {
  for (const std::string& reason : decision.reasons) std::printf("    worse than the active one: %s\n", reason.c_str());
  if (!decision.forced.empty()) std::printf("    activated in spite of this: %s\n", decision.forced.c_str());
}

}  // namespace awase::apps

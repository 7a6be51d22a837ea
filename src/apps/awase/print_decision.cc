#include "apps/awase/print_decision.h"

#include <cstdio>

namespace awase::apps {

void PrintDecision(const std::vector<std::string>& reasons, const std::string& forced) {
  for (const std::string& reason : reasons) std::printf("    worse than the active one: %s\n", reason.c_str());
  if (!forced.empty()) std::printf("    activated in spite of this: %s\n", forced.c_str());
}

}  // namespace awase::apps

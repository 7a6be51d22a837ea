#ifndef AWASE_SERVING_FIRST_RULES_H_
#define AWASE_SERVING_FIRST_RULES_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "awase/artefact/model.h"
#include "awase/rules/load_rules.h"
#include "serving/watched.h"

namespace awase::serving {

// What a server begins with.
struct FirstRules {
  rules::LoadResult loaded;  // its rules are not null
  std::string problem;       // as ReloadStatus::rule_problem
};

// The content of the folder (empty: there is none), where it was changed since the newest record of the store, and is
// then recorded; else, and where it is broken, the newest record. Fills in `watched`. The errors of Reloader::Create.
absl::StatusOr<FirstRules> ChooseFirstRules(const std::string& folder,
                                            const std::shared_ptr<const artefact::Model>& model, Watched* watched);

}  // namespace awase::serving

#endif  // AWASE_SERVING_FIRST_RULES_H_

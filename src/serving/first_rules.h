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
  rules::LoadResult loaded;    // its rules are not null
  std::string folder_problem;  // these two as in ReloadStatus
  std::string rule_problem;
};

// The content of the folder (empty: there is none), where its rules were changed since the newest record of the store,
// and are then recorded; else, and where it is broken or emptied, the newest record. Without folder and record no
// rules, which are recorded as well. Fills in `watched`. The errors of Reloader::Create.
absl::StatusOr<FirstRules> ChooseFirstRules(const std::string& folder,
                                            const std::shared_ptr<const artefact::Model>& model, Watched* watched);

}  // namespace awase::serving

#endif  // AWASE_SERVING_FIRST_RULES_H_

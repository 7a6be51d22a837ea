#ifndef AWASE_SERVING_WATCHED_H_
#define AWASE_SERVING_WATCHED_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awase/artefact/model.h"
#include "awase/engine/placements.h"
#include "awase/rules/load_rules.h"
#include "awase/serving/revision_store.h"
#include "serving/active_version.h"
#include "serving/canary_file.h"
#include "serving/rule_folder.h"

namespace awase::serving {

// What a reloader looks at, and the rule sets that have served.
struct Watched {
  ActiveVersion active;
  CanaryFile canary;
  std::shared_ptr<RevisionStore> store;  // never null
  std::optional<RuleFolder> folder;
  std::vector<rules::RuleFile> serving_files;  // checked again when the model changes
  std::shared_ptr<const engine::PlacementTable> placements;
  bool folder_refused = false;  // the folder's newest content does not serve
  std::string folder_revision;  // of the rules that were last taken from the folder

  // Of the folder's content at rest; without a folder that of the newest record.
  std::string folder_signature() const;
};

// What a folder holds, to a server.
struct FolderVerdict {
  std::string problem;       // why it does not serve; empty when it may
  rules::LoadResult loaded;  // its rules are not null when there is no problem
  // The rules were changed since they were last taken from the folder, and since the newest set came to serve: other
  // comments or another layout are no news, and a set that was published goes on serving.
  bool is_news = false;
};

// A folder that was emptied has a problem: nobody loses all rules to an unmounted disk or a failed copy.
FolderVerdict JudgeFolder(const FolderContent& content, const std::shared_ptr<const artefact::Model>& model,
                          const Watched& watched);

// The checks of rules that serve with `model` and `placements`.
rules::LoadResult LoadAgainst(const std::vector<rules::RuleFile>& files,
                              const std::shared_ptr<const artefact::Model>& model,
                              const engine::PlacementTable& placements);

// What is said of serving rules that `loaded` finds fault with, now that `model` serves.
std::string NoLongerRight(const artefact::Model& model, const rules::LoadResult& loaded);

// Puts what was loaded from the files of `revision` into the store, with what is to be said of it and the time; files
// and what the caller says of them are those of `revision`. Errors of RevisionStore::Append.
absl::StatusOr<RevisionInfo> Record(const rules::LoadResult& loaded, Revision revision, Watched* watched);

}  // namespace awase::serving

#endif  // AWASE_SERVING_WATCHED_H_

#include "serving/first_rules.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "awase/base/status_macros.h"
#include "awase/serving/reloader.h"

namespace awase::serving {
namespace {

// Records what the folder holds and makes it what serves. That it cannot be recorded is no reason not to serve it where
// nothing else could.
absl::StatusOr<FirstRules> TakeFolder(rules::LoadResult loaded, FolderContent content, bool is_first,
                                      Watched* watched) {
  FirstRules first{std::move(loaded), ""};
  const std::vector<rules::RuleFile> files = content.files;
  const absl::Status recorded =
      Record(first.loaded, {{.source = RevisionInfo::Source::kFolder}, std::move(content.files)}, watched).status();
  if (!recorded.ok() && !is_first) return recorded;
  if (!recorded.ok()) first.problem = absl::StrCat("the rules serve, but are not recorded: ", recorded.message());
  watched->serving_files = files;
  return first;
}

absl::StatusOr<FirstRules> TakeNewest(const RevisionInfo& newest, const std::shared_ptr<const artefact::Model>& model,
                                      Watched* watched) {
  AWASE_ASSIGN_OR_RETURN(Revision revision, watched->store.Read(newest.number));
  FirstRules first{LoadAgainst(revision.files, model, *watched->placements), ""};
  if (first.loaded.rules == nullptr) {
    // As when a model comes while they serve: prices have moved under them, but their decoded form is still sound.
    first.problem = JoinDiagnostics(first.loaded.diagnostics);
    first.loaded = rules::LoadRules(revision.files, nullptr, absl::Now());
    if (first.loaded.rules == nullptr) {
      return absl::InvalidArgumentError(absl::StrCat("the newest rules of the store, number ", newest.number,
                                                     ", do not validate any more:\n", first.problem));
    }
  }
  watched->serving_files = std::move(revision.files);
  return first;
}

}  // namespace

absl::StatusOr<FirstRules> ChooseFirstRules(const std::string& folder,
                                            const std::shared_ptr<const artefact::Model>& model, Watched* watched) {
  const std::optional<RevisionInfo> newest = watched->store.newest();
  std::string refused;
  if (!folder.empty()) {
    FolderContent content = ReadFolderContent(folder);
    watched->folder.emplace(folder);
    watched->folder->Accept(content);
    if (!newest.has_value() || newest->folder_signature != content.signature) {
      rules::LoadResult loaded;
      if (content.status.ok()) loaded = LoadAgainst(content.files, model, *watched->placements);
      refused = content.status.ok() ? JoinDiagnostics(loaded.diagnostics) : std::string(content.status.message());
      if (loaded.rules != nullptr) {
        absl::StatusOr<FirstRules> taken = TakeFolder(std::move(loaded), content, !newest.has_value(), watched);
        if (taken.ok()) return taken;
        refused = absl::StrCat("they validate, but cannot be recorded: ", taken.status().message());
      }
      if (!newest.has_value()) return content.status.ok() ? absl::InvalidArgumentError(refused) : content.status;
      watched->folder_refused = true;
    }
  }
  if (!newest.has_value()) return FirstRules{LoadAgainst({}, model, *watched->placements), ""};
  AWASE_ASSIGN_OR_RETURN(FirstRules first, TakeNewest(*newest, model, watched));
  if (!refused.empty()) first.problem = std::move(refused);
  return first;
}

}  // namespace awase::serving

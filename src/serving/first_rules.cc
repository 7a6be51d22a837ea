#include "serving/first_rules.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "awase/base/status_macros.h"
#include "awase/serving/reloader.h"

namespace awase::serving {
namespace {

// Records what was loaded and makes it what serves. That it cannot be recorded is no reason not to serve it where
// nothing else could.
absl::StatusOr<FirstRules> Take(rules::LoadResult loaded, Revision revision, Watched* watched) {
  const bool is_first = !watched->store->newest().has_value();
  FirstRules first{std::move(loaded), "", ""};
  std::vector<rules::RuleFile> files = revision.files;
  const absl::Status recorded = Record(first.loaded, std::move(revision), watched).status();
  if (!recorded.ok() && !is_first) return recorded;
  if (!recorded.ok()) first.rule_problem = absl::StrCat("are not recorded: ", recorded.message());
  watched->serving_files = std::move(files);
  return first;
}

absl::StatusOr<FirstRules> TakeNewest(const RevisionInfo& newest, const std::shared_ptr<const artefact::Model>& model,
                                      Watched* watched) {
  AWASE_ASSIGN_OR_RETURN(Revision revision, watched->store->Read(newest.number));
  FirstRules first{LoadAgainst(revision.files, model, *watched->placements), "", ""};
  if (first.loaded.rules == nullptr) {
    // As when a model comes while they serve: prices have moved under them, but their decoded form is still sound.
    first.rule_problem = NoLongerRight(*model, first.loaded);
    first.loaded = rules::LoadRules(revision.files, nullptr, absl::Now());
    if (first.loaded.rules == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat("the newest rules of the store, number ", newest.number, ", ", first.rule_problem));
    }
  }
  watched->serving_files = std::move(revision.files);
  return first;
}

}  // namespace

absl::StatusOr<FirstRules> ChooseFirstRules(const std::string& folder,
                                            const std::shared_ptr<const artefact::Model>& model, Watched* watched) {
  const std::optional<RevisionInfo> newest = watched->store->newest();
  if (newest.has_value()) watched->folder_revision = newest->folder_revision;
  std::string refused;
  if (!folder.empty()) {
    FolderContent content = ReadFolderContent(folder);
    watched->folder.emplace(folder);
    watched->folder->Accept(content);
    FolderVerdict verdict = JudgeFolder(content, model, *watched);
    refused = verdict.problem;
    if (refused.empty() && verdict.is_news) {
      Revision revision{{.source = RevisionInfo::Source::kFolder}, content.files};
      absl::StatusOr<FirstRules> taken = Take(std::move(verdict.loaded), std::move(revision), watched);
      if (taken.ok()) return taken;
      refused = absl::StrCat("they validate, but cannot be recorded: ", taken.status().message());
    }
    if (!newest.has_value()) return content.status.ok() ? absl::InvalidArgumentError(refused) : content.status;
    watched->folder_refused = !refused.empty();
  } else if (!newest.has_value()) {
    return Take(LoadAgainst({}, model, *watched->placements), {{.source = RevisionInfo::Source::kStart}, {}}, watched);
  }
  AWASE_ASSIGN_OR_RETURN(FirstRules first, TakeNewest(*newest, model, watched));
  first.folder_problem = std::move(refused);
  return first;
}

}  // namespace awase::serving

// How rules come to serve: from the folder, over the network, or out of the past.

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "awase/base/status_macros.h"
#include "awase/serving/catalogue_facts.h"
#include "awase/serving/reloader.h"
#include "serving/rollback_target.h"
#include "serving/watched.h"

namespace awase::serving {
namespace {

constexpr std::size_t kMostRefusalBytes = 800;

}  // namespace

rules::LoadResult LoadAgainst(const std::vector<rules::RuleFile>& files,
                              const std::shared_ptr<const artefact::Model>& model,
                              const engine::PlacementTable& placements) {
  rules::CatalogueFacts facts = FactsOf(model);
  facts.placements = placements.names();
  return rules::LoadRules(files, &facts, absl::Now());
}

absl::Status RefusedError(const rules::LoadResult& loaded) {
  return absl::InvalidArgumentError(
      loaded.ToString(kMostRefusalBytes, "; all of them: awase rules validate FOLDER, or RuleService.Validate"));
}

std::string NoLongerRight(const artefact::Model& model, const rules::LoadResult& loaded) {
  return absl::StrCat("do not validate with version ", model.version(), ":\n", loaded.ToString());
}

absl::StatusOr<RevisionInfo> Record(const rules::LoadResult& loaded, Revision revision, Watched* watched) {
  revision.info.revision = loaded.rules->revision;
  revision.info.rule_count = static_cast<std::uint32_t>(loaded.rules->rules.size());
  revision.info.published_at = absl::Now();
  revision.info.folder_signature = watched->folder_signature();
  revision.info.folder_revision =
      revision.info.source == RevisionInfo::Source::kFolder ? loaded.rules->revision : watched->folder_revision;
  AWASE_ASSIGN_OR_RETURN(RevisionInfo info, watched->store->Append(std::move(revision)));
  watched->folder_revision = info.folder_revision;
  return info;
}

std::string Watched::folder_signature() const {
  if (folder.has_value()) return folder->accepted();
  const std::optional<RevisionInfo> newest = store->newest();
  return newest.has_value() ? newest->folder_signature : std::string();
}

FolderVerdict JudgeFolder(const FolderContent& content, const std::shared_ptr<const artefact::Model>& model,
                          const Watched& watched) {
  FolderVerdict verdict;
  if (!content.status.ok()) {
    verdict.problem = std::string(content.status.message());
    return verdict;
  }
  verdict.loaded = LoadAgainst(content.files, model, *watched.placements);
  if (verdict.loaded.rules == nullptr) {
    verdict.problem = verdict.loaded.ToString();
    return verdict;
  }
  const std::optional<RevisionInfo> newest = watched.store->newest();
  const bool is_changed = verdict.loaded.rules->revision != watched.folder_revision;
  if (content.files.empty() && newest.has_value() && is_changed) {
    verdict.problem = std::string(rules::NoRuleFilesError(watched.folder->path()).message());
  }
  verdict.is_news = is_changed && (!newest.has_value() || content.signature != newest->folder_signature);
  return verdict;
}

absl::StatusOr<RevisionInfo> Reloader::AdoptRules(const rules::LoadResult& loaded, Revision revision) {
  const std::shared_ptr<const Served> live = holder_.Get();
  const std::string before = live->active->rules().revision;
  const bool is_same = loaded.rules->revision == before;  // only comments or layout have changed
  // Many rules take a while to compile, and what is in the history is taken to serve.
  Served next = *live;
  if (!is_same) next.active = live->active->WithRules(loaded.rules);
  if (!is_same && live->canary != nullptr) next.canary = live->canary->WithRules(loaded.rules);
  std::vector<rules::RuleFile> files = revision.files;
  AWASE_ASSIGN_OR_RETURN(RevisionInfo info, Record(loaded, std::move(revision), watched_.get()));
  watched_->serving_files = std::move(files);
  if (!is_same) SwapRules(std::move(next));
  if (!loaded.diagnostics.empty()) Log(LogLevel::kWarning, loaded.ToString());
  SetRuleProblem("");
  CheckCanaryRules();
  if (is_same) return info;
  Log(LogLevel::kInfo,
      absl::StrCat("serving rules ", info.revision, " (", info.rule_count, " rules, number ", info.number, ", ",
                   SourceName(info.source), info.author.empty() ? "" : " by ", info.author, ") instead of ", before));
  return info;
}

absl::Status Reloader::CheckChange(const Change& change) const {
  const std::string serving = snapshot()->rules().revision;
  if (!change.etag.empty() && change.etag != serving) {
    if (absl::StartsWith(serving, change.etag)) {
      return absl::AbortedError(absl::StrCat(
          "etag: ", change.etag, " is only the beginning of the revision that serves, ", serving, ": give all of it"));
    }
    return absl::AbortedError(absl::StrCat("etag: ", change.etag, " does not serve, but ", ServingText(),
                                           ": look at them, then publish with their revision"));
  }
  return RevisionStore::CheckSaid(change.author, change.comment);
}

absl::StatusOr<Reloader::Published> Reloader::PublishSet(Revision revision, const Change& change) {
  const rules::LoadResult loaded = LoadAgainst(revision.files, snapshot()->shared_model(), *options_.placements);
  if (loaded.rules == nullptr) return RefusedError(loaded);
  Published published{loaded.rules->revision, 0, loaded.rules->rules.size(), loaded.diagnostics, loaded.warning_count};
  if (change.validate_only) return published;
  revision.info.author = change.author;
  revision.info.published_by = change.published_by;
  revision.info.comment = change.comment;
  AWASE_ASSIGN_OR_RETURN(const RevisionInfo info, AdoptRules(loaded, std::move(revision)));
  published.number = info.number;
  return published;
}

absl::StatusOr<Reloader::Published> Reloader::Publish(const std::vector<rules::RuleFile>& files, const Change& change) {
  MutexLock lock(work_mutex_);
  AWASE_RETURN_IF_ERROR(CheckChange(change));
  if (!files.empty()) return PublishSet({{.source = RevisionInfo::Source::kPublished}, files}, change);
  if (!watched_->folder.has_value()) {
    return absl::FailedPreconditionError("files: empty, and the server was started without a rule folder to read");
  }
  FolderContent content = ReadFolderContent(watched_->folder->path());
  AWASE_RETURN_IF_ERROR(content.status);
  if (content.files.empty()) return rules::NoRuleFilesError(watched_->folder->path());
  const std::string signature_before = watched_->folder->accepted();
  watched_->folder->Accept(content);
  auto published = PublishSet({{.source = RevisionInfo::Source::kFolder}, std::move(content.files)}, change);
  if (!published.ok() || change.validate_only) {
    watched_->folder->Accept({.signature = signature_before});
    return published;
  }
  watched_->folder_refused = false;
  SetFolderProblem("");
  return published;
}

absl::StatusOr<Reloader::Published> Reloader::RollBack(const std::string& revision, const Change& change) {
  MutexLock lock(work_mutex_);
  AWASE_RETURN_IF_ERROR(CheckChange(change));
  std::string wanted = revision;
  if (wanted.empty()) {
    const std::optional<RevisionInfo> target = FindRollbackTarget(watched_->store->revisions());
    if (!target.has_value()) {
      return absl::NotFoundError(
          "before the rules that serve none have served here that differ from them and were not rolled back: name "
          "those that are to come back (awase rules history lists them)");
    }
    wanted = absl::StrCat("#", target->number);
  }
  AWASE_ASSIGN_OR_RETURN(Revision found, watched_->store->Find(wanted));
  AWASE_ASSIGN_OR_RETURN(
      Published published,
      PublishSet({{.source = RevisionInfo::Source::kRolledBack, .restored = found.info.number}, std::move(found.files)},
                 change));
  published.restored = std::move(found.info);
  return published;
}

Reloader::HistoryPage Reloader::History(std::uint64_t below, std::size_t most) const {
  const std::optional<RevisionInfo> newest = store_->newest();
  HistoryPage page{store_->NewestBelow(below, most + 1), newest.has_value() ? newest->number : 0};
  page.has_more = page.revisions.size() > most;
  if (page.has_more) page.revisions.pop_back();
  return page;
}

absl::StatusOr<Reloader::FoundRevision> Reloader::FindRevision(const std::string& revision) const {
  const std::optional<RevisionInfo> newest = store_->newest();
  if (!newest.has_value()) return absl::NotFoundError("no rules have served here yet");
  AWASE_ASSIGN_OR_RETURN(Revision found, revision.empty() ? store_->Read(newest->number) : store_->Find(revision));
  const bool is_serving = found.info.number >= newest->number;  // it may have come to serve in between
  return FoundRevision{std::move(found), is_serving};
}

rules::LoadResult Reloader::Validate(const std::vector<rules::RuleFile>& files) const {
  return LoadAgainst(files, snapshot()->shared_model(), *options_.placements);
}

}  // namespace awase::serving

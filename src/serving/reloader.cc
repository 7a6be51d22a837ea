#include "awase/serving/reloader.h"

#include <chrono>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "awase/artefact/model.h"
#include "awase/base/parallel.h"
#include "awase/base/status_macros.h"
#include "serving/first_model.h"
#include "serving/first_rules.h"
#include "serving/live_tables.h"
#include "serving/spare_version.h"
#include "serving/watched.h"
#include "serving/with_canary.h"

namespace awase::serving {
namespace {

// What a server begins with that tries out what CANARY says.
absl::StatusOr<Served> AddFirstCanary(const Served& active, const Reloader::Options& options, Watched* watched) {
  const std::optional<absl::StatusOr<std::optional<artefact::Canary>>> wanted = watched->canary.Look();
  if (!wanted.has_value()) return active;
  AWASE_RETURN_IF_ERROR(wanted->status());
  // On all cores: nobody is being answered yet.
  return WithCanary(active, **wanted, options.model_path, options.placements, {.threads = HardwareThreads()});
}

}  // namespace

Reloader::Reloader(Options options, Served first, std::unique_ptr<Watched> watched)
    : options_(std::move(options)),
      is_one_version_(!watched->active.is_watching()),
      holder_(std::move(first)),
      store_(watched->store),
      spare_(std::make_unique<SpareVersion>(options_.model_path, options_.placements)),
      watched_(std::move(watched)),
      live_tables_(std::make_unique<LiveTables>()) {}

absl::StatusOr<std::unique_ptr<Reloader>> Reloader::Create(Options options) {
  AWASE_ASSIGN_OR_RETURN(FirstModel opened, OpenFirstModel(options.model_path));
  RevisionStore store = RevisionStore::InMemory();
  if (!options.rule_store.empty()) {
    AWASE_ASSIGN_OR_RETURN(store, RevisionStore::Open(options.rule_store));
  }
  const std::vector<std::string> store_problems = store.problems();
  CanaryFile canary(options.model_path, opened.active.is_watching());
  auto watched = std::make_unique<Watched>(Watched{std::move(opened.active),
                                                   std::move(canary),
                                                   std::make_shared<RevisionStore>(std::move(store)),
                                                   std::nullopt,
                                                   {},
                                                   options.placements,
                                                   false});
  AWASE_ASSIGN_OR_RETURN(FirstRules first, ChooseFirstRules(options.rule_folder, opened.model, watched.get()));
  const std::string empty_folder = watched->serving_files.empty() ? options.rule_folder : "";
  Served active = {.active = engine::Snapshot::Create(std::move(opened.model), first.loaded.rules, options.placements)};
  const absl::StatusOr<Served> served = AddFirstCanary(active, options, watched.get());
  auto reloader =
      std::unique_ptr<Reloader>(new Reloader(std::move(options), served.value_or(active), std::move(watched)));
  for (const std::string& problem : store_problems) {
    reloader->Log(LogLevel::kError, absl::StrCat("passed over in the rule store: ", problem));
  }
  if (!empty_folder.empty() && first.folder_problem.empty()) {
    reloader->Log(LogLevel::kInfo, absl::StrCat("no rules serve: ", rules::NoRuleFilesError(empty_folder).message()));
  }
  if (!first.folder_problem.empty()) reloader->SetFolderProblem(first.folder_problem);
  if (!served.ok()) reloader->SetCanaryProblem(std::string(served.status().message()));
  {
    MutexLock lock(reloader->work_mutex_);
    if (!first.rule_problem.empty()) reloader->SetRuleProblem(first.rule_problem);
    reloader->CheckCanaryRules();
  }
  if (!first.loaded.diagnostics.empty()) reloader->Log(LogLevel::kWarning, first.loaded.ToString());
  if (!reloader->options_.live_folder.empty()) AWASE_RETURN_IF_ERROR(reloader->OpenLive());
  return reloader;
}

Reloader::~Reloader() {
  {
    MutexLock lock(stop_mutex_);
    stop_ = true;
  }
  stopped_.notify_all();
  if (thread_.joinable()) thread_.join();
}

absl::Status Reloader::Start() {
  try {
    thread_ = std::thread([this] { Run(); });
  } catch (const std::system_error& error) {
    return absl::ResourceExhaustedError(absl::StrCat("cannot start the reload thread: ", error.what()));
  }
  return absl::OkStatus();
}

void Reloader::Run() {
  const auto interval = absl::ToChronoNanoseconds(options_.poll_interval);
  while (true) {
    {
      MutexLock lock(stop_mutex_);
      const auto deadline = std::chrono::steady_clock::now() + interval;
      while (!stop_ && stopped_.wait_until(stop_mutex_, deadline) != std::cv_status::timeout) {
      }
      if (stop_) return;
    }
    CheckNow();
  }
}

// Of what these two hand out, whoever lets go last frees no model: the holder has it until it is released.
std::shared_ptr<const engine::Snapshot> Reloader::snapshot() const {
  std::shared_ptr<const Served> live = holder_.Get();
  const engine::Snapshot* const active = live->active.get();
  return {std::move(live), active};
}

std::shared_ptr<const rules::RuleSet> Reloader::rules() const {
  std::shared_ptr<const Served> live = holder_.Get();
  const rules::RuleSet* const rules = &live->active->rules();
  return {std::move(live), rules};
}

void Reloader::CheckNow() {
  {
    MutexLock lock(work_mutex_);
    CheckModel();
    CheckCanary();
    CheckRules();
    holder_.ReleaseUnused();
    spare_->DropUnused(absl::Now());
  }
  MutexLock lock(lookers_mutex_);
  for (const auto& look : lookers_) look();
}

void Reloader::CheckModel() {
  const std::optional<absl::StatusOr<std::string>> directory = watched_->active.Look();
  if (!directory.has_value()) return;
  if (!directory->ok()) return SetModelProblem(std::string(directory->status().message()));
  // Opened even when the serving version is named: whoever activates it again wants it verified.
  absl::StatusOr<std::shared_ptr<const artefact::Model>> model = artefact::Model::Open(**directory);
  if (!model.ok()) return SetModelProblem(std::string(model.status().message()));
  AdoptModel(*std::move(model));
}

void Reloader::AdoptModel(std::shared_ptr<const artefact::Model> model) {
  SetModelProblem("");
  const std::shared_ptr<const Served> live = holder_.Get();
  const std::string before = live->active->model().version();
  const std::string version = model->version();
  if (version == before) return;
  rules::LoadResult loaded = LoadAgainst(watched_->serving_files, model, *options_.placements);
  if (loaded.rules == nullptr) {
    // Prices have moved under the rules. Their decoded form is still sound: the engine never sells a set above its list
    // price. So the model is not held back, and the findings are shown until the rules are put right.
    SetRuleProblem(NoLongerRight(*model, loaded));
    loaded.rules = live->active->shared_rules();
  } else {
    if (!loaded.diagnostics.empty()) Log(LogLevel::kWarning, loaded.ToString());
    SetRuleProblem("");
  }
  if (watched_->folder_refused) watched_->folder->Forget();  // it may be right for the new catalogue
  watched_->canary.Forget();                                 // what it says may come to be so, or end to be
  Served next = *live;
  next.active = engine::Snapshot::Create(std::move(model), std::move(loaded.rules), options_.placements);
  if (live->canary != nullptr && live->canary->model().version() == version) {
    next = {.active = std::move(next.active)};  // it was tried out, and serves everybody now
  }
  SwapModels(std::move(next));
  Log(LogLevel::kInfo, absl::StrCat("serving version ", version, " instead of ", before));
  CheckCanaryRules();
}

void Reloader::CheckRules() {
  if (!watched_->folder.has_value()) return;
  std::optional<FolderContent> content = watched_->folder->Look(absl::Now());
  if (!content.has_value()) return;
  const std::shared_ptr<const engine::Snapshot> live = snapshot();
  const FolderVerdict verdict = JudgeFolder(*content, live->shared_model(), *watched_);
  watched_->folder_refused = !verdict.problem.empty();
  if (watched_->folder_refused) return SetFolderProblem(verdict.problem);
  // Another text of the rules that serve is kept beside the first one, for whoever asks for their files.
  const std::optional<RevisionInfo> newest = watched_->store->newest();
  const bool is_text_of_serving = verdict.loaded.rules->revision == live->rules().revision &&
                                  (!newest.has_value() || content->signature != newest->folder_signature);
  if (verdict.is_news || is_text_of_serving) {
    Revision revision{{.source = RevisionInfo::Source::kFolder}, std::move(content->files)};
    const absl::Status adopted = AdoptRules(verdict.loaded, std::move(revision)).status();
    if (!adopted.ok()) {
      watched_->folder_refused = true;
      return SetFolderProblem(absl::StrCat("they validate, but cannot be recorded: ", adopted.message(),
                                           ". Change a file of the folder when that is mended"));
    }
  } else {
    Log(LogLevel::kInfo, absl::StrCat("the rule folder says what it said before: ", ServingText(), " go on serving"));
  }
  SetFolderProblem("");
}

std::string Reloader::ServingText() const {
  const std::optional<RevisionInfo> newest = watched_->store->newest();
  const std::string rules = absl::StrCat("rules ", snapshot()->rules().revision);
  if (!newest.has_value()) return rules;
  return absl::StrCat(rules, " (number ", newest->number, ", ", SourceName(newest->source),
                      newest->author.empty() ? "" : " by ", newest->author, " at ",
                      absl::FormatTime("%Y-%m-%d %H:%M:%S", newest->published_at, absl::UTCTimeZone()), " UTC)");
}

ReloadStatus Reloader::status() const {
  const std::shared_ptr<const Served> live = holder_.Get();
  MutexLock lock(status_mutex_);
  ReloadStatus status = status_;
  status.model_version = live->active->model().version();
  status.rule_revision = live->active->rules().revision;
  if (live->canary != nullptr) status.canary_version = live->canary->model().version();
  status.canary_share_basis_points = live->canary_share_basis_points;
  return status;
}

void Reloader::SetModelProblem(std::string problem) {
  if (!problem.empty()) {
    Log(LogLevel::kError, absl::StrCat("the active version is refused, version ", snapshot()->model().version(),
                                       " goes on serving: ", problem));
  }
  degraded_.store(!problem.empty(), std::memory_order_relaxed);
  SetProblem(&ReloadStatus::model_problem, std::move(problem));
}

void Reloader::SetFolderProblem(std::string problem) {
  if (!problem.empty()) {
    Log(LogLevel::kError,
        absl::StrCat("the rule folder is refused, rules ", snapshot()->rules().revision, " go on serving:\n", problem));
  }
  SetProblem(&ReloadStatus::folder_problem, std::move(problem));
}

void Reloader::SetRuleProblem(std::string problem) {
  if (!problem.empty()) Log(LogLevel::kError, absl::StrCat(ServingText(), " go on serving, but ", problem));
  SetProblem(&ReloadStatus::rule_problem, std::move(problem));
}

void Reloader::SetProblem(std::string ReloadStatus::* field, std::string problem) {
  {
    MutexLock lock(status_mutex_);
    const bool is_of_files = field == &ReloadStatus::model_problem || field == &ReloadStatus::folder_problem ||
                             field == &ReloadStatus::canary_problem;
    if (!problem.empty() && is_of_files) ++status_.failures;
    status_.*field = std::move(problem);
  }
  MutexLock lock(listeners_mutex_);
  if (listeners_.empty()) return;
  const ReloadStatus now = status();
  for (const auto& listener : listeners_) listener(now);
}

Reloader::Listening Reloader::ListenForProblems(std::function<void(const ReloadStatus& status)> listener) {
  MutexLock lock(listeners_mutex_);
  listener(status());
  const auto place = listeners_.insert(listeners_.end(), std::move(listener));
  return Listening(&*place, [this, place](const void*) {
    MutexLock ending(listeners_mutex_);
    listeners_.erase(place);
  });
}

Reloader::Listening Reloader::AlsoLook(std::function<void()> look) {
  MutexLock lock(lookers_mutex_);
  const auto place = lookers_.insert(lookers_.end(), std::move(look));
  return Listening(&*place, [this, place](const void*) {
    MutexLock ending(lookers_mutex_);
    lookers_.erase(place);
  });
}

void Reloader::CountReload() {
  MutexLock lock(status_mutex_);
  ++status_.reloads;
}

void Reloader::Log(LogLevel level, const std::string& sentence) const {
  if (!options_.log) return;
  MutexLock lock(log_mutex_);
  options_.log(level, sentence);
}

}  // namespace awase::serving

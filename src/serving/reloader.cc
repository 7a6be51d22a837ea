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
#include "awase/serving/catalogue_facts.h"
#include "serving/active_version.h"
#include "serving/rule_folder.h"

namespace awase::serving {
namespace {

rules::LoadResult LoadAgainst(const std::vector<rules::RuleFile>& files,
                              const std::shared_ptr<const artefact::Model>& model) {
  const rules::CatalogueFacts facts = FactsOf(model);
  return rules::LoadRules(files, &facts, absl::Now());
}

}  // namespace

struct Reloader::Watched {
  ActiveVersion active;
  std::optional<RuleFolder> folder;
  std::vector<rules::RuleFile> serving_files;  // checked again when the model changes
  bool folder_refused = false;                 // the folder's newest content does not validate
};

std::string JoinDiagnostics(const std::vector<rules::Diagnostic>& diagnostics) {
  return absl::StrJoin(diagnostics, "\n", [](std::string* out, const rules::Diagnostic& diagnostic) {
    absl::StrAppend(out, diagnostic.ToString());
  });
}

Reloader::Reloader(Options options, std::shared_ptr<const engine::Snapshot> first, std::unique_ptr<Watched> watched)
    : options_(std::move(options)), holder_(std::move(first)), watched_(std::move(watched)) {}

absl::StatusOr<std::unique_ptr<Reloader>> Reloader::Create(Options options) {
  AWASE_ASSIGN_OR_RETURN(ActiveVersion active, ActiveVersion::Create(options.model_path));
  artefact::Model::Options open;
  open.threads = HardwareThreads();  // nobody is being answered yet
  AWASE_ASSIGN_OR_RETURN(std::shared_ptr<const artefact::Model> model,
                         artefact::Model::Open(active.first_directory(), open));
  auto watched = std::make_unique<Watched>(Watched{std::move(active), std::nullopt, {}, false});
  if (!options.rule_folder.empty()) {
    FolderContent content = ReadFolderContent(options.rule_folder);
    AWASE_RETURN_IF_ERROR(content.status);
    watched->folder.emplace(options.rule_folder);
    watched->folder->Accept(content);
    watched->serving_files = std::move(content.files);
  }
  const rules::LoadResult loaded = LoadAgainst(watched->serving_files, model);
  if (loaded.rules == nullptr) return absl::InvalidArgumentError(JoinDiagnostics(loaded.diagnostics));
  auto reloader = std::unique_ptr<Reloader>(
      new Reloader(std::move(options), engine::Snapshot::Create(std::move(model), loaded.rules), std::move(watched)));
  if (!loaded.diagnostics.empty()) reloader->Log(LogLevel::kWarning, JoinDiagnostics(loaded.diagnostics));
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

void Reloader::CheckNow() {
  MutexLock lock(work_mutex_);
  CheckModel();
  CheckRules();
  holder_.ReleaseUnused();
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
  const std::shared_ptr<const engine::Snapshot> live = holder_.Get();
  if (model->version() == live->model().version()) return;
  rules::LoadResult loaded = LoadAgainst(watched_->serving_files, model);
  if (loaded.rules == nullptr) {
    // Prices have moved under the rules. Their decoded form is still sound: the engine never sells a set above its list
    // price. So the model is not held back, and the findings are shown until the rules are put right.
    SetRuleProblem(JoinDiagnostics(loaded.diagnostics));
    loaded.rules = live->shared_rules();
  } else {
    if (!loaded.diagnostics.empty()) Log(LogLevel::kWarning, JoinDiagnostics(loaded.diagnostics));
    if (!watched_->folder_refused) SetRuleProblem("");
  }
  if (watched_->folder_refused) watched_->folder->Forget();  // it may be right for the new catalogue
  const std::string version = model->version();
  Swap(engine::Snapshot::Create(std::move(model), std::move(loaded.rules)));
  Log(LogLevel::kInfo, absl::StrCat("serving version ", version, " instead of ", live->model().version()));
}

void Reloader::CheckRules() {
  if (!watched_->folder.has_value()) return;
  std::optional<FolderContent> content = watched_->folder->Look(absl::Now());
  if (!content.has_value()) return;
  watched_->folder_refused = true;
  if (!content->status.ok()) return SetRuleProblem(std::string(content->status.message()));
  const rules::LoadResult loaded = LoadAgainst(content->files, holder_.Get()->shared_model());
  if (loaded.rules == nullptr) return SetRuleProblem(JoinDiagnostics(loaded.diagnostics));
  watched_->folder_refused = false;
  SetRuleProblem("");
  AdoptRules(loaded, std::move(content->files));
}

void Reloader::AdoptRules(const rules::LoadResult& loaded, std::vector<rules::RuleFile> files) {
  if (!loaded.diagnostics.empty()) Log(LogLevel::kWarning, JoinDiagnostics(loaded.diagnostics));
  watched_->serving_files = std::move(files);
  const std::shared_ptr<const engine::Snapshot> live = holder_.Get();
  if (loaded.rules->revision == live->rules().revision) return;  // only comments or layout have changed
  Swap(live->WithRules(loaded.rules));
  Log(LogLevel::kInfo, absl::StrCat("serving rules ", loaded.rules->revision, " (", loaded.rules->rules.size(),
                                    " rules) instead of ", live->rules().revision));
}

absl::StatusOr<Reloader::Published> Reloader::Publish(const Publication& publication) {
  MutexLock lock(work_mutex_);
  const std::shared_ptr<const engine::Snapshot> live = holder_.Get();
  if (!publication.etag.empty() && publication.etag != live->rules().revision) {
    return absl::AbortedError(absl::StrCat("etag: rules ", live->rules().revision, " are serving, not ",
                                           publication.etag, ": look at them, then publish with their revision"));
  }
  FolderContent content;
  content.files = publication.files;
  const bool from_folder = publication.files.empty();
  if (from_folder) {
    if (!watched_->folder.has_value()) {
      return absl::FailedPreconditionError("files: empty, and the server was started without a rule folder to read");
    }
    content = ReadFolderContent(watched_->folder->path());
    AWASE_RETURN_IF_ERROR(content.status);
  }
  const rules::LoadResult loaded = LoadAgainst(content.files, live->shared_model());
  if (loaded.rules == nullptr) return absl::InvalidArgumentError(JoinDiagnostics(loaded.diagnostics));
  if (!publication.validate_only) {
    if (from_folder) {
      watched_->folder->Accept(content);
      watched_->folder_refused = false;
    }
    // What a new model found wrong with the rules before these is settled; what is wrong with the folder is not.
    if (!watched_->folder_refused) SetRuleProblem("");
    AdoptRules(loaded, std::move(content.files));
  }
  return Published{loaded.rules->revision, loaded.rules->rules.size(), loaded.diagnostics};
}

rules::LoadResult Reloader::Validate(const std::vector<rules::RuleFile>& files) const {
  return LoadAgainst(files, snapshot()->shared_model());
}

ReloadStatus Reloader::status() const {
  const std::shared_ptr<const engine::Snapshot> live = holder_.Get();
  MutexLock lock(status_mutex_);
  ReloadStatus status = status_;
  status.model_version = live->model().version();
  status.rule_revision = live->rules().revision;
  return status;
}

void Reloader::SetModelProblem(std::string problem) {
  if (!problem.empty()) {
    Log(LogLevel::kError, absl::StrCat("the active version is refused, version ", snapshot()->model().version(),
                                       " goes on serving: ", problem));
  }
  degraded_.store(!problem.empty(), std::memory_order_relaxed);
  MutexLock lock(status_mutex_);
  if (!problem.empty()) ++status_.failures;
  status_.model_problem = std::move(problem);
}

void Reloader::SetRuleProblem(std::string problem) {
  if (!problem.empty()) {
    Log(LogLevel::kError,
        absl::StrCat("the rule folder is refused, rules ", snapshot()->rules().revision, " go on serving:\n", problem));
  }
  MutexLock lock(status_mutex_);
  if (!problem.empty()) ++status_.failures;
  status_.rule_problem = std::move(problem);
}

void Reloader::Swap(std::shared_ptr<const engine::Snapshot> next) {
  holder_.Set(std::move(next));
  MutexLock lock(status_mutex_);
  ++status_.reloads;
}

void Reloader::Log(LogLevel level, const std::string& sentence) const {
  if (options_.log) options_.log(level, sentence);
}

}  // namespace awase::serving

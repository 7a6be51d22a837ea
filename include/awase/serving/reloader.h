#ifndef AWASE_SERVING_RELOADER_H_
#define AWASE_SERVING_RELOADER_H_

// Keeps the live snapshot up to date with a model directory and a rule folder, and takes published rule sets and live
// values of products. Whatever is broken changes nothing: what serves goes on serving, and the log, the status and (for
// models) degraded() say so.
//
//   AWASE_ASSIGN_OR_RETURN(std::unique_ptr<Reloader> reloader, Reloader::Create(options));
//   AWASE_RETURN_IF_ERROR(reloader->Start());
//   …
//   std::shared_ptr<const engine::Snapshot> snapshot = reloader->snapshot();   // once per request

#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "awase/artefact/canary.h"
#include "awase/artefact/writer.h"
#include "awase/base/mutex.h"
#include "awase/engine/recommend.h"
#include "awase/live/live_catalogue.h"
#include "awase/rules/load_rules.h"
#include "awase/serving/revision_store.h"
#include "awase/serving/served.h"
#include "awase/serving/snapshot_holder.h"

namespace awase::serving {

enum class LogLevel : std::uint8_t { kDebug, kInfo, kWarning, kError };

// Takes whole sentences without a newline at the end. Called from any thread, one call at a time per Reloader.
using LogSink = std::function<void(LogLevel level, const std::string& sentence)>;

// Where the reloader stands; see Reloader::status.
struct ReloadStatus {
  std::string model_version;   // serving
  std::string rule_revision;   // serving
  std::uint64_t reloads = 0;   // swaps of the snapshot since the start, by a change of files or a publish
  std::uint64_t failures = 0;  // changes of model or rule files that were refused since the start
  std::string model_problem;   // why the version that ACTIVE names does not serve; empty when it does
  std::string folder_problem;  // why the rule folder's newest content does not serve, every finding; empty when it may
  // What is wrong with the rules that serve: why they would not validate with the model that has come since, every
  // finding, or that they are not recorded. Empty when nothing is.
  std::string rule_problem;
  std::string live_problem;  // why live values cannot be written; empty when the last ones could
  // The version that is tried out, and on which share of the customers; empty and 0 when none is.
  std::string canary_version;
  std::uint32_t canary_share_basis_points = 0;
  std::string canary_problem;  // why what CANARY says is not so; empty when it is
  // Why the rules that serve would not validate with the canary: it answers with them as they stand. Empty when they
  // would, or there is none.
  std::string canary_rule_problem;

  // What should serve is not what does, or does not fit.
  bool has_rule_problem() const { return !folder_problem.empty() || !rule_problem.empty(); }
  bool has_canary_problem() const { return !canary_problem.empty() || !canary_rule_problem.empty(); }
};

class SpareVersion;  // src/serving/spare_version.h
struct LiveTables;   // src/serving/live_tables.h
struct Watched;      // src/serving/watched.h

// thread-safe.
class Reloader {
 public:
  struct Options {
    // A model directory, whose files ACTIVE and CANARY are watched, or one version directory. Required.
    std::string model_path;
    // Empty: no rules but those that are published.
    std::string rule_folder;
    // Where the rule sets that have served are kept (RevisionStore), so that the newest one serves after a restart too,
    // unless the folder was changed since. Empty: in memory, until the process ends.
    std::string rule_store;
    // Where live values of products are kept (live::LiveCatalogue); a folder has one server. Empty: there are none, and
    // products are as trained.
    std::string live_folder;
    // That requests and rules may name. Never null.
    std::shared_ptr<const engine::PlacementTable> placements = engine::PlacementTable::BuiltIn();
    // How often the thread looks. A change serves after two looks that agree (rules) or one (ACTIVE, CANARY).
    absl::Duration poll_interval = absl::Milliseconds(200);
    // Default: no log.
    LogSink log;
  };

  // Loads what serves first: with the rules of the folder, or with the newest of the store when the folder's rules are
  // what they were then, or it is broken or emptied now; and with the live values that are kept. Starts no thread yet
  // but that of the live catalogue. A canary that cannot be had is a problem (ReloadStatus) and no error.
  //   kInvalidArgument  the rules do not validate, and none have served before; the message has every finding, one per
  //                     line
  //   else              errors of artefact::Model::Open, rules::ReadRuleFolder, RevisionStore::Open and
  //                     live::LiveCatalogue::Open
  static absl::StatusOr<std::unique_ptr<Reloader>> Create(Options options);

  // Stops the threads. REQUIRES: no call of live() is under way.
  ~Reloader();
  Reloader(const Reloader&) = delete;
  Reloader& operator=(const Reloader&) = delete;

  // Starts the thread that calls CheckNow every poll_interval. REQUIRES: called once. kResourceExhausted when the
  // system gives no thread.
  absl::Status Start();

  // Looks once at ACTIVE, CANARY and the rule folder, swaps what has changed, and calls those who also look; see
  // Options::poll_interval for how many looks a change takes. Blocks while files are read and verified. Tests call it
  // in place of Start.
  void CheckNow();

  // What answers; never null. See SnapshotHolder::Get.
  std::shared_ptr<const Served> served() const { return holder_.Get(); }

  // The live snapshot of the active version; never null.
  std::shared_ptr<const engine::Snapshot> snapshot() const;

  // The rules of the live snapshots, which live as long as they are held: CheckNow frees it, and not who lets them go.
  // Never null.
  std::shared_ptr<const rules::RuleSet> rules() const;

  // What the shop's feed says of products; null without Options::live_folder. Updates are in the snapshots that are
  // taken after Update has returned, and stay there whatever model and rules come.
  live::LiveCatalogue* live() const { return live_.get(); }

  // True while the version that ACTIVE names was refused, so that an older one serves. Never blocks.
  bool degraded() const { return degraded_.load(std::memory_order_relaxed); }

  ReloadStatus status() const;

  // Until it goes; then it waits for a call that runs. Goes before the reloader.
  using Listening = std::shared_ptr<const void>;

  // Calls `listener` before it returns, and from then on, from any thread, whenever a problem came, changed or went,
  // and now and then when none did: one call at a time, the last one with what is so now. Listeners must not block,
  // nor call the reloader.
  Listening ListenForProblems(std::function<void(const ReloadStatus& status)> listener);

  // Calls `look` at the end of every CheckNow from now on: for other files that are followed in the same way. One call
  // at a time, while publications may go on.
  Listening AlsoLook(std::function<void()> look);

  // What every change of the rules has.
  struct Change {
    std::string etag;  // when set: the revision that must be serving
    bool validate_only = false;
    std::string author;        // kept with the rules; see RevisionStore::Append for what they may be
    std::string published_by;  // RevisionInfo::published_by
    std::string comment;
  };
  struct Published {
    std::string revision;
    std::uint64_t number = 0;  // in the history; 0 when nothing was published
    std::size_t rule_count = 0;
    std::vector<rules::Diagnostic> warnings;
    std::size_t warning_count = 0;         // rules::LoadResult::warning_count
    std::optional<RevisionInfo> restored;  // of RollBack: the set that is brought back, as it is in the history
  };

  // Makes a rule set the live one, whole or not at all; `files` empty: the rule folder as it is now. It is in the store
  // before it serves, and serves until the next publication or until the folder's rules say something else. It must
  // validate with the active version; where it does not with the canary, ReloadStatus::canary_rule_problem says so.
  //   kAborted             etag is not the serving revision
  //   kInvalidArgument     the set does not validate; the message has the first findings, errors before warnings, one
  //                        per line, and how many more there are. Or the folder is empty
  //   kFailedPrecondition  no files, and there is no rule folder
  //   else                 errors of rules::ReadRuleFolder and RevisionStore::Append
  absl::StatusOr<Published> Publish(const std::vector<rules::RuleFile>& files, const Change& change);

  // Publishes a set that has served before: a revision, "7" or "#7" for a number, or none for the last one before what
  // serves that differs from it and was not itself rolled back: called again, it goes one further back. As Publish, and
  //   kNotFound  no such set has served
  absl::StatusOr<Published> RollBack(const std::string& revision, const Change& change);

  // Of the sets that have served, the newest `most` whose number is below `below`. O(most). Does not wait for a change
  // that is under way, nor does FindRevision.
  struct HistoryPage {
    std::vector<RevisionInfo> revisions;  // the newest first
    std::uint64_t serving = 0;            // number of the set that serves
    bool has_more = false;                // there are older ones
  };
  HistoryPage History(std::uint64_t below, std::size_t most) const;

  // One of them; empty: the serving one. kNotFound when there is none.
  struct FoundRevision {
    Revision revision;
    bool is_serving = false;
  };
  absl::StatusOr<FoundRevision> FindRevision(const std::string& revision) const;

  // As in Options.
  const std::string& model_path() const { return options_.model_path; }

  // The versions of the model directory, newest first. kFailedPrecondition when the server has one version and no
  // directory; else errors of artefact::ListVersions.
  absl::StatusOr<std::vector<artefact::VersionInfo>> ListModels() const;

  struct ActivatedModel {
    std::string version;           // serves
    std::string previous_version;  // served before
    std::string rule_problem;      // as ReloadStatus::rule_problem, with this version
  };
  // Makes a version the active one, and the one that serves, before it returns. `etag`, when set, is the version that
  // must be serving.
  //   kAborted             it is not; or another version was activated at the same time
  //   kFailedPrecondition  as ListModels
  //   else                 errors of artefact::ActivateVersion
  absl::StatusOr<ActivatedModel> ActivateModel(const std::string& version, const std::string& etag);
  // The same of the version that was active before; errors of artefact::RollBackVersion.
  absl::StatusOr<ActivatedModel> RollBackModel(const std::string& etag);

  struct StartedCanary {
    std::string active_version;       // beside which it is tried out
    std::string canary_rule_problem;  // as in ReloadStatus
  };
  // Has a version answer to a share of the customers, from its return on, until it is stopped or activated; also after
  // a restart. Of the version that is tried out already it changes the share. `etag` as in ActivateModel.
  //   kFailedPrecondition  another version is tried out, or it is the active one; or as ListModels
  //   kAborted             etag is not the version that serves; or another canary was written at the same time
  //   else                 errors of artefact::WriteCanary; nothing has changed then
  absl::StatusOr<StartedCanary> StartCanary(const artefact::Canary& canary, const std::string& etag);
  // Ends it, whether what CANARY says is so or not; returns the version that was tried out, empty when that was none.
  // `etag`, when set, is the version that must be tried out.
  //   kAborted             it is not
  //   kNotFound            there is no canary
  //   kFailedPrecondition  as ListModels
  //   else                 as the system says
  absl::StatusOr<std::string> StopCanary(const std::string& etag);

  // Two versions of the directory, whether they serve or not, both with the rules and live values of now. Empty: of the
  // first the active version, of the second the canary. Waits for a version that has to be opened: a second per GB;
  // the one that was opened last stays open for a while. Where a version does not serve, updates of live values wait
  // until what is held is looked up in it.
  //   kFailedPrecondition  there is no canary, and the second is empty; or as ListModels, where one does not serve
  //   else                 errors of artefact::OpenVersion
  struct TwoVersions {
    std::shared_ptr<const engine::Snapshot> first;   // never null
    std::shared_ptr<const engine::Snapshot> second;  // …
  };
  absl::StatusOr<TwoVersions> OpenVersions(const std::string& first, const std::string& second);

  // The checks of Publish against the serving model as trained, without any effect.
  rules::LoadResult Validate(const std::vector<rules::RuleFile>& files) const;

 private:
  Reloader(Options options, Served first, std::unique_ptr<Watched> watched);

  absl::Status OneVersionError() const;
  absl::Status CheckServingVersion(const std::string& etag) const;
  absl::StatusOr<std::shared_ptr<const engine::Snapshot>> OpenVersion(const std::string& version, const Served& live);
  // `replace_active` returns the version that ACTIVE names then.
  absl::StatusOr<ActivatedModel> SwitchModel(const std::string& etag,
                                             absl::FunctionRef<absl::StatusOr<std::string>()> replace_active);
  void CheckModel() ABSL_EXCLUSIVE_LOCKS_REQUIRED(work_mutex_);
  void CheckCanary() ABSL_EXCLUSIVE_LOCKS_REQUIRED(work_mutex_);
  // Holds the rules that serve against the canary, which answers with them whatever is found.
  void CheckCanaryRules() ABSL_EXCLUSIVE_LOCKS_REQUIRED(work_mutex_);
  void CheckRules() ABSL_EXCLUSIVE_LOCKS_REQUIRED(work_mutex_);
  // "rules 5f1c… (number 7, published by Tanaka at 2026-07-01 09:00:00 UTC)".
  std::string ServingText() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(work_mutex_);
  void AdoptModel(std::shared_ptr<const artefact::Model> model) ABSL_EXCLUSIVE_LOCKS_REQUIRED(work_mutex_);
  absl::Status CheckChange(const Change& change) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(work_mutex_);
  absl::StatusOr<Published> PublishSet(Revision revision, const Change& change)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(work_mutex_);
  absl::StatusOr<RevisionInfo> AdoptRules(const rules::LoadResult& loaded, Revision revision)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(work_mutex_);
  void SetModelProblem(std::string problem);
  void SetCanaryProblem(std::string problem);
  void SetFolderProblem(std::string problem);
  void SetRuleProblem(std::string problem) ABSL_EXCLUSIVE_LOCKS_REQUIRED(work_mutex_);
  void SetProblem(std::string ReloadStatus::* field, std::string problem);
  absl::Status OpenLive();
  // Makes snapshots of the tables that are published: the first are `next`, those behind them what serves then.
  live::LiveCatalogue::Binding BindingOf(Served next);
  // Of other models than those that serve.
  void SwapModels(Served next) ABSL_EXCLUSIVE_LOCKS_REQUIRED(work_mutex_);
  // Of the same models under other rules, or with another share.
  void SwapRules(Served next) ABSL_EXCLUSIVE_LOCKS_REQUIRED(work_mutex_);
  void CountReload();
  void Log(LogLevel level, const std::string& sentence) const;
  void Run();

  const Options options_;
  const bool is_one_version_;  // and no directory with ACTIVE
  SnapshotHolder holder_;
  std::atomic<bool> degraded_{false};
  const std::shared_ptr<const RevisionStore> store_;  // that of watched_
  const std::unique_ptr<SpareVersion> spare_;         // for OpenVersions

  // Lock order: lookers_mutex_, work_mutex_, listeners_mutex_, status_mutex_; behind work_mutex_ also live_mutex_;
  // log_mutex_ is last. The live catalogue's thread takes only the last four, so that who holds work_mutex_ may wait
  // for it.
  mutable Mutex work_mutex_;  // guards watched_; held while files are read, so that changes happen one after another
  std::unique_ptr<Watched> watched_ ABSL_GUARDED_BY(work_mutex_);
  mutable Mutex status_mutex_;  // guards the counters and problems; held for copies only
  ReloadStatus status_ ABSL_GUARDED_BY(status_mutex_);
  Mutex listeners_mutex_;  // guards listeners_; held while they are called
  std::list<std::function<void(const ReloadStatus&)>> listeners_ ABSL_GUARDED_BY(listeners_mutex_);

  Mutex live_mutex_;  // guards live_tables_; held while snapshots are made of them and become the live ones
  const std::unique_ptr<LiveTables> live_tables_ ABSL_PT_GUARDED_BY(live_mutex_);  // of the models that serve
  mutable Mutex log_mutex_;                                                        // held while the log is called

  Mutex lookers_mutex_;  // guards lookers_; held while they are called
  std::list<std::function<void()>> lookers_ ABSL_GUARDED_BY(lookers_mutex_);

  Mutex stop_mutex_;  // guards stop_
  bool stop_ ABSL_GUARDED_BY(stop_mutex_) = false;
  ConditionVariable stopped_;
  std::thread thread_;
  std::unique_ptr<live::LiveCatalogue> live_;  // goes first: its thread uses all of the above
};

// kInvalidArgument of a set that does not validate: the first findings, errors before warnings, as many as a status
// carries over the network, and how many more there are.
absl::Status RefusedError(const rules::LoadResult& loaded);

}  // namespace awase::serving

#endif  // AWASE_SERVING_RELOADER_H_

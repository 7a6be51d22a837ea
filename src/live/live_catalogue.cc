#include "awase/live/live_catalogue.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "live/live_store.h"

namespace awase::live {
namespace {

// Brings the names of the folders that it makes to disk: without them what is in the folder would be lost.
absl::Status MakeLastingDirectories(const std::filesystem::path& path) {
  const std::filesystem::path parent = path.parent_path();
  if (PathExists(path.string()) || parent == path) return MakeDirectories(path.string());
  if (!parent.empty()) AWASE_RETURN_IF_ERROR(MakeLastingDirectories(parent));
  AWASE_RETURN_IF_ERROR(MakeDirectories(path.string()));
  return SyncDirectory(parent.empty() ? "." : parent.string());
}

}  // namespace

// What a caller waits for: its updates, or something that is done between those of others.
struct LiveCatalogue::Request {
  std::vector<ProductUpdate> updates;
  std::function<void(LiveStore& store)> alone;  // in place of updates
  absl::StatusOr<Outcome> result = Outcome();
  bool is_done = false;  // guarded by mutex_
};

absl::StatusOr<std::unique_ptr<LiveCatalogue>> LiveCatalogue::Open(Options options) {
  if (!options.warn) options.warn = [](const std::string&) {};
  if (!options.tell_problem) options.tell_problem = [](const std::string&) {};
  AWASE_RETURN_IF_ERROR(MakeLastingDirectories(options.directory));
  AWASE_ASSIGN_OR_RETURN(DirectoryLock lock,
                         DirectoryLock::Acquire(options.directory, absl::StrCat(options.directory,
                                                                                ": another process keeps its live "
                                                                                "catalogue here: give each a folder")));
  // The constructor is private, so make_unique cannot reach it.
  std::unique_ptr<LiveCatalogue> catalogue(new LiveCatalogue(std::move(options), std::move(lock)));
  AWASE_ASSIGN_OR_RETURN(catalogue->store_, LiveStore::Open(catalogue->options_));
  AWASE_RETURN_IF_ERROR(catalogue->StartWriter());
  return catalogue;
}

absl::Status LiveCatalogue::Check(const std::string& directory) { return LiveStore::Check(directory); }

LiveCatalogue::LiveCatalogue(Options options, DirectoryLock lock)
    : options_(std::move(options)), directory_lock_(std::move(lock)) {}

LiveCatalogue::~LiveCatalogue() {
  if (!writer_.joinable()) return;
  {
    MutexLock lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  writer_.join();
}

absl::Status LiveCatalogue::StartWriter() {
  RefreshStats();
  try {
    writer_ = std::thread([this] { Write(); });
  } catch (const std::system_error& error) {
    return absl::ResourceExhaustedError(absl::StrCat("no thread for the live catalogue: ", error.what()));
  }
  return absl::OkStatus();
}

absl::StatusOr<LiveCatalogue::Outcome> LiveCatalogue::Update(std::vector<ProductUpdate> updates) {
  AWASE_RETURN_IF_ERROR(StatusOf(FindFaults(updates)));
  Request request;
  request.updates = std::move(updates);
  Await(request);
  return request.result;
}

void LiveCatalogue::Bind(Binding binding) {
  Request request;
  request.alone = [&binding](LiveStore& store) { store.Bind(binding); };
  Await(request);
}

LiveTable LiveCatalogue::TableOf(std::size_t product_count, const FindProduct& find) {
  LiveTable table;
  Request request;
  request.alone = [&](LiveStore& store) { table = store.TableOf(product_count, find); };
  Await(request);
  return table;
}

LiveCatalogue::Stats LiveCatalogue::stats() const {
  MutexLock lock(mutex_);
  Stats stats = stats_;
  stats.waiting = queue_.size();
  return stats;
}

void LiveCatalogue::Await(Request& request) {
  mutex_.lock();
  queue_.push_back(&request);
  wake_.notify_one();
  while (!request.is_done) done_.wait(mutex_);
  mutex_.unlock();
}

void LiveCatalogue::Write() {
  while (true) {
    const std::vector<Request*> group = TakeGroup();
    if (group.empty()) return;
    if (group.front()->alone) {
      group.front()->alone(*store_);
    } else {
      std::vector<const std::vector<ProductUpdate>*> calls;
      for (const Request* request : group) calls.push_back(&request->updates);
      std::vector<absl::StatusOr<Outcome>> outcomes = store_->Commit(calls);
      for (std::size_t i = 0; i < group.size(); ++i) group[i]->result = std::move(outcomes[i]);
    }
    Finish(group);
    store_->CompactIfLong();
    RefreshStats();
  }
}

// Waits for requests; takes one that is done alone, or as many calls in a row as make kMaxUpdates. None when it is to
// stop.
std::vector<LiveCatalogue::Request*> LiveCatalogue::TakeGroup() {
  std::vector<Request*> group;
  std::size_t updates = 0;
  mutex_.lock();
  while (queue_.empty() && !stop_) wake_.wait(mutex_);
  while (!queue_.empty()) {
    Request* const next = queue_.front();
    const bool begins_a_group = next->alone != nullptr || updates + next->updates.size() > kMaxUpdates;
    if (begins_a_group && !group.empty()) break;
    queue_.pop_front();
    group.push_back(next);
    updates += next->updates.size();
    if (next->alone != nullptr) break;
  }
  mutex_.unlock();
  return group;
}

void LiveCatalogue::RefreshStats() {
  const Stats stats = store_->stats();
  MutexLock lock(mutex_);
  stats_ = stats;
}

void LiveCatalogue::Finish(const std::vector<Request*>& group) {
  RefreshStats();
  MutexLock lock(mutex_);
  // From here on a request may be gone as soon as the lock is.
  for (Request* request : group) request->is_done = true;
  done_.notify_all();
}

}  // namespace awase::live

#include "awase/serving/file_exposure_store.h"

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "awase/base/hmac_sha256.h"
#include "awase/base/status_macros.h"
#include "exposure_log.h"
#include "exposure_record.h"
#include "exposure_table.h"

namespace awase::serving {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr unsigned kKeyMode = 0600;

// A log is rewritten when it is four times as long as what is in force of it, so that each byte is written about once
// more; a short one is left alone.
constexpr std::uint64_t kGrowth = 4;
constexpr absl::Duration kRetryInterval = absl::Seconds(10);  // of rewriting what a full disk could not take

std::string KeyPath(const std::string& directory) { return JoinPath(directory, "key"); }
std::string LogPath(const std::string& directory) { return JoinPath(directory, "log"); }

// The key of the folder; nothing where it has none and no log either.
absl::StatusOr<std::optional<std::string>> ReadKey(const std::string& directory) {
  const std::string path = KeyPath(directory);
  if (PathExists(path)) {
    AWASE_ASSIGN_OR_RETURN(std::string key, ReadFile(path));
    if (key.size() == kKeyBytes) return key;
    return absl::DataLossError(absl::StrCat(path, ": has ", key.size(), " bytes instead of ", kKeyBytes,
                                            ": bring the right key back, or remove it and the log to begin anew"));
  }
  if (PathExists(LogPath(directory))) {
    return absl::DataLossError(absl::StrCat(path,
                                            ": is missing, and nothing in the log can be read without it: bring "
                                            "it back, or remove the log to begin anew"));
  }
  return std::nullopt;
}

absl::StatusOr<std::string> ReadOrMakeKey(const std::string& directory) {
  AWASE_ASSIGN_OR_RETURN(std::optional<std::string> there, ReadKey(directory));
  if (there.has_value()) return *std::move(there);
  const std::string path = KeyPath(directory);
  AWASE_ASSIGN_OR_RETURN(std::string key, RandomBytes(kKeyBytes));
  const std::string next = absl::StrCat(path, ".next");
  TemporaryPath temporary(next);
  AWASE_ASSIGN_OR_RETURN(OutputFile file, OutputFile::Create(next, kKeyMode));
  AWASE_RETURN_IF_ERROR(file.Append(key));
  AWASE_RETURN_IF_ERROR(file.Finish());
  AWASE_RETURN_IF_ERROR(RenamePath(next, path));
  return key;
}

}  // namespace

FileExposureStore::FileExposureStore(Options options, std::string key, DirectoryLock lock)
    : options_(std::move(options)),
      key_(std::move(key)),
      directory_lock_(std::move(lock)),
      table_(std::make_unique<ExposureTable>(ExposureTable::Limits{
          options_.max_customers, options_.max_exposures_per_customer, kKeep,
          [look_back = std::make_shared<ServingLookBack>(options_.rules)] { return look_back->Get(); }})) {}

FileExposureStore::~FileExposureStore() {
  MutexLock lock(rewriter_mutex_);
  if (rewriter_.joinable()) rewriter_.join();
}

absl::StatusOr<std::unique_ptr<FileExposureStore>> FileExposureStore::Open(Options options) {
  if (!options.now) options.now = absl::Now;
  if (!options.warn) options.warn = [](const std::string&) {};
  AWASE_RETURN_IF_ERROR(MakeDirectories(options.directory));
  AWASE_ASSIGN_OR_RETURN(DirectoryLock lock,
                         DirectoryLock::Acquire(options.directory, absl::StrCat(options.directory,
                                                                                ": another process keeps exposures "
                                                                                "here: give each server a folder")));
  AWASE_ASSIGN_OR_RETURN(std::string key, ReadOrMakeKey(options.directory));
  const std::string path = LogPath(options.directory);
  // The constructor is private, so make_unique cannot reach it.
  std::unique_ptr<FileExposureStore> store(new FileExposureStore(std::move(options), std::move(key), std::move(lock)));
  const absl::Time now = store->options_.now();
  AWASE_ASSIGN_OR_RETURN(ExposureLog log, ExposureLog::Open(path, [&](const ExposureRecord& record) {
                           store->table_->Load(record.customer, record.exposures, now);
                         }));
  if (log.cut_bytes() > 0) {
    store->options_.warn(
        absl::StrCat(path, ": the last ", log.cut_bytes(), " bytes were no whole entry and are cut off"));
  }
  const std::uint64_t live_bytes = store->table_->RecordBytesOfAll(now);
  MutexLock guard(store->log_mutex_);
  store->rewrite_at_bytes_ = store->RewriteAt(live_bytes);
  store->log_ = std::make_unique<ExposureLog>(std::move(log));
  return store;
}

absl::Status FileExposureStore::Check(const std::string& directory) {
  AWASE_RETURN_IF_ERROR(ReadKey(directory).status());
  const std::string path = LogPath(directory);
  if (!PathExists(path)) return absl::OkStatus();
  AWASE_ASSIGN_OR_RETURN(const std::string content, ReadFile(path));
  return ReadExposureLog(path, content, [](const ExposureRecord&) {}).status();
}

std::string FileExposureStore::KeyedHash(absl::string_view customer_id) const { return HmacSha256(key_, customer_id); }

absl::StatusOr<CustomerHistory> FileExposureStore::Read(absl::string_view customer_id, absl::Time now) {
  return table_->Read(KeyedHash(customer_id), now);
}

void FileExposureStore::Write(const std::string& record) {
  MutexLock lock(log_mutex_);
  const absl::Status written = log_->Append(record);
  if (written.ok()) {
    // There is room again: the log is rewritten, with what the table has and the log has not.
    if (has_unwritten_ && options_.now() >= next_try_) rewrite_at_bytes_ = 0;
    return;
  }
  has_unwritten_ = true;
  // Once for a disk that stays full, and then for every thousandth commit.
  if (unwritten_.fetch_add(1, std::memory_order_relaxed) % 1000 == 0) {
    options_.warn(absl::StrCat(
        "exposures are not written, and hold only until this process ends, if it does before there is room again: ",
        written.message()));
  }
}

absl::Status FileExposureStore::Commit(absl::string_view customer_id, std::uint64_t version,
                                       absl::Span<const engine::Exposure> exposures) {
  const std::string customer = KeyedHash(customer_id);
  const std::string record = EncodeRecord(customer, exposures);
  AWASE_RETURN_IF_ERROR(
      table_->Commit(customer, version, exposures, options_.now(), [this, &record] { Write(record); }));
  bool is_long = false;
  {
    MutexLock lock(log_mutex_);
    is_long = log_->bytes() >= rewrite_at_bytes_ && !rewriter_runs_;
    if (is_long) rewriter_runs_ = true;
  }
  if (is_long) RewriteLogInTheBackground();
  return absl::OkStatus();
}

absl::Status FileExposureStore::Erase(absl::string_view customer_id) {
  table_->Erase(KeyedHash(customer_id));
  return RewriteLog();
}

std::uint64_t FileExposureStore::RewriteAt(std::uint64_t live_bytes) const {
  return std::max(options_.least_rewritten_bytes, kGrowth * live_bytes);
}

absl::StatusOr<NextExposureLog> FileExposureStore::WriteNextLog() {
  AWASE_ASSIGN_OR_RETURN(NextExposureLog next, NextExposureLog::Begin(LogPath(options_.directory)));
  const absl::Time now = options_.now();
  AWASE_RETURN_IF_ERROR(
      table_->WriteRecords(now, [&next](const std::string& records) { return next.Append(records); }));
  std::string tail;
  {
    MutexLock lock(log_mutex_);
    tail = log_->TakeTail();
  }
  AWASE_RETURN_IF_ERROR(next.Append(tail));
  AWASE_RETURN_IF_ERROR(next.Finish());
  return next;
}

// What is committed meanwhile comes to the new log as its tail; some of it may be among the records already. That does
// no harm: entries of one time are one answer.
absl::Status FileExposureStore::RewriteLog() {
  MutexLock one_at_a_time(rewriting_);
  bool had_unwritten = false;
  {
    MutexLock lock(log_mutex_);
    log_->BeginTail();
    had_unwritten = std::exchange(has_unwritten_, false);  // those that come from now on may miss the new log
  }
  const absl::StatusOr<NextExposureLog> next = WriteNextLog();
  absl::Status replaced = next.status();
  {
    MutexLock lock(log_mutex_);
    if (replaced.ok()) replaced = log_->TakeOver(*next);
    log_->DropTail();
  }
  if (replaced.ok()) replaced = SyncDirectory(options_.directory);
  MutexLock lock(log_mutex_);
  has_unwritten_ = has_unwritten_ || (had_unwritten && !replaced.ok());
  // After a failure later: a full disk must not be asked again at every commit.
  if (has_unwritten_) next_try_ = options_.now() + kRetryInterval;
  rewrite_at_bytes_ = replaced.ok() ? RewriteAt(next->bytes()) : log_->bytes() + options_.least_rewritten_bytes;
  return replaced;
}

// REQUIRES: rewriter_runs_ was set for this call.
void FileExposureStore::RewriteLogInTheBackground() {
  const auto rewrite = [this] {
    if (const absl::Status rewritten = RewriteLog(); !rewritten.ok()) {
      options_.warn(absl::StrCat("the exposure log grows on: ", rewritten.message()));
    }
    MutexLock lock(log_mutex_);
    rewriter_runs_ = false;
  };
  MutexLock lock(rewriter_mutex_);
  if (rewriter_.joinable()) rewriter_.join();  // it has done its work
  try {
    rewriter_ = std::thread(rewrite);
  } catch (const std::system_error&) {
    rewrite();  // there is no further thread
  }
}

FileExposureStore::Stats FileExposureStore::stats() const {
  const ExposureTable::Counts counts = table_->counts();
  return {counts.customers, counts.dropped_customers, counts.dropped_exposures,
          unwritten_.load(std::memory_order_relaxed)};
}

}  // namespace awase::serving

#include "awase/serving/revision_store.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "awase/base/files.h"
#include "awase/base/mutex.h"
#include "awase/base/status_macros.h"
#include "serving/revision_record.h"

namespace awase::serving {
namespace {

constexpr absl::string_view kSuffix = ".json";

constexpr std::uint64_t kMostNumber = 1'000'000'000'000;

std::string NameOf(std::uint64_t number) { return absl::StrCat(absl::StrFormat("%06d", number), kSuffix); }

// "000007.json" is 7; nothing for other names, such as those of files on their way.
std::optional<std::uint64_t> NumberOf(const std::string& name) {
  absl::string_view digits = name;
  std::uint64_t number = 0;
  if (!absl::ConsumeSuffix(&digits, kSuffix) || !absl::SimpleAtoi(digits, &number)) return std::nullopt;
  if (number == 0 || number >= kMostNumber || name != NameOf(number)) return std::nullopt;
  return number;
}

absl::StatusOr<std::vector<std::uint64_t>> ListNumbers(const std::string& directory) {
  std::vector<std::uint64_t> numbers;
  std::error_code error;
  std::filesystem::directory_iterator it(directory, error);
  for (; !error && it != std::filesystem::directory_iterator(); it.increment(error)) {
    const std::optional<std::uint64_t> number = NumberOf(it->path().filename().string());
    if (number.has_value()) numbers.push_back(*number);
  }
  if (error) return absl::InternalError(absl::StrCat(directory, ": ", error.message()));
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

// What a process that was killed has left of records on their way: "000007.json.4711.tmp". REQUIRES: nobody else writes
// in the folder.
void RemoveUnfinished(const std::string& directory) {
  std::error_code error;
  std::filesystem::directory_iterator it(directory, error);
  for (; !error && it != std::filesystem::directory_iterator(); it.increment(error)) {
    const std::string name = it->path().filename().string();
    const std::string record = name.substr(0, name.find(std::string(kSuffix)) + kSuffix.size());
    if (absl::EndsWith(name, ".tmp") && NumberOf(record).has_value()) RemoveTree(it->path().string()).IgnoreError();
  }
}

absl::StatusOr<Revision> ReadRecord(const std::string& path, std::uint64_t number) {
  AWASE_ASSIGN_OR_RETURN(const std::string json, ReadFile(path));
  absl::StatusOr<Revision> revision = RecordFromJson(json);
  if (!revision.ok()) {
    return absl::Status(revision.status().code(), absl::StrCat(path, ": ", revision.status().message()));
  }
  if (revision->info.number != number) {
    return absl::DataLossError(absl::StrCat(path, ": is the record of number ", revision->info.number));
  }
  return revision;
}

absl::Status CheckText(absl::string_view field, absl::string_view text, std::size_t most_bytes, bool lines_allowed) {
  if (text.size() > most_bytes) {
    return absl::InvalidArgumentError(absl::StrCat(field, ": want at most ", most_bytes, " bytes, got ", text.size()));
  }
  for (const char c : text) {
    if (absl::ascii_iscntrl(static_cast<unsigned char>(c)) && !(lines_allowed && c == '\n')) {
      return absl::InvalidArgumentError(absl::StrCat(field, ": has control characters"));
    }
  }
  return absl::OkStatus();
}

}  // namespace

struct RevisionStore::State {
  Mutex writing;                                           // held while a record is written; before `mutex`
  std::uint64_t last_number ABSL_GUARDED_BY(writing) = 0;  // also of what cannot be read: numbers are never used again

  Mutex mutex;  // guards what follows
  std::vector<RevisionInfo> revisions ABSL_GUARDED_BY(mutex);
  std::vector<Revision> in_memory ABSL_GUARDED_BY(mutex);  // the newest revisions, where they are not written
};

RevisionStore::RevisionStore() : state_(std::make_unique<State>()) {}
RevisionStore::~RevisionStore() = default;
RevisionStore::RevisionStore(RevisionStore&& other) noexcept = default;
RevisionStore& RevisionStore::operator=(RevisionStore&& other) noexcept = default;

absl::StatusOr<RevisionStore> RevisionStore::Open(const std::string& directory) {
  AWASE_RETURN_IF_ERROR(MakeDirectories(directory));
  RevisionStore store;
  store.directory_ = directory;
  AWASE_ASSIGN_OR_RETURN(store.lock_, DirectoryLock::Acquire(directory, absl::StrCat("another server uses ", directory,
                                                                                     ": give each one its own")));
  RemoveUnfinished(directory);
  AWASE_RETURN_IF_ERROR(store.ReadRecords());
  return store;
}

absl::StatusOr<RevisionStore> RevisionStore::OpenCopy(const std::string& directory) {
  RevisionStore store;
  store.directory_ = directory;
  if (PathExists(directory)) AWASE_RETURN_IF_ERROR(store.ReadRecords());
  return store;
}

absl::Status RevisionStore::ReadRecords() {
  AWASE_ASSIGN_OR_RETURN(const std::vector<std::uint64_t> numbers, ListNumbers(directory_));
  MutexLock writing(state_->writing);
  MutexLock lock(state_->mutex);
  for (const std::uint64_t number : numbers) {
    state_->last_number = number;
    absl::StatusOr<Revision> revision = ReadRecord(PathOf(number), number);
    if (revision.ok()) {
      state_->revisions.push_back(std::move(revision->info));
    } else {
      problems_.push_back(std::string(revision.status().message()));
    }
  }
  return absl::OkStatus();
}

std::vector<RevisionInfo> RevisionStore::revisions() const {
  MutexLock lock(state_->mutex);
  return state_->revisions;
}

std::vector<RevisionInfo> RevisionStore::NewestBelow(std::uint64_t below, std::size_t most) const {
  MutexLock lock(state_->mutex);
  const std::vector<RevisionInfo>& all = state_->revisions;
  const auto end = std::lower_bound(all.begin(), all.end(), below, [](const RevisionInfo& info, std::uint64_t number) {
    return info.number < number;
  });
  const std::size_t count = std::min(most, static_cast<std::size_t>(end - all.begin()));
  std::vector<RevisionInfo> newest(end - static_cast<std::ptrdiff_t>(count), end);
  std::reverse(newest.begin(), newest.end());
  return newest;
}

std::optional<RevisionInfo> RevisionStore::newest() const {
  MutexLock lock(state_->mutex);
  return state_->revisions.empty() ? std::nullopt : std::optional(state_->revisions.back());
}

std::string RevisionStore::PathOf(std::uint64_t number) const { return JoinPath(directory_, NameOf(number)); }

absl::StatusOr<Revision> RevisionStore::Read(std::uint64_t number) const {
  {
    MutexLock lock(state_->mutex);
    for (const Revision& revision : state_->in_memory) {
      if (revision.info.number == number) return revision;
    }
  }
  if (!directory_.empty()) return ReadRecord(PathOf(number), number);
  return absl::NotFoundError(absl::StrCat("no rules of number ", number));
}

absl::StatusOr<Revision> RevisionStore::Find(absl::string_view revision) const {
  absl::string_view digits = revision;
  absl::ConsumePrefix(&digits, "#");  // a shell takes #7 for a comment
  std::uint64_t number = 0;
  const bool may_be_number = absl::SimpleAtoi(digits, &number);
  std::optional<std::uint64_t> found;
  {
    MutexLock lock(state_->mutex);
    for (const RevisionInfo& info : state_->revisions) {
      if (info.revision == revision) found = info.number;
      if (may_be_number && info.number == number && !found.has_value()) found = number;
    }
  }
  if (found.has_value()) return Read(*found);
  return absl::NotFoundError(absl::StrCat(
      "no rules of revision ", revision, " have served here: awase rules history (ListRevisions) has those that have"));
}

absl::Status RevisionStore::CheckSaid(absl::string_view author, absl::string_view comment) {
  AWASE_RETURN_IF_ERROR(CheckText("author", author, kMaxAuthorBytes, /*lines_allowed=*/false));
  return CheckText("comment", comment, kMaxCommentBytes, /*lines_allowed=*/true);
}

absl::StatusOr<RevisionInfo> RevisionStore::Append(Revision revision) {
  AWASE_RETURN_IF_ERROR(CheckSaid(revision.info.author, revision.info.comment));
  MutexLock writing(state_->writing);
  revision.info.number = state_->last_number + 1;
  if (lock_.has_value()) {
    AWASE_ASSIGN_OR_RETURN(const std::string json, RecordToJson(revision));
    const std::string path = PathOf(revision.info.number);
    if (const absl::Status written = ReplaceFile(path, json); !written.ok()) {
      RemoveTree(path).IgnoreError();  // renamed, and yet not safely on disk: it would serve after a restart
      return written;
    }
  }
  state_->last_number = revision.info.number;
  RevisionInfo info = revision.info;
  MutexLock lock(state_->mutex);
  state_->revisions.push_back(info);
  if (!lock_.has_value()) {
    state_->in_memory.push_back(std::move(revision));
    if (state_->in_memory.size() > kMostInMemory) {
      state_->in_memory.erase(state_->in_memory.begin());
      state_->revisions.erase(state_->revisions.begin());
    }
  }
  return info;
}

}  // namespace awase::serving

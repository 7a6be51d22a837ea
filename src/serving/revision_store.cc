#include "awase/serving/revision_store.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "awase/base/files.h"
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

absl::StatusOr<RevisionStore> RevisionStore::Open(const std::string& directory) {
  AWASE_RETURN_IF_ERROR(MakeDirectories(directory));
  RevisionStore store;
  store.directory_ = directory;
  AWASE_ASSIGN_OR_RETURN(store.lock_, DirectoryLock::Acquire(directory, absl::StrCat("another server uses ", directory,
                                                                                     ": give each one its own")));
  AWASE_ASSIGN_OR_RETURN(const std::vector<std::uint64_t> numbers, ListNumbers(directory));
  for (const std::uint64_t number : numbers) {
    store.last_number_ = number;
    absl::StatusOr<Revision> revision = store.Read(number);
    if (revision.ok()) {
      store.revisions_.push_back(std::move(revision->info));
    } else {
      store.problems_.push_back(std::string(revision.status().message()));
    }
  }
  return store;
}

std::optional<RevisionInfo> RevisionStore::newest() const {
  return revisions_.empty() ? std::nullopt : std::optional(revisions_.back());
}

std::string RevisionStore::PathOf(std::uint64_t number) const { return JoinPath(directory_, NameOf(number)); }

absl::StatusOr<Revision> RevisionStore::Read(std::uint64_t number) const {
  if (directory_.empty()) {
    for (const Revision& revision : in_memory_) {
      if (revision.info.number == number) return revision;
    }
    return absl::NotFoundError(absl::StrCat("no rules of number ", number));
  }
  const std::string path = PathOf(number);
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

absl::StatusOr<Revision> RevisionStore::Find(absl::string_view revision) const {
  absl::string_view digits = revision;
  std::uint64_t number = 0;
  const bool by_number = absl::ConsumePrefix(&digits, "#") && absl::SimpleAtoi(digits, &number);
  for (auto info = revisions_.rbegin(); info != revisions_.rend(); ++info) {
    if (by_number ? info->number == number : info->revision == revision) return Read(info->number);
  }
  return absl::NotFoundError(
      absl::StrCat("no rules of revision ", revision, " have served here: ListRevisions has those that have"));
}

absl::Status RevisionStore::CheckSaid(absl::string_view author, absl::string_view comment) {
  AWASE_RETURN_IF_ERROR(CheckText("author", author, kMaxAuthorBytes, /*lines_allowed=*/false));
  return CheckText("comment", comment, kMaxCommentBytes, /*lines_allowed=*/true);
}

absl::StatusOr<RevisionInfo> RevisionStore::Append(Revision revision) {
  AWASE_RETURN_IF_ERROR(CheckSaid(revision.info.author, revision.info.comment));
  revision.info.number = last_number_ + 1;
  if (!directory_.empty()) {
    AWASE_ASSIGN_OR_RETURN(const std::string json, RecordToJson(revision));
    const std::string path = PathOf(revision.info.number);
    if (const absl::Status written = ReplaceFile(path, json); !written.ok()) {
      RemoveTree(path).IgnoreError();  // renamed, and yet not safely on disk: it would serve after a restart
      return written;
    }
  }
  last_number_ = revision.info.number;
  revisions_.push_back(revision.info);
  if (directory_.empty()) {
    in_memory_.push_back(std::move(revision));
    if (in_memory_.size() > kMostInMemory) {
      in_memory_.erase(in_memory_.begin());
      revisions_.erase(revisions_.begin());
    }
  }
  return revisions_.back();
}

}  // namespace awase::serving

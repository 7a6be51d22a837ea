#include "awase/base/files.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "awase/base/status_macros.h"

namespace awase {
namespace {

namespace fs = std::filesystem;

// Enough for a disk to work at its full speed.
constexpr std::size_t kWritePiece = std::size_t{16} << 20;

absl::Status FromError(const std::error_code& error, absl::string_view what) {
  return error ? absl::ErrnoToStatus(error.value(), what) : absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return absl::ErrnoToStatus(errno, path);
  std::string bytes;
  char buffer[65536];
  std::size_t got = 0;
  while ((got = std::fread(buffer, 1, sizeof(buffer), file)) > 0) bytes.append(buffer, got);
  const bool failed = std::ferror(file) != 0;
  const int error = errno;
  std::fclose(file);
  if (failed) return absl::ErrnoToStatus(error, path);
  return bytes;
}

absl::StatusOr<OutputFile> OutputFile::Create(const std::string& path, unsigned mode) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  if (fd < 0) return absl::ErrnoToStatus(errno, path);
  return OutputFile(path, fd);
}

OutputFile::~OutputFile() {
  if (fd_ >= 0) close(fd_);
}
OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)), fd_(std::exchange(other.fd_, -1)), size_(other.size_), sent_(other.sent_) {}
OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(fd_, other.fd_);
  std::swap(size_, other.size_);
  std::swap(sent_, other.sent_);
  return *this;
}

absl::Status OutputFile::Append(absl::string_view bytes) {
  absl::string_view rest = bytes;
  while (!rest.empty()) {
    const ssize_t written = write(fd_, rest.data(), std::min(rest.size(), kWritePiece));
    if (written < 0) {
      if (errno == EINTR) continue;
      if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG) {
        return absl::ResourceExhaustedError(
            absl::StrCat(path_, ": no room for ", bytes.size(), " bytes: free disk space and run again"));
      }
      return absl::ErrnoToStatus(errno, path_);
    }
    rest.remove_prefix(static_cast<std::size_t>(written));
    size_ += static_cast<std::uint64_t>(written);
    if (size_ - sent_ >= kWritePiece) SendToDisk();
  }
  return absl::OkStatus();
}

void OutputFile::SendToDisk() {
  // A hint alone: Finish is what reports errors.
  static_cast<void>(
      sync_file_range(fd_, static_cast<off64_t>(sent_), static_cast<off64_t>(size_ - sent_), SYNC_FILE_RANGE_WRITE));
  sent_ = size_;
}

absl::Status OutputFile::Finish() {
  if (fsync(fd_) != 0 && errno != EINVAL) return absl::ErrnoToStatus(errno, path_);  // EINVAL: a pipe or /dev/stdout
  return close(std::exchange(fd_, -1)) == 0 ? absl::OkStatus() : absl::ErrnoToStatus(errno, path_);
}

absl::Status WriteFile(const std::string& path, absl::string_view bytes) {
  AWASE_ASSIGN_OR_RETURN(OutputFile file, OutputFile::Create(path));
  AWASE_RETURN_IF_ERROR(file.Append(bytes));
  return file.Finish();
}

absl::Status ReplaceFile(const std::string& path, absl::string_view bytes) {
  const std::string temporary = absl::StrCat(path, ".", getpid(), ".tmp");
  absl::Status status = WriteFile(temporary, bytes);
  if (status.ok()) status = RenamePath(temporary, path);
  if (!status.ok()) unlink(temporary.c_str());
  return SayInstead(status, temporary, path);
}

absl::Status MakeDirectories(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  return FromError(error, path);
}

absl::Status CheckWritable(const std::string& directory) {
  const std::string probe = JoinPath(directory, absl::StrCat(".probe.", getpid()));
  absl::Status status = MakeDirectories(directory);
  if (status.ok()) status = WriteFile(probe, "");
  RemoveTree(probe).IgnoreError();
  return SayInstead(status, probe, directory);
}

absl::Status SayInstead(const absl::Status& status, const std::string& hidden, const std::string& shown) {
  if (status.ok()) return status;
  return absl::Status(status.code(), absl::StrReplaceAll(status.message(), {{hidden, shown}}));
}

absl::Status SyncDirectory(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return absl::ErrnoToStatus(errno, path);
  const int error = fsync(fd) == 0 ? 0 : errno;
  close(fd);
  return error == 0 || error == EINVAL ? absl::OkStatus() : absl::ErrnoToStatus(error, path);
}

absl::Status RenamePath(const std::string& from, const std::string& to) {
  std::error_code error;
  fs::rename(from, to, error);
  AWASE_RETURN_IF_ERROR(FromError(error, to));
  const std::string parent = fs::path(to).parent_path().string();
  return SyncDirectory(parent.empty() ? "." : parent);
}

absl::Status RemoveTree(const std::string& path) {
  std::error_code error;
  fs::remove_all(path, error);
  return FromError(error, path);
}

std::string TemporaryName(absl::string_view prefix) { return absl::StrCat(prefix, getpid()); }

void RemoveLeftovers(const std::string& directory, absl::string_view prefix, absl::Duration left_alone) {
  std::error_code error;
  for (fs::directory_iterator entries(directory, error), end; !error && entries != end; entries.increment(error)) {
    const std::string name = entries->path().filename().string();
    int process = 0;
    if (!absl::StartsWith(name, prefix) || !absl::SimpleAtoi(name.substr(prefix.size()), &process)) continue;
    if (process <= 0 || kill(process, 0) == 0 || errno != ESRCH) continue;
    const fs::file_time_type changed = fs::last_write_time(entries->path(), error);
    if (!error && fs::file_time_type::clock::now() - changed > absl::ToChronoNanoseconds(left_alone)) {
      RemoveTree(entries->path().string()).IgnoreError();
    }
    error.clear();
  }
}

bool PathExists(const std::string& path) {
  std::error_code error;
  return fs::exists(path, error);
}

std::string JoinPath(absl::string_view directory, absl::string_view name) {
  if (directory.empty() || directory.back() == '/') return absl::StrCat(directory, name);
  return absl::StrCat(directory, "/", name);
}

}  // namespace awase

#include "service/lines_from_end.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"

namespace awase::service {
namespace {

constexpr std::uint64_t kBlockBytes = 256 * 1024;

}  // namespace

absl::StatusOr<LinesFromEnd> LinesFromEnd::Open(const std::string& path) {
  LinesFromEnd lines(path, open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (lines.fd_ < 0) return absl::ErrnoToStatus(errno, path);
  struct stat info{};
  if (fstat(lines.fd_, &info) != 0) return absl::ErrnoToStatus(errno, path);
  lines.unread_bytes_ = static_cast<std::uint64_t>(info.st_size);
  return lines;
}

LinesFromEnd::~LinesFromEnd() {
  if (fd_ >= 0) close(fd_);
}

absl::StatusOr<std::optional<std::string>> LinesFromEnd::Next() {
  while (true) {
    const std::size_t end_before = read_.rfind('\n');
    if (end_before == std::string::npos && unread_bytes_ > 0) {
      AWASE_RETURN_IF_ERROR(ReadBlock());
      continue;
    }
    if (!has_passed_end_) {
      has_passed_end_ = true;
      read_.resize(end_before == std::string::npos ? 0 : end_before);
      continue;
    }
    const bool is_first = end_before == std::string::npos;
    std::string line = is_first ? std::exchange(read_, {}) : read_.substr(end_before + 1);
    if (!is_first) read_.resize(end_before);
    if (!line.empty()) return line;
    if (is_first) return std::nullopt;
  }
}

absl::Status LinesFromEnd::ReadBlock() {
  std::string block(std::min(kBlockBytes, unread_bytes_), '\0');
  const std::uint64_t begin = unread_bytes_ - block.size();
  std::size_t got = 0;
  while (got < block.size()) {
    const ssize_t count = pread(fd_, block.data() + got, block.size() - got, static_cast<off_t>(begin + got));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return absl::ErrnoToStatus(errno, path_);
    if (count == 0) return absl::UnavailableError(absl::StrCat(path_, ": was cut while it was read"));
    got += static_cast<std::size_t>(count);
  }
  block.append(read_);
  read_ = std::move(block);
  unread_bytes_ = begin;
  return absl::OkStatus();
}

}  // namespace awase::service

#ifndef AWASE_SERVICE_LINES_FROM_END_H_
#define AWASE_SERVICE_LINES_FROM_END_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace awase::service {

// The lines of a file as it is when it is opened, from the last to the first, in memory for a block and the longest
// line. What follows the last '\n' is being written and no line yet, and what is appended later is not read; that the
// file is renamed or removed does not matter. Movable; single-thread; closed on destruction.
class LinesFromEnd {
 public:
  // As the system says.
  static absl::StatusOr<LinesFromEnd> Open(const std::string& path);
  ~LinesFromEnd();
  LinesFromEnd(LinesFromEnd&& other) noexcept
      : path_(std::move(other.path_)),
        fd_(std::exchange(other.fd_, -1)),
        unread_bytes_(other.unread_bytes_),
        has_passed_end_(other.has_passed_end_),
        read_(std::move(other.read_)) {}
  LinesFromEnd& operator=(LinesFromEnd&&) = delete;

  // The line before those that were handed out, without its end; empty ones are passed over. Nothing: there is no more.
  absl::StatusOr<std::optional<std::string>> Next();

 private:
  LinesFromEnd(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}
  absl::Status ReadBlock();

  std::string path_;
  int fd_;
  std::uint64_t unread_bytes_ = 0;  // from the beginning of the file
  bool has_passed_end_ = false;     // what follows the last line
  std::string read_;                // what follows these and was not handed out
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_LINES_FROM_END_H_

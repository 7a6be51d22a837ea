#ifndef AWASE_SERVING_EXPOSURE_LOG_H_
#define AWASE_SERVING_EXPOSURE_LOG_H_

// The file in which an embedded store keeps exposures: a header and records, one behind the other.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "awase/base/append_file.h"
#include "awase/base/files.h"
#include "exposure_record.h"

namespace awase::serving {

// A shorter log, on its way: the file LOG.next, which is gone with it unless ExposureLog::TakeOver has put it in the
// log's place. Movable; single-thread.
class NextExposureLog {
 public:
  // As the system says.
  static absl::StatusOr<NextExposureLog> Begin(const std::string& log_path);

  // kResourceExhausted when the disk is full.
  absl::Status Append(absl::string_view records);

  // Waits until everything is on disk. Called once, as the last call.
  absl::Status Finish() { return file_.Finish(); }

  const std::string& path() const { return path_.path(); }
  std::uint64_t bytes() const { return bytes_; }

 private:
  NextExposureLog(std::string path, OutputFile file) : path_(std::move(path)), file_(std::move(file)) {}

  TemporaryPath path_;
  OutputFile file_;
  std::uint64_t bytes_ = 0;
};

// Hands all records of the file's content to `visit`. How many of its bytes are whole; 0 for a file that was begun and
// has no header yet. kDataLoss for no log of this format; `path` is for the message.
absl::StatusOr<std::uint64_t> ReadExposureLog(const std::string& path, absl::string_view content,
                                              const std::function<void(const ExposureRecord&)>& visit);

// Movable; single-thread.
class ExposureLog {
 public:
  // Makes the file (readable to its owner alone) where there is none, and hands all records to `visit`. What follows
  // the last whole record, as a process that was killed leaves it, is cut off; cut_bytes() says how much that was.
  //   kDataLoss  the file is no log of this format: it is left alone
  //   else       as the system says
  static absl::StatusOr<ExposureLog> Open(const std::string& path,
                                          const std::function<void(const ExposureRecord&)>& visit);

  // In the hands of the system when it returns: killing the process does not lose it. On failure the file is as before.
  //   kResourceExhausted  the disk is full
  absl::Status Append(absl::string_view record);

  // What is appended from now on is the tail of the next log, too, until TakeOver or DropTail.
  void BeginTail() { tail_.emplace(); }
  void DropTail() { tail_.reset(); }
  // The tail so far, for NextExposureLog::Append; what is appended then is the tail from now on.
  std::string TakeTail() { return tail_.has_value() ? std::exchange(*tail_, {}) : std::string(); }

  // Puts `next`, which is finished, and the rest of the tail behind it in the place of what there is. The name is on
  // disk after SyncDirectory. On failure nothing is changed.
  absl::Status TakeOver(const NextExposureLog& next);

  std::uint64_t bytes() const { return bytes_; }
  std::uint64_t cut_bytes() const { return cut_bytes_; }

 private:
  ExposureLog(std::string path, AppendFile file) : path_(std::move(path)), file_(std::move(file)) {}

  std::string path_;
  AppendFile file_;
  std::uint64_t bytes_ = 0;
  std::uint64_t cut_bytes_ = 0;
  std::optional<std::string> tail_;
};

}  // namespace awase::serving

#endif  // AWASE_SERVING_EXPOSURE_LOG_H_

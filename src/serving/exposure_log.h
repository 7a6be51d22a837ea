#ifndef AWASE_SERVING_EXPOSURE_LOG_H_
#define AWASE_SERVING_EXPOSURE_LOG_H_

// The file in which an embedded store keeps exposures: a header and records, one behind the other.

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "awase/base/append_file.h"
#include "exposure_record.h"

namespace awase::serving {

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

  // Puts `records`, and what was appended since the log had `since` bytes, in the place of what there is; on disk when
  // it returns. On failure nothing is changed.
  absl::Status Replace(absl::string_view records, std::uint64_t since);

  std::uint64_t bytes() const { return bytes_; }
  std::uint64_t cut_bytes() const { return cut_bytes_; }

 private:
  ExposureLog(std::string path, AppendFile file) : path_(std::move(path)), file_(std::move(file)) {}

  std::string path_;
  AppendFile file_;
  std::uint64_t bytes_ = 0;
  std::uint64_t cut_bytes_ = 0;
};

}  // namespace awase::serving

#endif  // AWASE_SERVING_EXPOSURE_LOG_H_

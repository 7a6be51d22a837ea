#ifndef AWASE_LIVE_LIVE_LOG_H_
#define AWASE_LIVE_LIVE_LOG_H_

// The file of the live catalogue: a base, which is the whole state when the file was begun, and groups of records that
// were appended since. docs/live_catalogue.md has the bytes.
//
// What one write puts there is one frame with one checksum, so that only the last frame can be half written. A frame
// that is not sound is therefore the torn end of the file if no sound one is behind it; else the file is broken. What
// records say cannot look like a frame (live_frame.h).

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "awase/base/append_file.h"
#include "live/live_record.h"

namespace awase::live {

struct LiveLogExtent {
  std::uint64_t file_id = 0;
  std::uint64_t base_bytes = 0;   // the header and the base
  std::uint64_t whole_bytes = 0;  // all that is sound; what follows is torn
};

// Hands all records to `visit`, in their order. O(bytes).
//   kDataLoss            no such log, or broken before its end: the message says at which byte
//   kFailedPrecondition  of a newer format
absl::StatusOr<LiveLogExtent> ReadLiveLog(absl::string_view bytes, const std::function<void(LiveRecord&&)>& visit);

// Movable; single-thread.
class LiveLog {
 public:
  // Adds records to `payload`, as many as a frame should have; false when there are none left.
  using NextPayload = std::function<bool(std::string& payload)>;

  // Makes the file where there is none. A torn end is cut off; cut_bytes() says how much that was. What was visited is
  // on disk, with the file's name, when it returns. Else as ReadLiveLog, with what to do, or as the system says; the
  // file is left alone then.
  static absl::StatusOr<LiveLog> Open(const std::string& path, const std::function<void(LiveRecord&&)>& visit);

  // Hands all records of a file to `visit` as Open does, and changes nothing. OK where there is no file.
  static absl::Status Read(const std::string& path, const std::function<void(LiveRecord&&)>& visit);

  // The records are on disk, all of them, when it returns. After a failure there are none of them, unless the disk has
  // failed as well when they were to be cut off; this is tried again before the next Append.
  // REQUIRES: `payload` is made by AppendRecord, not empty, less than 4 GiB.
  //   kResourceExhausted  the disk is full
  absl::Status Append(absl::string_view payload);

  // Puts a file with this base in the place of what there is, and on disk; whether its name is on disk as well is known
  // at the latest when the next Append returns OK. On failure the log is as it was.
  absl::Status Replace(const NextPayload& next);

  std::uint64_t bytes() const { return bytes_; }
  std::uint64_t base_bytes() const { return base_bytes_; }
  std::uint64_t cut_bytes() const { return cut_bytes_; }

 private:
  LiveLog(std::string path, AppendFile file, std::uint64_t file_id)
      : path_(std::move(path)), file_(std::move(file)), file_id_(file_id) {}

  absl::Status Settle();
  absl::Status Write(absl::string_view payload);

  std::string path_;
  AppendFile file_;
  std::uint64_t file_id_;
  std::uint64_t bytes_ = 0;
  std::uint64_t base_bytes_ = 0;
  std::uint64_t cut_bytes_ = 0;
  bool needs_cut_ = false;   // there may be something behind bytes_
  bool needs_name_ = false;  // whether the name of the file is on disk is not known
};

}  // namespace awase::live

#endif  // AWASE_LIVE_LIVE_LOG_H_

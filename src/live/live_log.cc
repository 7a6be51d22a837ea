#include "live/live_log.h"

#include <sys/random.h>

#include <cerrno>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "awase/base/mapped_file.h"
#include "awase/base/status_macros.h"
#include "live/live_frame.h"

namespace awase::live {
namespace {

constexpr unsigned kMode = 0600;
constexpr absl::string_view kRemedy =
    ": bring a copy of it back, or move it away: products are then as the model says until the feed has sent them "
    "again";

std::string NextPath(const std::string& path) { return absl::StrCat(path, ".next"); }

absl::StatusOr<std::uint64_t> MakeFileId() {
  std::uint64_t id = 0;
  if (getrandom(&id, sizeof(id), 0) != ssize_t{sizeof(id)}) return absl::ErrnoToStatus(errno, "no random number");
  return id;
}

struct Base {
  AppendFile file;
  std::uint64_t file_id;
  std::uint64_t bytes;
};

absl::StatusOr<Base> WriteBase(const std::string& path, const LiveLog::NextPayload& next) {
  AWASE_ASSIGN_OR_RETURN(const std::uint64_t file_id, MakeFileId());
  AWASE_ASSIGN_OR_RETURN(OutputFile output, OutputFile::Create(path, kMode));
  const std::string header = MakeLogHeader(file_id);
  AWASE_RETURN_IF_ERROR(output.Append(header));
  std::uint64_t bytes = header.size();
  const auto append = [&](absl::string_view payload) {
    const std::string frame = MakeFrame({file_id, bytes}, payload);
    bytes += frame.size();
    return output.Append(frame);
  };
  for (std::string payload; next(payload); payload.clear()) AWASE_RETURN_IF_ERROR(append(payload));
  AWASE_RETURN_IF_ERROR(append(""));
  AWASE_RETURN_IF_ERROR(output.Finish());
  AWASE_ASSIGN_OR_RETURN(AppendFile file, AppendFile::Open(path));
  return Base{std::move(file), file_id, bytes};
}

absl::StatusOr<LiveLogExtent> ReadFrom(const std::string& path, const std::function<void(LiveRecord&&)>& visit,
                                       std::uint64_t& file_bytes) {
  AWASE_ASSIGN_OR_RETURN(const MappedFile file, MappedFile::Open(path));
  file_bytes = file.bytes().size();
  const absl::StatusOr<LiveLogExtent> extent = ReadLiveLog(file.bytes(), visit);
  if (extent.ok()) return extent;
  const bool is_broken = absl::IsDataLoss(extent.status());
  return absl::Status(extent.status().code(),
                      absl::StrCat(path, ": ", extent.status().message(), is_broken ? kRemedy : ""));
}

}  // namespace

absl::StatusOr<LiveLog> LiveLog::Open(const std::string& path, const std::function<void(LiveRecord&&)>& visit) {
  const std::string next = NextPath(path);
  AWASE_RETURN_IF_ERROR(RemoveTree(next));  // of a process that was killed
  if (!PathExists(path)) {
    // Whole before it has its name, so that a file without a sound base is a broken one and not a young one.
    TemporaryPath temporary(next);
    AWASE_ASSIGN_OR_RETURN(Base base, WriteBase(next, [](std::string&) { return false; }));
    AWASE_RETURN_IF_ERROR(RenamePath(next, path));
    LiveLog log(path, std::move(base.file), base.file_id);
    log.bytes_ = log.base_bytes_ = base.bytes;
    return log;
  }
  std::uint64_t file_bytes = 0;
  AWASE_ASSIGN_OR_RETURN(const LiveLogExtent extent, ReadFrom(path, visit, file_bytes));
  AWASE_ASSIGN_OR_RETURN(AppendFile file, AppendFile::Open(path));
  LiveLog log(path, std::move(file), extent.file_id);
  log.bytes_ = extent.whole_bytes;
  log.base_bytes_ = extent.base_bytes;
  log.cut_bytes_ = file_bytes - extent.whole_bytes;
  log.needs_cut_ = log.cut_bytes_ > 0;
  // A process that was killed may have left a whole group, or a new name, that is not on disk yet: whoever is told that
  // an update is late, or changes nothing, is told that they are.
  log.needs_name_ = true;
  AWASE_RETURN_IF_ERROR(log.file_.Sync());
  AWASE_RETURN_IF_ERROR(log.Settle());
  return log;
}

absl::Status LiveLog::Read(const std::string& path, const std::function<void(LiveRecord&&)>& visit) {
  if (!PathExists(path)) return absl::OkStatus();
  std::uint64_t file_bytes = 0;
  return ReadFrom(path, visit, file_bytes).status();
}

absl::Status LiveLog::Settle() {
  if (needs_cut_) AWASE_RETURN_IF_ERROR(file_.Truncate(bytes_));
  needs_cut_ = false;
  if (needs_name_) {
    AWASE_RETURN_IF_ERROR(SyncDirectory(std::filesystem::path(path_).parent_path().string()));
  }
  needs_name_ = false;
  return absl::OkStatus();
}

absl::Status LiveLog::Append(absl::string_view payload) {
  return SayInstead(Write(payload), NextPath(path_), path_);  // a file that was renamed knows its first name
}

absl::Status LiveLog::Write(absl::string_view payload) {
  AWASE_RETURN_IF_ERROR(Settle());
  const std::string frame = MakeFrame({file_id_, bytes_}, payload);
  needs_cut_ = true;
  absl::Status status = file_.Append(frame);
  if (status.ok()) status = file_.Sync();
  if (!status.ok()) {
    Settle().IgnoreError();  // `status` is the reason; the next call settles what could not be now
    return status;
  }
  needs_cut_ = false;
  bytes_ += frame.size();
  return absl::OkStatus();
}

absl::Status LiveLog::Replace(const NextPayload& next) {
  const std::string next_path = NextPath(path_);
  TemporaryPath temporary(next_path);
  AWASE_ASSIGN_OR_RETURN(Base base, WriteBase(next_path, next));
  const absl::Status renamed = RenamePath(next_path, path_);
  if (!renamed.ok() && PathExists(next_path)) return renamed;
  // The file has its name, though that may not be on disk yet. What is appended to the old one would be lost.
  file_ = std::move(base.file);
  file_id_ = base.file_id;
  bytes_ = base_bytes_ = base.bytes;
  needs_cut_ = false;
  needs_name_ = !renamed.ok();
  return absl::OkStatus();
}

}  // namespace awase::live

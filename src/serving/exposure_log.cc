#include "exposure_log.h"

#include <cerrno>
#include <cstdio>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"

namespace awase::serving {
namespace {

constexpr absl::string_view kHeader = "awase exposures 1\n";
constexpr unsigned kMode = 0600;

}  // namespace

absl::StatusOr<std::uint64_t> ReadExposureLog(const std::string& path, absl::string_view content,
                                              const std::function<void(const ExposureRecord&)>& visit) {
  if (content.size() < kHeader.size()) {
    // Made by a process that was killed before it had written anything.
    if (absl::StartsWith(kHeader, content)) return 0;
    return absl::DataLossError(absl::StrCat(path, ": is no exposure log"));
  }
  if (!absl::StartsWith(content, kHeader)) {
    return absl::DataLossError(absl::StrCat(path, ": is no exposure log of a format that this awase knows"));
  }
  absl::string_view rest = content.substr(kHeader.size());
  ExposureRecord record;
  while (TakeRecord(rest, record)) visit(record);
  return content.size() - rest.size();
}

absl::StatusOr<ExposureLog> ExposureLog::Open(const std::string& path,
                                              const std::function<void(const ExposureRecord&)>& visit) {
  AWASE_ASSIGN_OR_RETURN(AppendFile file, AppendFile::Open(path));
  ExposureLog log(path, std::move(file));
  AWASE_ASSIGN_OR_RETURN(const std::string content, ReadFile(path));
  AWASE_ASSIGN_OR_RETURN(log.bytes_, ReadExposureLog(path, content, visit));
  log.cut_bytes_ = log.bytes_ == 0 ? 0 : content.size() - log.bytes_;
  if (content.size() > log.bytes_) AWASE_RETURN_IF_ERROR(log.file_.Truncate(log.bytes_));
  if (log.bytes_ == 0) AWASE_RETURN_IF_ERROR(log.Append(kHeader));
  return log;
}

absl::Status ExposureLog::Append(absl::string_view record) {
  AWASE_RETURN_IF_ERROR(file_.Append(record));
  bytes_ += record.size();
  if (tail_.has_value()) absl::StrAppend(&*tail_, record);
  return absl::OkStatus();
}

absl::Status ExposureLog::TakeOver(const NextExposureLog& next) {
  AWASE_ASSIGN_OR_RETURN(AppendFile file, AppendFile::Open(next.path()));
  const std::string tail = TakeTail();
  AWASE_RETURN_IF_ERROR(file.Append(tail));
  if (std::rename(next.path().c_str(), path_.c_str()) != 0) return absl::ErrnoToStatus(errno, path_);
  file_ = std::move(file);
  bytes_ = next.bytes() + tail.size();
  DropTail();
  return absl::OkStatus();
}

absl::StatusOr<NextExposureLog> NextExposureLog::Begin(const std::string& log_path) {
  std::string path = absl::StrCat(log_path, ".next");
  AWASE_ASSIGN_OR_RETURN(OutputFile file, OutputFile::Create(path, kMode));
  NextExposureLog next(std::move(path), std::move(file));
  AWASE_RETURN_IF_ERROR(next.Append(kHeader));
  return next;
}

absl::Status NextExposureLog::Append(absl::string_view records) {
  AWASE_RETURN_IF_ERROR(file_.Append(records));
  bytes_ += records.size();
  return absl::OkStatus();
}

}  // namespace awase::serving

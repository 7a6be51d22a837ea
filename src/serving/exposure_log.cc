#include "exposure_log.h"

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

absl::StatusOr<ExposureLog> ExposureLog::Open(const std::string& path,
                                              const std::function<void(const ExposureRecord&)>& visit) {
  AWASE_ASSIGN_OR_RETURN(AppendFile file, AppendFile::Open(path));
  ExposureLog log(path, std::move(file));
  AWASE_ASSIGN_OR_RETURN(const std::string content, ReadFile(path));
  if (content.size() < kHeader.size()) {
    // Made by a process that was killed before it had written anything.
    if (!absl::StartsWith(kHeader, content)) return absl::DataLossError(absl::StrCat(path, ": is no exposure log"));
    AWASE_RETURN_IF_ERROR(log.file_.Truncate(0));
    AWASE_RETURN_IF_ERROR(log.Append(kHeader));
    return log;
  }
  if (!absl::StartsWith(content, kHeader)) {
    return absl::DataLossError(absl::StrCat(path, ": is no exposure log of a format that this awase knows"));
  }
  absl::string_view rest = absl::string_view(content).substr(kHeader.size());
  ExposureRecord record;
  while (TakeRecord(rest, record)) visit(record);
  log.cut_bytes_ = rest.size();
  log.bytes_ = content.size() - rest.size();
  if (!rest.empty()) AWASE_RETURN_IF_ERROR(log.file_.Truncate(log.bytes_));
  return log;
}

absl::Status ExposureLog::Append(absl::string_view record) {
  AWASE_RETURN_IF_ERROR(file_.Append(record));
  bytes_ += record.size();
  return absl::OkStatus();
}

absl::Status ExposureLog::Replace(absl::string_view records, std::uint64_t since) {
  AWASE_ASSIGN_OR_RETURN(const std::string content, ReadFile(path_));
  const std::string next = absl::StrCat(path_, ".next");
  TemporaryPath temporary(next);
  AWASE_ASSIGN_OR_RETURN(OutputFile file, OutputFile::Create(next, kMode));
  const absl::string_view tail = absl::string_view(content).substr(since);
  for (const absl::string_view part : {kHeader, records, tail}) AWASE_RETURN_IF_ERROR(file.Append(part));
  AWASE_RETURN_IF_ERROR(file.Finish());
  AWASE_ASSIGN_OR_RETURN(AppendFile next_file, AppendFile::Open(next));
  AWASE_RETURN_IF_ERROR(RenamePath(next, path_));
  file_ = std::move(next_file);
  bytes_ = kHeader.size() + records.size() + tail.size();
  return absl::OkStatus();
}

}  // namespace awase::serving

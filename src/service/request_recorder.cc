#include "service/request_recorder.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "awase/base/hmac_sha256.h"
#include "awase/base/status_macros.h"
#include "awase/service/convert.h"
#include "awase/service/json_text.h"
#include "google/protobuf/util/json_util.h"
#include "service/convert_exposures.h"
#include "service/lines_from_end.h"

namespace awase::service {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kHashBytes = 8;  // no two customers of a shop share one

// Of what an earlier process has left. A line that it could not end is ended, so that it spoils no other.
absl::StatusOr<std::size_t> CountLines(const std::string& path, AppendFile* file) {
  AWASE_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  if (text.empty() || text.back() == '\n') return lines;
  AWASE_RETURN_IF_ERROR(file->Append("\n"));
  return lines + 1;
}

// Multiples of the golden ratio fall evenly into [0, 1), whatever the rhythm in which a shop asks its placements.
bool IsInSample(std::uint64_t number, double share) {
  constexpr double kGoldenRatio = 0.6180339887498949;
  const double place = static_cast<double>(number % (std::uint64_t{1} << 32)) * kGoldenRatio;
  return place - std::floor(place) < share;
}

// False when `visit` wants no more.
absl::StatusOr<bool> VisitLines(LinesFromEnd& lines,
                                const std::function<bool(absl::StatusOr<v1::RecommendRequest>)>& visit) {
  while (true) {
    AWASE_ASSIGN_OR_RETURN(const std::optional<std::string> line, lines.Next());
    if (!line.has_value()) return true;
    v1::RecommendRequest request;
    const absl::Status parsed = FromJsonText(*line, &request);
    if (!visit(parsed.ok() ? absl::StatusOr<v1::RecommendRequest>(std::move(request)) : parsed)) return false;
  }
}

}  // namespace

v1::RecommendRequest WithoutIdentity(v1::RecommendRequest request, absl::string_view key, absl::Time time) {
  const auto hide = [key](std::string* id) {
    if (!id->empty()) *id = absl::BytesToHexString(HmacSha256(key, *id).substr(0, kHashBytes));
  };
  hide(request.mutable_session_id());
  if (request.has_customer()) {
    hide(request.mutable_customer()->mutable_id());
    std::string* birthday = request.mutable_customer()->mutable_birthday();
    // MM-DD or YYYY-MM-DD: the month and its first day.
    if (birthday->size() >= 5) *birthday = absl::StrCat(birthday->substr(birthday->size() - 5, 3), "01");
  }
  request.clear_record_exposure();  // which answers of the past do not have
  TimeToProto(time, request.mutable_at_time());
  return request;
}

absl::StatusOr<std::unique_ptr<RequestRecorder>> RequestRecorder::Create(Options options) {
  AWASE_ASSIGN_OR_RETURN(std::string key, RandomBytes(kKeyBytes));
  // First the lock: until it is ours the other server may rename the file.
  AWASE_ASSIGN_OR_RETURN(DirectoryLock lock,
                         DirectoryLock::AcquireFile(options.path, absl::StrCat(options.path,
                                                                               ": another server records here: give "
                                                                               "each one a file of its own")));
  AWASE_ASSIGN_OR_RETURN(AppendFile file, AppendFile::Open(options.path));
  AWASE_ASSIGN_OR_RETURN(const std::size_t lines, CountLines(options.path, &file));
  return std::unique_ptr<RequestRecorder>(
      new RequestRecorder(std::move(options), std::move(lock), std::move(key), std::move(file), lines));
}

RequestRecorder::RequestRecorder(Options options, DirectoryLock lock, std::string key, AppendFile file,
                                 std::size_t lines)
    : options_(std::move(options)),
      lock_(std::move(lock)),
      key_(std::move(key)),
      look_back_(options_.rules),
      file_(std::move(file)),
      lines_(lines),
      thread_([this] { Run(); }) {}

RequestRecorder::~RequestRecorder() {
  {
    MutexLock lock(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void RequestRecorder::Record(const v1::RecommendRequest& request, absl::Time time) {
  if (request.has_at_time()) return;
  if (!IsInSample(seen_.fetch_add(1, std::memory_order_relaxed), options_.share)) return;
  {
    MutexLock lock(mutex_);
    if (queue_.size() >= options_.queue_limit) {
      dropped_.fetch_add(1, std::memory_order_relaxed);
      return;
    }
    queue_.push_back({request, time});
    ++queued_;
  }
  wake_.notify_one();
}

void RequestRecorder::Flush() {
  mutex_.lock();
  const std::uint64_t wanted = queued_;
  while (written_ < wanted) progress_.wait(mutex_);
  mutex_.unlock();
}

void RequestRecorder::Run() {
  mutex_.lock();
  while (true) {
    while (queue_.empty() && !stop_) wake_.wait(mutex_);
    if (queue_.empty()) break;
    std::deque<Answered> taken;
    taken.swap(queue_);
    const std::size_t count = taken.size();
    mutex_.unlock();
    Write(std::move(taken));
    mutex_.lock();
    written_ += count;
    progress_.notify_all();
  }
  mutex_.unlock();
}

// What the answer itself showed, and what came since, is no part of its past.
void RequestRecorder::AddKeptExposures(const std::string& customer_id, absl::Time time, v1::Customer* customer) {
  absl::StatusOr<serving::CustomerHistory> history = options_.exposures->Read(customer_id, time);
  if (!history.ok()) return;
  std::vector<engine::Exposure>& past = history->exposures;
  std::erase_if(past, [time](const engine::Exposure& exposure) { return exposure.time >= time; });
  if (past.size() > kMostExposures) serving::DropExcess(*look_back_.Get(), time, kMostExposures, past);
  for (const engine::Exposure& exposure : past) ExposureToProto(exposure, customer->add_exposures());
}

std::string RequestRecorder::LineOf(Answered answered) {
  const std::string customer_id = answered.request.customer().id();
  v1::RecommendRequest kept = WithoutIdentity(std::move(answered.request), key_, answered.time);
  if (options_.exposures != nullptr && !customer_id.empty()) {
    AddKeptExposures(customer_id, answered.time, kept.mutable_customer());
  }
  google::protobuf::util::JsonPrintOptions print;
  print.preserve_proto_field_names = true;
  std::string line;
  if (!google::protobuf::util::MessageToJsonString(kept, &line, print).ok()) return "";
  return absl::StrCat(line, "\n");
}

void RequestRecorder::Write(std::deque<Answered> answered) {
  std::size_t next = 0;
  while (next < answered.size()) {
    std::string lines;
    absl::Status status = lines_ < options_.limit ? absl::OkStatus() : StartNextFile();
    const std::size_t room = status.ok() ? options_.limit - lines_ : answered.size();
    const std::size_t end = next + std::min(room, answered.size() - next);
    for (std::size_t i = next; i < end; ++i) lines += LineOf(std::move(answered[i]));
    if (status.ok()) status = file_.Append(lines);
    if (status.ok()) lines_ += end - next;
    if (!status.ok()) {
      dropped_.fetch_add(end - next, std::memory_order_relaxed);
      if (!has_warned_ && options_.warn) {
        options_.warn(absl::StrCat("requests are not recorded: ", status.message(), "; serving goes on"));
      }
    }
    has_warned_ = !status.ok();
    next = end;
  }
}

absl::Status RequestRecorder::StartNextFile() {
  MutexLock lock(files_mutex_);
  const absl::Status renamed = RenamePath(options_.path, absl::StrCat(options_.path, ".1"));
  if (!renamed.ok() && !absl::IsNotFound(renamed)) return renamed;  // gone by now: it was renamed, or taken away
  AWASE_ASSIGN_OR_RETURN(file_, AppendFile::Open(options_.path));
  lines_ = 0;
  return absl::OkStatus();
}

absl::Status RequestRecorder::ReadNewest(const std::function<bool(absl::StatusOr<v1::RecommendRequest>)>& visit) {
  Flush();
  std::vector<LinesFromEnd> files;
  {
    MutexLock lock(files_mutex_);  // no file becomes the older one in between
    for (const char* suffix : {"", ".1"}) {
      absl::StatusOr<LinesFromEnd> lines = LinesFromEnd::Open(absl::StrCat(options_.path, suffix));
      if (lines.ok()) {
        files.push_back(*std::move(lines));
      } else if (!absl::IsNotFound(lines.status())) {
        return lines.status();
      }
    }
  }
  for (LinesFromEnd& lines : files) {
    AWASE_ASSIGN_OR_RETURN(const bool wants_more, VisitLines(lines, visit));
    if (!wants_more) break;
  }
  return absl::OkStatus();
}

}  // namespace awase::service

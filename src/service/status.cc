#include "service/status.h"

#include <chrono>
#include <string>

#include "absl/strings/str_cat.h"

namespace awase::service {
namespace {

constexpr absl::string_view kCutMark = "…";

}  // namespace

std::string CutText(absl::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return std::string(text);
  absl::string_view kept = text.substr(0, max_bytes - kCutMark.size() - 1);
  if (const std::size_t line_end = kept.rfind('\n'); line_end != absl::string_view::npos) {
    return absl::StrCat(kept.substr(0, line_end + 1), kCutMark);
  }
  // A UTF-8 character must stay whole: drop its begun part, whose bytes after the first are 10xxxxxx.
  while (!kept.empty() && (static_cast<unsigned char>(text[kept.size()]) & 0xC0) == 0x80) kept.remove_suffix(1);
  return absl::StrCat(kept, kCutMark);
}

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  return grpc::Status(static_cast<grpc::StatusCode>(status.raw_code()),
                      CutText(status.message(), kMaxStatusMessageBytes));
}

absl::Status FromGrpcStatus(const grpc::Status& status) {
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
}

absl::Status StillWanted(const grpc::CallbackServerContext& context) {
  if (std::chrono::system_clock::now() >= context.deadline()) {
    return absl::DeadlineExceededError("the deadline passed before the answer was made");
  }
  if (context.IsCancelled()) return absl::CancelledError("the caller has gone");
  return absl::OkStatus();
}

}  // namespace awase::service

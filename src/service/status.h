#ifndef AWASE_SERVICE_STATUS_H_
#define AWASE_SERVICE_STATUS_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "grpcpp/grpcpp.h"

namespace awase::service {

// Messages travel in HTTP/2 trailers, of which peers take 8 KiB by default, percent-encoded.
inline constexpr std::size_t kMaxStatusMessageBytes = 1024;

// The text, when it has at most so many bytes (4 at least); else what fits of it, up to a line's or a character's end,
// and "…".
std::string CutText(absl::string_view text, std::size_t max_bytes);

// The codes are the same numbers. A longer message is cut (CutText).
grpc::Status ToGrpcStatus(const absl::Status& status);
absl::Status FromGrpcStatus(const grpc::Status& status);

// OK while anyone waits for the answer; else kDeadlineExceeded or kCancelled. Asked before costly work.
absl::Status StillWanted(const grpc::CallbackServerContext& context);

}  // namespace awase::service

#endif  // AWASE_SERVICE_STATUS_H_

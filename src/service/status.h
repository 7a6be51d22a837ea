#ifndef AWASE_SERVICE_STATUS_H_
#define AWASE_SERVICE_STATUS_H_

#include <cstddef>

#include "absl/status/status.h"
#include "grpcpp/grpcpp.h"

namespace awase::service {

// Messages travel in HTTP/2 trailers, of which peers take 8 KiB by default, percent-encoded.
inline constexpr std::size_t kMaxStatusMessageBytes = 1024;

// The codes are the same numbers. A longer message is cut at a line or a character and ends in "…".
grpc::Status ToGrpcStatus(const absl::Status& status);
absl::Status FromGrpcStatus(const grpc::Status& status);

// OK while anyone waits for the answer; else kDeadlineExceeded or kCancelled. Asked before costly work.
absl::Status StillWanted(const grpc::CallbackServerContext& context);

}  // namespace awase::service

#endif  // AWASE_SERVICE_STATUS_H_

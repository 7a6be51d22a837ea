#ifndef AWASE_CONFIG_LIMITS_H_
#define AWASE_CONFIG_LIMITS_H_

#include <cstddef>

#include "absl/time/time.h"

namespace awase::config {

// What one caller, or all of them together, may ask of a server. docs/operations.md says what happens beyond each.
struct Limits {
  // Bytes of a request, over HTTP also after decompression. Rule sets are the large ones; a page's request has some kB.
  std::size_t request_bytes = std::size_t{16} << 20;
  // Request line and headers of HTTP, metadata of gRPC.
  std::size_t header_bytes = std::size_t{16} << 10;
  // Requests of a BatchRecommend.
  std::size_t batch_requests = 1'000;
  // Batches, rule calls and the like that run or wait at the same time, and the threads that they run on.
  std::size_t slow_calls = 64;
  std::size_t slow_call_threads = 2;
  // Calls at the same time on one connection of gRPC: further ones wait at the caller.
  std::size_t streams_per_connection = 100;
  // An idle one takes about 20 kB.
  std::size_t grpc_connections = 16'384;
  std::size_t http_connections = 512;
  // How long calls of Recommend over gRPC may wait for their turn, all of them and lastingly, before some are refused.
  absl::Duration recommend_wait = absl::Milliseconds(5);

  // For a TLS handshake, on both wires, and for the headers of HTTP.
  absl::Duration header_time = absl::Seconds(10);
  // Without a call, on a connection of gRPC; then it is closed as HTTP/2 does it, and the caller opens another.
  absl::Duration grpc_idle_time = absl::Minutes(5);
  // Without a byte from a caller that has calls: whether it is still there is asked then.
  absl::Duration grpc_ping_time = absl::Minutes(1);
  absl::Duration http_body_time = absl::Seconds(30);
  absl::Duration http_idle_time = absl::Seconds(60);   // between requests
  absl::Duration http_write_time = absl::Seconds(30);  // for the client to take an answer

  friend bool operator==(const Limits&, const Limits&) = default;
};

}  // namespace awase::config

#endif  // AWASE_CONFIG_LIMITS_H_

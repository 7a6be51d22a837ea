#ifndef AWASE_SERVICE_CALL_COUNTS_H_
#define AWASE_SERVICE_CALL_COUNTS_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "google/protobuf/descriptor.h"
#include "grpcpp/support/server_interceptor.h"
#include "service/call_log.h"
#include "service/duration_histogram.h"

namespace awase::service {

// The methods of generated services, by their full names, in the order of the .proto files. REQUIRES: they are linked.
std::vector<const google::protobuf::MethodDescriptor*> MethodsOf(absl::Span<const std::string> services);

// How many calls of each method have ended with which code, by whatever way they came. thread-safe.
class CallCounts {
 public:
  explicit CallCounts(absl::Span<const std::string> services);

  // Calls `count` for each method ("awase.v1.RuleService/Publish") and code that have come together, and for every
  // method with kOk; in a fixed order.
  void ForEach(
      const std::function<void(const std::string& method, absl::StatusCode code, std::uint64_t calls)>& count) const;

  // Calls `show` for each method with how long its calls took, from their arrival to their status; in a fixed order.
  void ForEachDuration(
      const std::function<void(const std::string& method, const DurationHistogram& durations)>& show) const;

  // One more; of what is no method nothing is counted.
  void Add(const std::string& method, absl::StatusCode code, absl::Duration took);

  // Adds the calls of a gRPC server, here and to `log`. Both outlive it. Calls that gRPC itself refuses (no such
  // method, a request too large) come to neither.
  std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> NewInterceptors(const CallLog* log);

 private:
  static constexpr std::size_t kCodes = 17;
  struct Row {
    void Add(std::size_t code, absl::Duration took);

    std::array<std::atomic<std::uint64_t>, kCodes> codes{};
    DurationHistogram durations;
  };
  class Interceptor;
  class Factory;

  std::map<std::string, Row> rows_;  // its keys never change
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_CALL_COUNTS_H_

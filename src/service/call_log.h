#ifndef AWASE_SERVICE_CALL_LOG_H_
#define AWASE_SERVICE_CALL_LOG_H_

#include <functional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "awase/http/message.h"
#include "awase/service/ended_call.h"
#include "grpcpp/grpcpp.h"

namespace awase::service {

// What callers say about a call beside the request; views of what they sent.
struct CallLabels {
  absl::string_view request_id;
  absl::string_view traceparent;  // empty also where there are several: no one knows which holds
};

CallLabels LabelsOf(const http::Request& request);
CallLabels LabelsOf(const grpc::ServerContextBase& context);

// Tells somebody of calls that have ended, however they came. thread-safe.
class CallLog {
 public:
  using Tell = std::function<void(const EndedCall&)>;

  // `tell` null: nobody. Of calls that end otherwise than by IsServersFailure only with `tells_all`.
  CallLog(Tell tell, bool tells_all) : tell_(std::move(tell)), tells_all_(tells_all) {}

  bool is_on() const { return tell_ != nullptr; }

  // Whether a call that ends like this is told: asked before anything is made for it.
  bool Wants(absl::StatusCode code) const { return is_on() && (tells_all_ || IsServersFailure(code)); }

  // REQUIRES: Wants(code).
  void Add(absl::string_view method, absl::StatusCode code, absl::string_view message, const CallLabels& labels) const;

 private:
  const Tell tell_;
  const bool tells_all_;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_CALL_LOG_H_

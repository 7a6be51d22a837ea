#ifndef AWASE_SERVICE_TRANSCODER_H_
#define AWASE_SERVICE_TRANSCODER_H_

#include <string>

#include "awase/http/message.h"
#include "service/call_counts.h"
#include "service/call_gate.h"
#include "service/call_log.h"
#include "service/unary_methods.h"
#include "service/work_pool.h"

namespace awase::service {

// Unary calls of the Connect protocol → the methods that gRPC calls too, through the same gate and pool. (A channel of
// gRPC within the process would need no table of methods, but in gRPC 1.51 a call may outlive what it points to there:
// https://github.com/grpc/grpc/pull/17921.) thread-safe. All is borrowed, and outlives it and the calls.
class Transcoder {
 public:
  Transcoder(CallGate* gate, WorkPool* pool, CallCounts* counts, const CallLog* log)
      : gate_(gate), pool_(pool), counts_(counts), log_(log) {}

  // Calls `method`, which has the full name `name`, for `caller` (CallFacts) with the request's body and answers with a
  // message in the same format, or with an error; X-Request-Id stands in the answer as well. A call that has not begun
  // by its deadline is not begun. The gate lets go of it when the answer has been given.
  void Call(const std::string& name, const UnaryMethod& method, const std::string& caller, const http::Request& request,
            const http::Responder& respond);

 private:
  struct PendingCall;

  void Finish(const PendingCall& call, const absl::Status& status);

  CallGate* const gate_;
  WorkPool* const pool_;
  CallCounts* const counts_;
  const CallLog* const log_;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_TRANSCODER_H_

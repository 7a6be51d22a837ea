#ifndef AWASE_SERVICE_SLOW_CALL_H_
#define AWASE_SERVICE_SLOW_CALL_H_

#include <functional>

#include "absl/status/status.h"
#include "grpcpp/grpcpp.h"
#include "service/call_gate.h"
#include "service/work_pool.h"

namespace awase::service {

// Answers a unary call with `work`, run on `pool`; at once with UNAUTHENTICATED or PERMISSION_DENIED when it may not be
// made, with RESOURCE_EXHAUSTED when the pool takes no more, with UNAVAILABLE when the gate is closed, and without
// running it when nobody waits for the answer any more. What
// `work` refers to must live until the call is finished.
grpc::ServerUnaryReactor* RunSlowCall(grpc::CallbackServerContext* context, CallGate& gate, WorkPool& pool,
                                      std::function<absl::Status()> work);

// What a call gets for which the pool has no ticket.
absl::Status TooManySlowCalls();

}  // namespace awase::service

#endif  // AWASE_SERVICE_SLOW_CALL_H_

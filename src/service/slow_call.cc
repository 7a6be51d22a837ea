#include "service/slow_call.h"

#include <utility>

#include "service/status.h"

namespace awase::service {

absl::Status TooManySlowCalls() {
  return absl::ResourceExhaustedError("too many batches and rule calls are running: try again when some have ended");
}

grpc::ServerUnaryReactor* RunSlowCall(grpc::CallbackServerContext* context, WorkPool& pool,
                                      std::function<absl::Status()> work) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  WorkPool::Ticket ticket = pool.TryAdmit();
  if (ticket == nullptr) {
    reactor->Finish(ToGrpcStatus(TooManySlowCalls()));
    return reactor;
  }
  pool.Post([context, reactor, ticket = std::move(ticket), work = std::move(work)]() mutable {
    absl::Status status = StillWanted(*context);
    if (status.ok()) status = work();
    ticket.reset();  // before the caller knows, so that its next call finds the place free
    reactor->Finish(ToGrpcStatus(status));
  });
  return reactor;
}

}  // namespace awase::service

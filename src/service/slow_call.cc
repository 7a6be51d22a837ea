#include "service/slow_call.h"

#include <utility>

#include "service/call_context.h"
#include "service/status.h"

namespace awase::service {
namespace {

// Deletes itself.
class SlowCall final : public grpc::ServerUnaryReactor {
 public:
  explicit SlowCall(CallGate::Pass pass) : pass_(std::move(pass)) {}

  bool has_entered() const { return pass_ != nullptr; }
  void OnDone() override { delete this; }

 private:
  const CallGate::Pass pass_;
};

}  // namespace

absl::Status TooManySlowCalls() {
  return absl::ResourceExhaustedError(
      "too many long calls (batches, rules, ladders, feeds) are running: try again when some have ended");
}

grpc::ServerUnaryReactor* RunSlowCall(grpc::CallbackServerContext* context, CallGate& gate, WorkPool& pool,
                                      std::function<absl::Status()> work) {
  auto* reactor = new SlowCall(gate.TryEnter());
  if (const absl::Status caller = CheckCaller(*context).status(); !caller.ok()) {
    reactor->Finish(ToGrpcStatus(caller));
    return reactor;
  }
  WorkPool::Ticket ticket = pool.TryAdmit();
  if (!reactor->has_entered() || ticket == nullptr) {
    reactor->Finish(ToGrpcStatus(reactor->has_entered() ? TooManySlowCalls() : gate.Check()));
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

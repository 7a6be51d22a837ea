#ifndef AWASE_SERVICE_CALL_CONTEXT_H_
#define AWASE_SERVICE_CALL_CONTEXT_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "awase/access/access_control.h"
#include "awase/base/stopwatch.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/support/server_interceptor.h"

namespace awase::service {

// The context of a call over gRPC: it knows the call's method, which gRPC's own does not say.
class CallContext final : public grpc::CallbackServerContext {
 public:
  explicit CallContext(const access::AccessControl* access) : access_(access) {}

  // "/awase.v1.RuleService/Publish"; lives as long as the server.
  void set_path(const char* path) { path_ = path; }

  // Since the call came: gRPC makes a context then, and calls its method when one of its threads has come to it.
  absl::Duration Waited() const { return absl::Seconds(since_arrival_.Seconds()); }

  // Whether the call may be answered: the name of its maker, or errors of AccessControl::Check.
  absl::StatusOr<std::string> CheckCaller() const;

 private:
  const access::AccessControl* const access_;
  absl::string_view path_;
  const Stopwatch since_arrival_;
};

// Gives the calls of a server such contexts. The access control is borrowed and outlives the server.
class CallContexts final : public grpc::ContextAllocator {
 public:
  explicit CallContexts(const access::AccessControl* access) : access_(access) {}

  grpc::CallbackServerContext* NewCallbackServerContext() override { return new CallContext(access_); }
  void Release(grpc::CallbackServerContext* context) override { delete context; }

 private:
  const access::AccessControl* const access_;
};

// Tells every call its path, before its method is called. Needed where the access control is not open. REQUIRES: the
// server has CallContexts.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> NewPathTeller();

// What every method asks before it does anything: the name of who calls, empty for who shows nothing.
//   kUnauthenticated, kPermissionDenied  as AccessControl::Check; also for a context that is no CallContext
absl::StatusOr<std::string> CheckCaller(const grpc::CallbackServerContext& context);

// CallContext::Waited; nothing for a context that is no CallContext.
absl::Duration WaitOf(const grpc::CallbackServerContext& context);

}  // namespace awase::service

#endif  // AWASE_SERVICE_CALL_CONTEXT_H_

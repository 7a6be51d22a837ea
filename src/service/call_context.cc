#include "service/call_context.h"

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/strip.h"
#include "grpc/grpc_security_constants.h"

namespace awase::service {
namespace {

absl::string_view ViewOf(grpc::string_ref text) { return {text.data(), text.size()}; }

// Names of a certificate that the handshake has verified; none on a connection without TLS.
void AddCertificateNames(const grpc::AuthContext* authentication, std::vector<absl::string_view>* names) {
  if (authentication == nullptr || !authentication->IsPeerAuthenticated()) return;
  for (const char* property : {GRPC_X509_CN_PROPERTY_NAME, GRPC_X509_SAN_PROPERTY_NAME}) {
    for (const grpc::string_ref& value : authentication->FindPropertyValues(property)) names->push_back(ViewOf(value));
  }
}

// Needs no interceptor of its own: the factory is asked once a call, before its method.
class PathTeller final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  grpc::experimental::Interceptor* CreateServerInterceptor(grpc::experimental::ServerRpcInfo* info) override {
    if (auto* context = dynamic_cast<CallContext*>(info->server_context())) context->set_path(info->method());
    return nullptr;
  }
};

}  // namespace

absl::StatusOr<std::string> CallContext::CheckCaller() const {
  if (access_->is_open()) return std::string();
  access::Shown shown;
  const auto authorization = client_metadata().find("authorization");
  if (authorization != client_metadata().end()) shown.authorization = ViewOf(authorization->second);
  const std::shared_ptr<const grpc::AuthContext> authentication = auth_context();
  AddCertificateNames(authentication.get(), &shown.certificate_names);
  return access_->Check(absl::StripPrefix(path_, "/"), shown);
}

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> NewPathTeller() {
  return std::make_unique<PathTeller>();
}

absl::StatusOr<std::string> CheckCaller(const grpc::CallbackServerContext& context) {
  const auto* call = dynamic_cast<const CallContext*>(&context);
  if (call == nullptr) return absl::PermissionDeniedError("this call came without its method: nobody may make it");
  return call->CheckCaller();
}

absl::Duration WaitOf(const grpc::CallbackServerContext& context) {
  const auto* call = dynamic_cast<const CallContext*>(&context);
  return call == nullptr ? absl::ZeroDuration() : call->Waited();
}

}  // namespace awase::service

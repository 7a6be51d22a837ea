// gRPC 1.51 can ask for its certificate at each handshake, in C only: what C++ has instead, a watcher of files, polls
// on a thread of its own, and gives up the old certificate for a key that does not fit the new one.

#include "service/tls_credentials.h"

#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "awase/base/mutex.h"
#include "grpc/grpc.h"
#include "grpc/grpc_security.h"

namespace awase::service {
namespace {

grpc_ssl_client_certificate_request_type RequestOf(tls::ClientCertificates clients) {
  switch (clients) {
    case tls::ClientCertificates::kNone:
      break;
    case tls::ClientCertificates::kOptional:
      return GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY;
    case tls::ClientCertificates::kRequired:
      return GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY;
  }
  return GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE;
}

class TlsCredentials final : public grpc::ServerCredentials {
 public:
  explicit TlsCredentials(const tls::IdentityFiles* files)
      : files_(files),
        credentials_(grpc_ssl_server_credentials_create_with_options(
            grpc_ssl_server_credentials_create_options_using_config_fetcher(
                RequestOf(files->settings().client_certificates), &TlsCredentials::Fetch, this))) {}
  ~TlsCredentials() override { grpc_server_credentials_release(credentials_); }

  // Callers are looked at where calls are let in.
  void SetAuthMetadataProcessor(const std::shared_ptr<grpc::AuthMetadataProcessor>&) override {}

 private:
  int AddPortToServer(const std::string& address, grpc_server* server) override {
    return grpc_server_add_http2_port(server, address.c_str(), credentials_);
  }

  // Called at the start and before each handshake.
  static grpc_ssl_certificate_config_reload_status Fetch(void* self, grpc_ssl_server_certificate_config** config) {
    return static_cast<TlsCredentials*>(self)->FetchIfNew(config);
  }

  grpc_ssl_certificate_config_reload_status FetchIfNew(grpc_ssl_server_certificate_config** config) {
    std::shared_ptr<const tls::Identity> identity = files_->identity();
    MutexLock lock(mutex_);
    if (identity == given_) return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_UNCHANGED;
    const grpc_ssl_pem_key_cert_pair pair = {.private_key = identity->private_key.c_str(),
                                             .cert_chain = identity->certificate_chain.c_str()};
    // Some are demanded even where clients are not asked for certificates; then nobody looks at them.
    const std::string& clients =
        identity->client_authorities.empty() ? identity->certificate_chain : identity->client_authorities;
    *config = grpc_ssl_server_certificate_config_create(clients.c_str(), &pair, 1);
    given_ = std::move(identity);
    return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_NEW;
  }

  const tls::IdentityFiles* const files_;
  Mutex mutex_;  // guards given_
  std::shared_ptr<const tls::Identity> given_ ABSL_GUARDED_BY(mutex_);
  grpc_server_credentials* const credentials_;  // last: making it may fetch
};

}  // namespace

std::shared_ptr<grpc::ServerCredentials> MakeTlsCredentials(const tls::IdentityFiles* files) {
  return std::make_shared<TlsCredentials>(files);
}

}  // namespace awase::service

#ifndef AWASE_HTTP_TLS_H_
#define AWASE_HTTP_TLS_H_

#include <boost/asio/ssl/context.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "awase/http/server.h"
#include "awase/tls/identity.h"

namespace awase::http {

// kInvalidArgument with what OpenSSL says where it does not take the identity.
absl::StatusOr<std::shared_ptr<boost::asio::ssl::context>> MakeTlsContext(const tls::Identity& identity,
                                                                          tls::ClientCertificates clients);

// The common name and the alternative names (DNS names, addresses, URIs) of the certificate that the peer has shown and
// that was verified; empty where it has shown none.
std::vector<std::string> PeerNames(SSL* connection);

// The context of the identity that is shown now, made when that changes. single-thread.
class TlsContexts {
 public:
  explicit TlsContexts(Tls tls) : tls_(std::move(tls)) {}

  // Where a new identity is not taken, the context of the one before. Errors of MakeTlsContext where there is none.
  absl::StatusOr<std::shared_ptr<boost::asio::ssl::context>> Current();

 private:
  const Tls tls_;
  std::shared_ptr<const tls::Identity> identity_;
  std::shared_ptr<boost::asio::ssl::context> context_;
};

}  // namespace awase::http

#endif  // AWASE_HTTP_TLS_H_

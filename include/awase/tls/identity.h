#ifndef AWASE_TLS_IDENTITY_H_
#define AWASE_TLS_IDENTITY_H_

// What a server proves itself with over TLS, and by whom its clients must be vouched for: checked once, so that gRPC
// and HTTP, which each have a TLS of their own, never meet a pair that does not fit.

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace awase::tls {

enum class ClientCertificates : std::uint8_t {
  kNone,      // are not asked for
  kOptional,  // are asked for; one that is shown must be good
  kRequired,  // who shows none is not connected
};

// All text is PEM.
struct Identity {
  std::string certificate_chain;   // the server's own certificate first
  std::string private_key;         // of that one
  std::string client_authorities;  // empty: clients are not asked for certificates
  absl::Time expires;              // the first of the chain to do so
};

// Whether the three fit, at `now`.
//   kInvalidArgument  what is no PEM, a key with a pass phrase, a key that is not the certificate's, a certificate that
//                     is not valid yet or not any more, or too weak for TLS. The message says which file is meant:
//                     "certificate: …", "key: …", "client_ca: …"; it has nothing of the key
// thread-safe.
absl::StatusOr<Identity> CheckIdentity(std::string certificate_chain, std::string private_key,
                                       std::string client_authorities, absl::Time now);

}  // namespace awase::tls

#endif  // AWASE_TLS_IDENTITY_H_

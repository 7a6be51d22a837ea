#ifndef AWASE_SERVICE_TLS_CREDENTIALS_H_
#define AWASE_SERVICE_TLS_CREDENTIALS_H_

#include <memory>

#include "awase/tls/identity_files.h"
#include "grpcpp/security/server_credentials.h"

namespace awase::service {

// Credentials of a gRPC server of one port that shows what `files` have at the time of each handshake. They are
// borrowed and outlive the credentials; these outlive the server, which asks them by a pointer.
std::shared_ptr<grpc::ServerCredentials> MakeTlsCredentials(const tls::IdentityFiles* files);

}  // namespace awase::service

#endif  // AWASE_SERVICE_TLS_CREDENTIALS_H_

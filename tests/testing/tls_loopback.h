#ifndef AWASE_TESTS_TESTING_TLS_LOOPBACK_H_
#define AWASE_TESTS_TESTING_TLS_LOOPBACK_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "tests/testing/certificates.h"

namespace awase::testing {

// A connection over TLS to a server of this machine, which it knows as localhost.
class TlsLoopback {
 public:
  // Trusts the servers of `authority` (PEM); shows `client` where it is not empty.
  TlsLoopback(int port, const std::string& authority, const CertifiedKey& client = {});
  ~TlsLoopback();
  TlsLoopback(const TlsLoopback&) = delete;
  TlsLoopback& operator=(const TlsLoopback&) = delete;

  // Whether the handshake was made, so far as the client can tell: in TLS 1.3 a server refuses a client's certificate
  // behind it.
  bool is_connected() const;

  // PEM of what the server has shown.
  std::string server_certificate() const;
  // That was agreed on, "http/1.1"; empty: none.
  std::string protocol() const;

  bool Send(absl::string_view bytes);
  // All until the server ends the connection, in whatever way. `*ended` says whether it ended TLS first.
  std::string ReadAll(bool* ended = nullptr);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace awase::testing

#endif  // AWASE_TESTS_TESTING_TLS_LOOPBACK_H_

#ifndef AWASE_HTTP_SERVER_H_
#define AWASE_HTTP_SERVER_H_

// An HTTP/1.1 server for small requests and answers, with TLS (1.2 and 1.3) or without: no HTTP/2, no streaming, one
// whole request and one whole answer at a time per connection.
//
//   AWASE_ASSIGN_OR_RETURN(std::unique_ptr<Server> server, Server::Create({.address = "127.0.0.1:0"}, handler));
//   …
//   server->Shutdown(absl::Seconds(10));
//
// A few threads serve all connections; a handler gets the request and a responder, and may answer later and from
// another thread. A thread per connection would let as many idle clients as there are threads keep everybody else out,
// and a pool of blocking workers would do the same with slow calls; the callers of this server (src/service) have a
// pool of their own for these.

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "awase/http/message.h"
#include "awase/tls/identity.h"

namespace awase::http {

// How a server speaks TLS.
struct Tls {
  // What it shows now; never null. Asked at every connection, from one thread at a time: connections that are open stay
  // as they are.
  std::function<std::shared_ptr<const tls::Identity>()> identity;
  tls::ClientCertificates client_certificates = tls::ClientCertificates::kNone;
};

// thread-safe.
class Server {
 public:
  struct Options {
    // HOST:PORT; an IPv6 host in brackets. Port 0: any free one, see port().
    std::string address = "127.0.0.1:8080";
    // Origins ("https://shop.example") whose web pages may call; "*": all. Others get answers that browsers hide from
    // them.
    std::vector<std::string> allowed_origins;

    // Missing: connections are plain.
    std::optional<Tls> tls;

    // Request line and headers; beyond it 431. The same bound holds for a chunk's line and for trailers.
    std::size_t max_header_bytes = 16 * 1024;
    // As sent and after decompression; beyond it 413.
    std::size_t max_body_bytes = 16 * 1024 * 1024;
    // For one more the one is closed that has waited longest for a request; where none waits, it is answered 503 and
    // closed. Idle ones are some 20 kB each. Half of the 1024 descriptors that a process has by default: gRPC and the
    // files that are reloaded need some, too.
    std::size_t max_connections = 512;

    // From the first byte of a request to the end of its headers, and from there to the end of its body: 408. The first
    // one is also how long a TLS handshake may take.
    absl::Duration header_timeout = absl::Seconds(10);
    absl::Duration body_timeout = absl::Seconds(30);
    // Between requests; then the connection is closed without a word.
    absl::Duration idle_timeout = absl::Seconds(60);
    // How long the peer may take to read an answer; then the connection is closed.
    absl::Duration write_timeout = absl::Seconds(30);
    // After an answer that ends the connection: how long to read what the peer is still sending, which would otherwise
    // make TCP drop the answer.
    absl::Duration linger_timeout = absl::Seconds(2);

    // At least 1.
    std::size_t threads = 2;
  };

  // Listens and serves at once.
  //   kInvalidArgument    address is no HOST:PORT, or the host is none of this machine's; or OpenSSL does not take the
  //                       identity
  //   kUnavailable        the port is in use
  //   kPermissionDenied   the system does not let this user have the port
  //   kResourceExhausted  the system gives no thread or no descriptor
  static absl::StatusOr<std::unique_ptr<Server>> Create(Options options, Handler handler);

  // As Shutdown(absl::ZeroDuration()).
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // HOST:PORT with the port that was bound.
  const std::string& address() const;
  int port() const;

  // Connections that are open now.
  std::size_t connections() const;

  // Nothing new is accepted, idle connections are closed, and requests that have begun have until `grace` from now to
  // be answered; then their connections are closed. Blocks until all have gone; the handler is not called any more
  // when it returns, and responders that are left do nothing. Later calls do nothing.
  void Shutdown(absl::Duration grace);

 private:
  struct State;
  explicit Server(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace awase::http

#endif  // AWASE_HTTP_SERVER_H_

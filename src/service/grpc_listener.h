#ifndef AWASE_SERVICE_GRPC_LISTENER_H_
#define AWASE_SERVICE_GRPC_LISTENER_H_

#include <netdb.h>
#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awase/base/listen_address.h"
#include "grpcpp/server_builder.h"

namespace awase::service {

// Takes connections for a gRPC server. gRPC's own listener takes none any more, for as long as the process lives, once
// the process has had no descriptor left; this one closes connections that are too many, and goes on.
//
// Create and Stop are for one thread; all else happens on a thread of its own.
class GrpcListener {
 public:
  struct Options {
    ListenAddress address;
    // Further ones are closed as they come.
    std::size_t max_connections = 0;
    // Of the descriptors that the process may have so many are left to others; half of them, if that is less.
    std::size_t spare_descriptors = 0;
    // Is told that connections are closed for being too many, or wait, once in a minute at most; may be null.
    std::function<void(const std::string& sentence)> warn;
  };

  // Listens; connections wait until Start. The errors of CheckCanListen.
  static absl::StatusOr<std::unique_ptr<GrpcListener>> Create(Options options);
  ~GrpcListener();
  GrpcListener(const GrpcListener&) = delete;
  GrpcListener& operator=(const GrpcListener&) = delete;

  int port() const { return port_; }

  // Hands connections to `acceptor`, whose server runs, until Stop. Once. kResourceExhausted when there is no thread.
  absl::Status Start(std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor);

  // Takes no further connection; those that were taken stay. Before the server is shut down. Later calls do nothing.
  void Stop();

 private:
  struct Connection {
    int descriptor;
    ino_t inode;  // tells it from what has its number after it
  };

  explicit GrpcListener(Options options);
  absl::Status Listen();
  // The errno of what failed; 0: none. The first one chooses the port.
  int ListenAt(const addrinfo& candidate);
  void Run();
  // Takes what waits at a listening socket; false when the system gives no further descriptor.
  bool Accept(int listener);
  void TakeOver(int descriptor);
  // Why a connection of this descriptor is one too many; empty: it is not.
  std::string FaultOf(int descriptor);
  void Warn(const std::string& sentence);
  // Forgets connections that have ended; not more often than makes sense where most have not.
  void ForgetEnded();

  const Options options_;
  int port_ = 0;
  std::vector<int> listeners_;
  int stop_event_ = -1;  // readable once it is to stop
  std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor_;
  std::vector<Connection> connections_;              // those that have ended too, until they are too many
  std::chrono::steady_clock::time_point forgotten_;  // when those that have ended were looked for
  std::chrono::steady_clock::time_point warned_;
  std::thread thread_;  // the last: uses all others
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_GRPC_LISTENER_H_

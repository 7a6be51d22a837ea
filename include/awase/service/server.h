#ifndef AWASE_SERVICE_SERVER_H_
#define AWASE_SERVICE_SERVER_H_

// The gRPC server: RecommendationService, CatalogService, RuleService, FeedbackService, health and reflection on one
// port.
//
//   AWASE_ASSIGN_OR_RETURN(std::unique_ptr<Server> server, Server::Create(options, reloader.get()));
//   … wait for a signal …
//   server->Shutdown(absl::Seconds(10));
//
// Start order: reloader (first snapshot), server, reloader thread. Shutdown order: server (health, then calls),
// reloader.

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "awase/serving/exposure_store.h"
#include "awase/serving/reloader.h"

namespace awase::service {

// thread-safe.
class Server {
 public:
  struct Options {
    // HOST:PORT; an IPv6 host in brackets. Port 0: any free one, see address().
    std::string address = "127.0.0.1:50051";
    // A larger request is answered with RESOURCE_EXHAUSTED. Rule sets are the large ones; a page's request has some kB.
    std::size_t max_request_bytes = 16 * 1024 * 1024;
    // Threads for batches and rule calls, and how many of those calls may run at the same time.
    std::size_t slow_call_threads = 2;
    std::size_t max_slow_calls = 64;
    // When set: a sample of the requests that are answered is recorded here, without identities
    // (src/service/request_recorder.h): this share of them, 0 to 1, the newest so many.
    std::string record_path;
    double record_share = 1;
    std::size_t record_limit = 100'000;
    // What goes wrong while it serves; whole sentences, from any thread. Default: nobody is told.
    std::function<void(const std::string&)> warn;
    // What customers were offered; borrowed, outlives the server. Null: nothing is kept.
    serving::ExposureStore* exposures = nullptr;
    // The time of an answer whose request names none. Default: absl::Now.
    std::function<absl::Time()> now;
  };

  // Listens and serves at once. The reloader is borrowed and outlives the server.
  //   kInvalidArgument   address is no HOST:PORT, or the host is none of this machine's
  //   kUnavailable       the port is in use
  //   kPermissionDenied  the system does not let this user have the port
  //   else               record_path cannot be written, as the system says
  static absl::StatusOr<std::unique_ptr<Server>> Create(Options options, serving::Reloader* reloader);

  // As Shutdown(absl::ZeroDuration()).
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // HOST:PORT with the port that was bound.
  const std::string& address() const;
  int port() const;

  // Health says NOT_SERVING, new calls are refused as UNAVAILABLE, and running calls have until `grace` from now to
  // finish; then they are cancelled. Blocks until all are gone. Later calls do nothing. Calls that are on their way
  // when the last one has gone may end as CANCELLED, unanswered and without effect.
  void Shutdown(absl::Duration grace);

 private:
  struct State;
  explicit Server(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_SERVER_H_

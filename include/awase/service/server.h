#ifndef AWASE_SERVICE_SERVER_H_
#define AWASE_SERVICE_SERVER_H_

// The gRPC server: RecommendationService, CatalogService, RuleService, FeedbackService, ModelService, health and
// reflection on one port; and the same methods as JSON over HTTP with /healthz, /readyz and /metrics on another
// (docs/api.md).
//
//   AWASE_ASSIGN_OR_RETURN(std::unique_ptr<Server> server, Server::Create(options, reloader.get()));
//   … wait for a signal …
//   server->Shutdown(absl::Seconds(10));
//
// Start order: reloader (first snapshot), server (gRPC, then HTTP), reloader thread. Shutdown order: server (health and
// readiness, then calls, HTTP before gRPC), reloader.

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "awase/access/settings.h"
#include "awase/config/limits.h"
#include "awase/service/ended_call.h"
#include "awase/serving/check_start.h"
#include "awase/serving/exposure_store.h"
#include "awase/serving/reloader.h"
#include "awase/tls/identity_files.h"

namespace awase::service {

// thread-safe.
class Server {
 public:
  struct Options {
    // HOST:PORT; an IPv6 host in brackets. Port 0: any free one, see address().
    std::string address = "127.0.0.1:50051";
    // HOST:PORT of HTTP, as address. Empty: HTTP is not served.
    std::string http_address;
    // Origins of web pages ("https://shop.example") that may call over HTTP; "*": all. Browsers keep others out.
    std::vector<std::string> http_origins;
    // Who may call, over both (docs/operations.md#access). Tokens are read again when their file changes, whenever the
    // reloader looks.
    access::Settings access;
    // TLS of both. Its files are read again in the same way; connections that are open stay as they are. Missing:
    // connections are plain.
    std::optional<tls::Settings> tls;
    config::Limits limits;
    // When set: a sample of the requests that are answered is recorded here, without identities
    // (src/service/request_recorder.h): this share of them, 0 to 1, the newest so many.
    std::string record_path;
    double record_share = 1;
    std::size_t record_limit = 100'000;
    // What goes wrong, or is open to others, or off for them; whole sentences, from any thread. Default: nobody is
    // told.
    std::function<void(const std::string&)> warn;
    // What changes while it serves, in the same way.
    std::function<void(const std::string&)> inform;
    // Is told of calls that have failed by the server's doing, and of all others with log_all_calls; from any thread.
    // Default: nobody is told.
    std::function<void(const EndedCall&)> log_call;
    bool log_all_calls = false;
    // What customers were offered; borrowed, outlives the server. Null: nothing is kept.
    serving::ExposureStore* exposures = nullptr;
    // The time of an answer whose request names none. Default: absl::Now.
    std::function<absl::Time()> now;
  };

  // Listens and serves at once. The reloader is borrowed and outlives the server.
  //   kInvalidArgument    an address is no HOST:PORT, or the host is none of this machine's
  //   kUnavailable        a port is in use, or another server records in record_path
  //   kPermissionDenied   the system does not let this user have a port
  //   kResourceExhausted  the system gives no threads
  //   else                record_path cannot be written, as the system says; errors of access::TokenFile::Open
  //                       and tls::IdentityFiles::Open
  static absl::StatusOr<std::unique_ptr<Server>> Create(Options options, serving::Reloader* reloader);

  // What Create would find in the options and the files that they name, all of it whatever is wrong; tells `warn` what
  // Create would. Listens nowhere, looks at no port, and changes nothing.
  static std::vector<serving::StartFinding> Check(Options options);

  // As Shutdown(absl::ZeroDuration()).
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // HOST:PORT with the port that was bound.
  const std::string& address() const;
  int port() const;
  // HOST:PORT where HTTP is served, with the port that was bound; empty where it is not.
  std::string http_address() const;

  // Health says NOT_SERVING and /readyz 503, new calls are refused as UNAVAILABLE, and running calls have until `grace`
  // from now to finish; then they are cancelled: what has begun to publish is finished all the same. Blocks until all
  // are gone. Later calls do nothing. Calls that are on
  // their way when the last one has gone may end as CANCELLED, unanswered and without effect.
  void Shutdown(absl::Duration grace);

 private:
  struct State;
  explicit Server(std::unique_ptr<State> state);
  static absl::Status StartHttp(const Options& options, const serving::Reloader* reloader, State* state);
  std::unique_ptr<State> state_;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_SERVER_H_

#ifndef AWASE_HTTP_CONNECTION_H_
#define AWASE_HTTP_CONNECTION_H_

#include <array>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "awase/base/mutex.h"
#include "awase/http/message.h"
#include "awase/http/server.h"
#include "http/request_parser.h"
#include "http/response_text.h"

namespace awase::http {

class Connection;

// What the connections of a server share. They hold it, so that a responder that comes late finds it alive.
// thread-safe.
struct ServerCore {
  ServerCore(Server::Options server_options, Handler server_handler)
      : options(std::move(server_options)), handler(std::move(server_handler)) {}

  // False once the last one may have gone: nothing is added to a server that is shutting down.
  bool Add(const std::shared_ptr<Connection>& connection);
  void Remove(const std::shared_ptr<Connection>& connection);
  std::size_t Count() const;
  // Who waits for the first byte of a request, and who does not any more. One that had not begun is passed over.
  void BeginIdle(Connection* connection);
  void EndIdle(Connection* connection);
  // The one that has waited longest, which does not count as waiting any more; null when none waits.
  std::shared_ptr<Connection> TakeLongestIdle();
  // False when connections are left at `deadline`.
  bool WaitUntilEmpty(absl::Time deadline);

  const Server::Options options;
  const Handler handler;
  boost::asio::io_context io;
  std::atomic<bool> draining{false};

  mutable Mutex mutex;  // guards what follows
  ConditionVariable changed;
  std::unordered_set<std::shared_ptr<Connection>> connections ABSL_GUARDED_BY(mutex);
  std::list<Connection*> idle ABSL_GUARDED_BY(mutex);  // some of `connections`, the longest idle first
};

// One connection: reads a request, waits for its answer, writes it, and so on. A request that is sent before the answer
// to the one before (pipelining) waits in the parser or in the kernel, so that answers keep their order.
//
// All that happens does so on the strand of the socket, but for Post… and Answer, which may be called from any thread.
class Connection final : public std::enable_shared_from_this<Connection> {
 public:
  // With `tls` the connection begins with a handshake; null: it is plain. REQUIRES: the socket's executor is a strand
  // of core->io.
  Connection(std::shared_ptr<ServerCore> core, boost::asio::ip::tcp::socket socket,
             std::shared_ptr<boost::asio::ssl::context> tls);

  // Serves it.
  void PostStart();
  // Answers 503 and ends it; with TLS ends it at once: a handshake would be work for whoever is refused.
  void PostRefuse();
  // Ends it when it is between requests; else with the next answer, for which ServerCore::draining sees.
  void PostDrain();
  void PostClose();

 private:
  friend struct ServerCore;
  class PendingAnswer;

  enum class Phase : std::uint8_t {
    kHandshake,
    kIdle,    // waits for the first byte of a request
    kHeader,  // reads one
    kBody,
    kAnswering,  // the handler has it
    kWriting,
    kLingering,  // the last answer is written; reads what still comes, until the peer has closed
    kClosed,
  };

  template <typename Function>
  void Post(Function function);

  void Start();
  void ShakeHands();
  void Read();
  template <typename Handler>
  void Write(boost::asio::const_buffer bytes, Handler handler);
  void OnRead(const boost::system::error_code& error, std::size_t size);
  void Advance();
  void AllowBody();
  void Dispatch();
  void Answer(std::string text, bool keep_alive);
  void Refuse(const Response& response);
  void OnWritten(const boost::system::error_code& error);
  void Linger();
  void EndSending();
  void Close();

  // A phase that lasts longer than it may is ended by OnTimeout. Entering the one that it is in changes nothing.
  void Enter(Phase phase);
  absl::Duration TimeoutOf(Phase phase) const;
  void OnTimeout();

  const std::shared_ptr<ServerCore> core_;  // first: the socket and the timer need it until they have gone
  boost::asio::ip::tcp::socket socket_;
  const std::shared_ptr<boost::asio::ssl::context> tls_context_;                // null: plain
  std::optional<boost::asio::ssl::stream<boost::asio::ip::tcp::socket&>> tls_;  // over socket_; nothing: plain
  std::vector<std::string> certificate_names_;                                  // of the peer
  boost::asio::steady_timer timer_;
  RequestParser parser_;
  std::array<char, 16 * 1024> buffer_;
  std::string out_;  // being written
  Phase phase_ = Phase::kIdle;
  std::uint64_t phases_ = 0;  // entered so far: tells a timer that fires late
  bool is_reading_ = false;
  bool is_allowing_ = false;                                    // "100 Continue" is being written
  bool keep_alive_ = false;                                     // after the answer that is being written
  std::optional<std::list<Connection*>::iterator> idle_place_;  // in core_->idle, guarded by core_->mutex
};

}  // namespace awase::http

#endif  // AWASE_HTTP_CONNECTION_H_

#include "http/connection.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/time/clock.h"
#include "http/cors.h"
#include "http/gzip.h"
#include "http/tls.h"

namespace awase::http {
namespace {

using boost::system::error_code;

constexpr absl::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

std::string HeaderOrEmpty(const Request& request, absl::string_view name) {
  const std::string* value = request.FindHeader(name);
  return value == nullptr ? std::string() : *value;
}

// Replaces a compressed body by what it says. False when that cannot be done: then `refusal` is the answer.
bool Decompress(std::size_t max_body_bytes, Request* request, Response* refusal) {
  const std::string encoding = HeaderOrEmpty(*request, "Content-Encoding");
  if (encoding.empty() || absl::EqualsIgnoreCase(encoding, "identity")) return true;
  if (!absl::EqualsIgnoreCase(encoding, "gzip")) {
    *refusal = ErrorResponse(415, "unimplemented", "of content encodings only gzip is known");
    refusal->headers.push_back({"Accept-Encoding", "gzip"});
    return false;
  }
  absl::StatusOr<std::string> body = Gunzip(request->body, max_body_bytes);
  if (body.ok()) {
    request->body = *std::move(body);
    return true;
  }
  *refusal = absl::IsInvalidArgument(body.status()) ? ErrorResponse(400, "invalid_argument", body.status().message())
                                                    : ErrorResponse(413, "resource_exhausted", body.status().message());
  return false;
}

}  // namespace

bool ServerCore::Add(const std::shared_ptr<Connection>& connection) {
  MutexLock lock(mutex);
  if (draining.load(std::memory_order_relaxed)) return false;
  connections.insert(connection);
  return true;
}

void ServerCore::BeginIdle(Connection* connection) {
  MutexLock lock(mutex);
  connection->idle_place_ = idle.insert(idle.end(), connection);
}

void ServerCore::EndIdle(Connection* connection) {
  MutexLock lock(mutex);
  if (!connection->idle_place_.has_value()) return;
  idle.erase(*connection->idle_place_);
  connection->idle_place_.reset();
}

std::shared_ptr<Connection> ServerCore::TakeLongestIdle() {
  MutexLock lock(mutex);
  if (idle.empty()) return nullptr;
  Connection* const connection = idle.front();
  idle.pop_front();
  connection->idle_place_.reset();
  return connection->shared_from_this();
}

void ServerCore::Remove(const std::shared_ptr<Connection>& connection) {
  MutexLock lock(mutex);
  connections.erase(connection);
  if (connections.empty()) changed.notify_all();
}

std::size_t ServerCore::Count() const {
  MutexLock lock(mutex);
  return connections.size();
}

bool ServerCore::WaitUntilEmpty(absl::Time deadline) {
  MutexLock lock(mutex);
  while (!connections.empty()) {
    if (changed.wait_until(mutex, absl::ToChronoTime(deadline)) == std::cv_status::timeout) return connections.empty();
  }
  return true;
}

// Behind a responder: sends the first answer it is given, or 500 when it goes without one.
class Connection::PendingAnswer {
 public:
  PendingAnswer(const std::shared_ptr<Connection>& connection, const ParsedRequest& parsed)
      : connection_(connection),
        form_{.keep_alive = parsed.keep_alive,
              .is_head = parsed.is_head,
              .accepts_gzip = AcceptsGzip(HeaderOrEmpty(parsed.request, "Accept-Encoding"))},
        origin_(HeaderOrEmpty(parsed.request, "Origin")) {}

  ~PendingAnswer() { Send(ErrorResponse(500, "internal", "the call ended without an answer")); }
  PendingAnswer(const PendingAnswer&) = delete;
  PendingAnswer& operator=(const PendingAnswer&) = delete;

  void Send(Response response) {
    if (is_sent_.exchange(true)) return;
    const std::shared_ptr<Connection> connection = connection_.lock();
    if (connection == nullptr) return;
    const ServerCore& core = *connection->core_;
    if (core.draining.load(std::memory_order_relaxed)) form_.keep_alive = false;
    AddCorsHeaders(origin_, core.options.allowed_origins, &response);
    connection->Answer(ResponseText(std::move(response), form_, absl::Now()), form_.keep_alive);
  }

 private:
  const std::weak_ptr<Connection> connection_;  // the server holds it
  ResponseForm form_;
  const std::string origin_;
  std::atomic<bool> is_sent_{false};
};

Connection::Connection(std::shared_ptr<ServerCore> core, boost::asio::ip::tcp::socket socket,
                       std::shared_ptr<boost::asio::ssl::context> tls)
    : core_(std::move(core)),
      socket_(std::move(socket)),
      tls_context_(std::move(tls)),
      timer_(socket_.get_executor()),
      parser_(core_->options.max_header_bytes, core_->options.max_body_bytes) {
  if (tls_context_ != nullptr) tls_.emplace(socket_, *tls_context_);
}

// What waits in a queue holds the connection weakly: a queue that nobody runs any more must not keep it, nor itself.
template <typename Function>
void Connection::Post(Function function) {
  boost::asio::post(socket_.get_executor(), [weak = weak_from_this(), function = std::move(function)]() mutable {
    if (const std::shared_ptr<Connection> self = weak.lock()) function(self.get());
  });
}

void Connection::PostStart() {
  Post([](Connection* self) {
    error_code ignored;  // costs nothing but latency
    self->socket_.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
    self->Start();
  });
}

void Connection::PostRefuse() {
  Post([](Connection* self) {
    if (self->tls_.has_value()) return self->Close();
    self->Refuse(ErrorResponse(503, "unavailable", "there are too many connections: try again"));
  });
}

void Connection::PostDrain() {
  Post([](Connection* self) {
    if (self->phase_ == Phase::kHandshake || self->phase_ == Phase::kIdle) self->Close();
  });
}

void Connection::PostClose() {
  Post([](Connection* self) { self->Close(); });
}

void Connection::Start() {
  if (phase_ == Phase::kClosed) return;
  tls_.has_value() ? ShakeHands() : Advance();
}

void Connection::ShakeHands() {
  Enter(Phase::kHandshake);
  tls_->async_handshake(boost::asio::ssl::stream_base::server, [self = shared_from_this()](const error_code& error) {
    if (self->phase_ == Phase::kClosed) return;
    if (error) return self->Close();
    self->certificate_names_ = PeerNames(self->tls_->native_handle());
    self->Advance();
  });
}

// What still comes behind the last answer is not wanted: it is read as it is.
void Connection::Read() {
  is_reading_ = true;
  auto on_read = [self = shared_from_this()](const error_code& error, std::size_t size) { self->OnRead(error, size); };
  if (tls_.has_value() && phase_ != Phase::kLingering) {
    tls_->async_read_some(boost::asio::buffer(buffer_), std::move(on_read));
  } else {
    socket_.async_read_some(boost::asio::buffer(buffer_), std::move(on_read));
  }
}

template <typename Handler>
void Connection::Write(boost::asio::const_buffer bytes, Handler handler) {
  if (tls_.has_value()) {
    boost::asio::async_write(*tls_, boost::asio::buffer(bytes), std::move(handler));
  } else {
    boost::asio::async_write(socket_, boost::asio::buffer(bytes), std::move(handler));
  }
}

void Connection::OnRead(const error_code& error, std::size_t size) {
  is_reading_ = false;
  switch (phase_) {
    case Phase::kIdle:
    case Phase::kHeader:
    case Phase::kBody:
      if (error) return Close();
      parser_.Append({buffer_.data(), size});
      return Advance();
    case Phase::kLingering:
      return error ? Close() : Read();
    case Phase::kHandshake:  // reads by itself
    case Phase::kAnswering:
    case Phase::kWriting:  // of the answer to a request that took too long; what comes of it is not wanted any more
    case Phase::kClosed:
      return;
  }
}

void Connection::Advance() {
  switch (parser_.Parse()) {
    case RequestParser::State::kEmpty:
      Enter(Phase::kIdle);
      if (core_->draining.load(std::memory_order_relaxed)) return Close();
      return Read();
    case RequestParser::State::kHeader:
      Enter(Phase::kHeader);
      return Read();
    case RequestParser::State::kBody:
      Enter(Phase::kBody);
      return parser_.TakeExpectation() ? AllowBody() : Read();
    case RequestParser::State::kComplete:
      return Dispatch();
    case RequestParser::State::kFailed:
      return Refuse(parser_.failure());
  }
}

void Connection::AllowBody() {
  is_allowing_ = true;
  Write(boost::asio::buffer(kContinue.data(), kContinue.size()),
        [self = shared_from_this()](const error_code& error, std::size_t) {
          self->is_allowing_ = false;
          if (self->phase_ == Phase::kClosed) return;
          error ? self->Close() : self->Read();
        });
}

void Connection::Dispatch() {
  Enter(Phase::kAnswering);
  ParsedRequest parsed = parser_.Take();
  parsed.request.certificate_names = certificate_names_;
  const auto pending = std::make_shared<PendingAnswer>(shared_from_this(), parsed);
  if (IsPreflight(parsed.request)) {
    return pending->Send(PreflightResponse(parsed.request, core_->options.allowed_origins));
  }
  Response refusal;
  if (!Decompress(core_->options.max_body_bytes, &parsed.request, &refusal)) return pending->Send(std::move(refusal));
  core_->handler(std::move(parsed.request), [pending](Response response) { pending->Send(std::move(response)); });
}

void Connection::Answer(std::string text, bool keep_alive) {
  Post([text = std::move(text), keep_alive](Connection* self) mutable {
    if (self->phase_ == Phase::kClosed) return;
    self->Enter(Phase::kWriting);
    self->keep_alive_ = keep_alive;
    self->out_ = std::move(text);
    self->Write(
        boost::asio::buffer(self->out_),
        [shared = self->shared_from_this()](const error_code& error, std::size_t) { shared->OnWritten(error); });
  });
}

void Connection::Refuse(const Response& response) {
  Enter(Phase::kWriting);
  Answer(ResponseText(response, {.keep_alive = false}, absl::Now()), /*keep_alive=*/false);
}

void Connection::OnWritten(const error_code& error) {
  if (phase_ != Phase::kWriting) return;
  if (error) return Close();
  out_.clear();
  return keep_alive_ ? Advance() : Linger();
}

// TLS is ended first, so that the peer knows that nothing was cut off; not where a read of a request that took too long
// still waits, since the two would wait for each other's bytes.
void Connection::Linger() {
  Enter(Phase::kLingering);
  if (!tls_.has_value() || is_reading_) return EndSending();
  tls_->async_shutdown([self = shared_from_this()](const error_code&) {
    if (self->phase_ != Phase::kClosed) self->EndSending();
  });
}

void Connection::EndSending() {
  error_code error;
  socket_.shutdown(boost::asio::ip::tcp::socket::shutdown_send, error);
  if (error) return Close();
  if (!is_reading_) Read();
}

void Connection::Close() {
  if (phase_ == Phase::kClosed) return;
  Enter(Phase::kClosed);
  error_code ignored;
  socket_.close(ignored);  // ends what reads and writes
  core_->Remove(shared_from_this());
}

void Connection::Enter(Phase phase) {
  if (phase == phase_ && phases_ > 0) return;
  if (phase == Phase::kIdle) {
    core_->BeginIdle(this);
  } else if (phase_ == Phase::kIdle) {
    core_->EndIdle(this);
  }
  phase_ = phase;
  const std::uint64_t entered = ++phases_;
  const absl::Duration timeout = TimeoutOf(phase);
  if (timeout == absl::InfiniteDuration()) {
    timer_.cancel();
    return;
  }
  timer_.expires_after(absl::ToChronoNanoseconds(timeout));
  timer_.async_wait([weak = weak_from_this(), entered](const error_code& error) {
    const std::shared_ptr<Connection> self = weak.lock();
    if (!error && self != nullptr && self->phases_ == entered) self->OnTimeout();
  });
}

absl::Duration Connection::TimeoutOf(Phase phase) const {
  switch (phase) {
    case Phase::kIdle:
      return core_->options.idle_timeout;
    case Phase::kHandshake:
    case Phase::kHeader:
      return core_->options.header_timeout;
    case Phase::kBody:
      return core_->options.body_timeout;
    case Phase::kWriting:
      return core_->options.write_timeout;
    case Phase::kLingering:
      return core_->options.linger_timeout;
    case Phase::kAnswering:
    case Phase::kClosed:
      break;
  }
  return absl::InfiniteDuration();
}

void Connection::OnTimeout() {
  const bool can_write = !is_allowing_;  // only one write at a time
  if (can_write && (phase_ == Phase::kHeader || phase_ == Phase::kBody)) {
    return Refuse(ErrorResponse(408, "deadline_exceeded", "the request took too long to come"));
  }
  Close();
}

}  // namespace awase::http

#include "awase/http/server.h"

#include <algorithm>
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <chrono>
#include <exception>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "awase/base/listen_address.h"
#include "awase/base/status_macros.h"
#include "http/connection.h"
#include "http/tls.h"

namespace awase::http {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

// So many connections beyond the limit are told that they are; further ones are closed at once.
constexpr std::size_t kMaxRefused = 64;
// Where the system gives no more descriptors, accepting goes on when some have been closed.
constexpr auto kPauseAfterFailure = std::chrono::milliseconds(100);

// Listens at the first address of the host that can be had.
error_code Listen(const ListenAddress& address, boost::asio::io_context& io, tcp::acceptor* acceptor) {
  const std::string host(absl::StripSuffix(absl::StripPrefix(address.host, "["), "]"));
  error_code error;
  tcp::resolver resolver(io);
  const auto found = resolver.resolve(host, absl::StrCat(address.port),
                                      tcp::resolver::passive | tcp::resolver::numeric_service, error);
  if (error) return error;
  for (const auto& candidate : found) {
    error_code ignored;
    acceptor->close(ignored);
    acceptor->open(candidate.endpoint().protocol(), error);
    if (!error) acceptor->set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor->bind(candidate.endpoint(), error);
    if (!error) acceptor->listen(tcp::acceptor::max_listen_connections, error);
    if (!error) return error;
  }
  return error;
}

// Takes connections until it is closed.
class Listener final : public std::enable_shared_from_this<Listener> {
 public:
  explicit Listener(std::shared_ptr<ServerCore> core)
      : core_(std::move(core)), acceptor_(boost::asio::make_strand(core_->io)), pause_(acceptor_.get_executor()) {
    if (core_->options.tls.has_value()) contexts_.emplace(*core_->options.tls);
  }

  // Whether connections can be served: OpenSSL takes what the server shows.
  absl::Status CheckTls() { return contexts_.has_value() ? contexts_->Current().status() : absl::OkStatus(); }

  tcp::acceptor& acceptor() { return acceptor_; }

  void Accept() {
    acceptor_.async_accept(boost::asio::make_strand(core_->io),
                           [self = shared_from_this()](const error_code& error, tcp::socket socket) {
                             self->OnAccepted(error, std::move(socket));
                           });
  }

  void PostClose() {
    boost::asio::post(acceptor_.get_executor(), [self = shared_from_this()] {
      error_code ignored;
      self->acceptor_.close(ignored);
      self->pause_.cancel();
    });
  }

 private:
  void OnAccepted(const error_code& error, tcp::socket socket) {
    if (!acceptor_.is_open()) return;
    if (error) return Pause();
    const std::size_t open = core_->Count();
    const bool is_full = open >= core_->options.max_connections;
    // Whoever keeps connections open without a request keeps nobody else out.
    const std::shared_ptr<Connection> idle = is_full ? core_->TakeLongestIdle() : nullptr;
    if (idle != nullptr) idle->PostDrain();
    if (open < core_->options.max_connections + kMaxRefused) {
      // Null only without TLS: what was good once stays.
      auto tls = contexts_.has_value() ? *contexts_->Current() : nullptr;
      const auto connection = std::make_shared<Connection>(core_, std::move(socket), std::move(tls));
      if (!core_->Add(connection)) return;
      !is_full || idle != nullptr ? connection->PostStart() : connection->PostRefuse();
    }
    Accept();
  }

  void Pause() {
    pause_.expires_after(kPauseAfterFailure);
    pause_.async_wait([self = shared_from_this()](const error_code&) {
      if (self->acceptor_.is_open()) self->Accept();
    });
  }

  const std::shared_ptr<ServerCore> core_;
  tcp::acceptor acceptor_;
  boost::asio::steady_timer pause_;
  std::optional<TlsContexts> contexts_;  // asked on the acceptor's strand; nothing: plain
};

}  // namespace

struct Server::State {
  explicit State(std::shared_ptr<ServerCore> server_core)
      : core(std::move(server_core)), work(core->io.get_executor()), listener(std::make_shared<Listener>(core)) {}

  // Ends the threads when all that was begun has ended.
  ~State() {
    work.reset();
    for (std::thread& thread : threads) thread.join();
    core->io.run();  // what a server without a thread has left
  }

  const std::shared_ptr<ServerCore> core;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work;
  const std::shared_ptr<Listener> listener;
  std::string address;
  int port = 0;
  std::atomic<bool> is_stopped{false};
  std::vector<std::thread> threads;
};

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}

Server::~Server() { Shutdown(absl::ZeroDuration()); }

absl::StatusOr<std::unique_ptr<Server>> Server::Create(Options options, Handler handler) {
  AWASE_ASSIGN_OR_RETURN(const ListenAddress address, ParseListenAddress(options.address));
  AWASE_RETURN_IF_ERROR(CheckCanListen(address));
  const std::size_t threads = std::max<std::size_t>(options.threads, 1);
  try {
    auto state = std::make_unique<State>(std::make_shared<ServerCore>(std::move(options), std::move(handler)));
    AWASE_RETURN_IF_ERROR(state->listener->CheckTls());
    boost::asio::io_context& io = state->core->io;
    tcp::acceptor& acceptor = state->listener->acceptor();
    if (const error_code error = Listen(address, io, &acceptor); error) {
      AWASE_RETURN_IF_ERROR(CheckCanListen(address));  // someone was faster
      return absl::UnavailableError(absl::StrCat("cannot listen on ", state->core->options.address));
    }
    state->port = acceptor.local_endpoint().port();
    state->address = absl::StrCat(address.host, ":", state->port);
    std::unique_ptr<Server> server(new Server(std::move(state)));
    server->state_->listener->Accept();
    for (std::size_t i = 0; i < threads; ++i) server->state_->threads.emplace_back([&io] { io.run(); });
    return server;
  } catch (const std::exception& error) {  // of the system: no thread, no descriptor
    return absl::ResourceExhaustedError(absl::StrCat("cannot serve HTTP: ", error.what()));
  }
}

const std::string& Server::address() const { return state_->address; }

int Server::port() const { return state_->port; }

std::size_t Server::connections() const { return state_->core->Count(); }

void Server::Shutdown(absl::Duration grace) {
  if (state_->is_stopped.exchange(true)) return;
  const absl::Time deadline = absl::Now() + grace;
  ServerCore& core = *state_->core;
  state_->listener->PostClose();
  {
    MutexLock lock(core.mutex);
    core.draining.store(true, std::memory_order_relaxed);
    for (const auto& connection : core.connections) connection->PostDrain();
  }
  if (!core.WaitUntilEmpty(deadline)) {
    {
      MutexLock lock(core.mutex);
      for (const auto& connection : core.connections) connection->PostClose();
    }
    core.WaitUntilEmpty(absl::InfiniteFuture());
  }
}

}  // namespace awase::http

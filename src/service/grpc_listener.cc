#include "service/grpc_listener.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "awase/base/status_macros.h"

namespace awase::service {
namespace {

// Where the system gives no more descriptors, accepting goes on when some have been closed.
constexpr int kPauseMilliseconds = 100;
constexpr int kForever = -1;
// To look at all connections takes some milliseconds of ten thousand.
constexpr auto kForgetInterval = std::chrono::milliseconds(100);
constexpr auto kWarnInterval = std::chrono::minutes(1);

// Connections have it from the socket that they come from.
void SetOption(int socket, int level, int option, int value) {
  setsockopt(socket, level, option, &value, sizeof(value));
}

std::uint16_t PortOf(int socket) {
  sockaddr_storage address = {};
  socklen_t length = sizeof(address);
  if (getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length) != 0) return 0;
  return ntohs(address.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6*>(&address)->sin6_port
                                             : reinterpret_cast<const sockaddr_in*>(&address)->sin_port);
}

// Whoever has reset a connection before it was taken is no error, of which gRPC would write a line each.
bool IsGone(int connection) {
  sockaddr_storage peer = {};
  socklen_t length = sizeof(peer);
  return getpeername(connection, reinterpret_cast<sockaddr*>(&peer), &length) != 0;
}

int Bind(int socket, const addrinfo& candidate, int port) {
  sockaddr_storage address = {};
  std::copy_n(reinterpret_cast<const char*>(candidate.ai_addr), candidate.ai_addrlen,
              reinterpret_cast<char*>(&address));
  const std::uint16_t wanted = htons(static_cast<std::uint16_t>(port));
  if (address.ss_family == AF_INET6) {
    reinterpret_cast<sockaddr_in6*>(&address)->sin6_port = wanted;
  } else {
    reinterpret_cast<sockaddr_in*>(&address)->sin_port = wanted;
  }
  if (bind(socket, reinterpret_cast<const sockaddr*>(&address), candidate.ai_addrlen) != 0) return errno;
  return listen(socket, SOMAXCONN) == 0 ? 0 : errno;
}

}  // namespace

GrpcListener::GrpcListener(Options options) : options_(std::move(options)) {}

GrpcListener::~GrpcListener() {
  Stop();
  if (stop_event_ >= 0) close(stop_event_);
}

absl::StatusOr<std::unique_ptr<GrpcListener>> GrpcListener::Create(Options options) {
  AWASE_RETURN_IF_ERROR(CheckCanListen(options.address));
  // The constructor is private, so make_unique cannot reach it.
  std::unique_ptr<GrpcListener> listener(new GrpcListener(std::move(options)));
  AWASE_RETURN_IF_ERROR(listener->Listen());
  return listener;
}

absl::Status GrpcListener::Listen() {
  stop_event_ = eventfd(0, EFD_CLOEXEC);
  if (stop_event_ < 0) return absl::ErrnoToStatus(errno, "cannot listen");
  const std::string host(absl::StripSuffix(absl::StripPrefix(options_.address.host, "["), "]"));
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  const int failed = getaddrinfo(host.c_str(), nullptr, &hints, &found);
  if (failed != 0) {
    return absl::InvalidArgumentError(absl::StrCat("host '", options_.address.host, "': ", gai_strerror(failed)));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, &freeaddrinfo);
  port_ = options_.address.port;
  int error = 0;
  for (const addrinfo* candidate = found; candidate != nullptr; candidate = candidate->ai_next) {
    error = ListenAt(*candidate);
  }
  if (!listeners_.empty()) return absl::OkStatus();
  AWASE_RETURN_IF_ERROR(CheckCanListen(options_.address));  // someone was faster
  return absl::ErrnoToStatus(error, absl::StrCat("cannot listen on ", options_.address.host, ":", port_));
}

int GrpcListener::ListenAt(const addrinfo& candidate) {
  const int listener = socket(candidate.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (listener < 0) return errno;
  SetOption(listener, SOL_SOCKET, SO_REUSEADDR, 1);  // what lingers of a stopped server does not count
  SetOption(listener, IPPROTO_TCP, TCP_NODELAY, 1);
  if (candidate.ai_family == AF_INET6) SetOption(listener, IPPROTO_IPV6, IPV6_V6ONLY, 0);
  const int error = Bind(listener, candidate, port_);
  if (error != 0) {
    close(listener);
    return error;
  }
  listeners_.push_back(listener);
  port_ = PortOf(listener);
  return 0;
}

absl::Status GrpcListener::Start(std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor) {
  acceptor_ = std::move(acceptor);
  try {
    thread_ = std::thread([this] { Run(); });
  } catch (const std::system_error& error) {
    return absl::ResourceExhaustedError(absl::StrCat("no thread to take connections: ", error.what()));
  }
  return absl::OkStatus();
}

void GrpcListener::Stop() {
  if (thread_.joinable()) {
    const std::uint64_t one = 1;
    while (write(stop_event_, &one, sizeof(one)) < 0 && errno == EINTR) {
    }
    thread_.join();
  }
  for (const int listener : listeners_) close(listener);
  listeners_.clear();
}

void GrpcListener::Run() {
  std::vector<pollfd> awaited = {{stop_event_, POLLIN, 0}};
  for (const int listener : listeners_) awaited.push_back({listener, POLLIN, 0});
  bool is_paused = false;
  while (true) {
    poll(awaited.data(), is_paused ? 1 : awaited.size(), is_paused ? kPauseMilliseconds : kForever);
    if (awaited.front().revents != 0) return;
    is_paused = false;
    for (const int listener : listeners_) is_paused |= !Accept(listener);
  }
}

// As many as a look: then there may be something else to do.
bool GrpcListener::Accept(int listener) {
  for (int i = 0; i < SOMAXCONN; ++i) {
    const int descriptor = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (descriptor >= 0) {
      TakeOver(descriptor);
    } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
      Warn(absl::ErrnoToStatus(errno, "connections of gRPC wait for descriptors or memory").ToString());
      return false;
    } else if (errno == EAGAIN) {
      return true;
    }  // else a connection that has ended meanwhile
  }
  return true;
}

void GrpcListener::TakeOver(int descriptor) {
  struct stat info = {};
  if (IsGone(descriptor) || fstat(descriptor, &info) != 0) {
    close(descriptor);
    return;
  }
  if (const std::string fault = FaultOf(descriptor); !fault.empty()) {
    close(descriptor);
    return Warn(fault);
  }
  connections_.push_back({descriptor, info.st_ino});
  grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters connection;
  connection.fd = descriptor;
  acceptor_->HandleNewConnection(&connection);
}

std::string GrpcListener::FaultOf(int descriptor) {
  if (connections_.size() >= options_.max_connections) ForgetEnded();
  if (connections_.size() >= options_.max_connections) {
    return absl::StrCat("gRPC has ", connections_.size(),
                        " connections, which is limits.grpc_connections: further ones are closed");
  }
  rlimit limit = {};
  getrlimit(RLIMIT_NOFILE, &limit);
  const rlim_t spare = std::min<rlim_t>(options_.spare_descriptors, limit.rlim_cur / 2);
  // The system gives the lowest number that is free: all below are taken.
  if (static_cast<rlim_t>(descriptor) < limit.rlim_cur - spare) return "";
  return absl::StrCat("of the ", limit.rlim_cur,
                      " descriptors that this process may have (ulimit -n) none is left for a connection of gRPC: "
                      "further ones are closed");
}

void GrpcListener::Warn(const std::string& sentence) {
  const auto now = std::chrono::steady_clock::now();
  if (!options_.warn || now - warned_ < kWarnInterval) return;
  warned_ = now;
  options_.warn(sentence);
}

void GrpcListener::ForgetEnded() {
  const auto now = std::chrono::steady_clock::now();
  if (now - forgotten_ < kForgetInterval) return;
  forgotten_ = now;
  const auto has_ended = [](const Connection& connection) {
    struct stat info = {};
    return fstat(connection.descriptor, &info) != 0 || info.st_ino != connection.inode;
  };
  connections_.erase(std::remove_if(connections_.begin(), connections_.end(), has_ended), connections_.end());
}

}  // namespace awase::service

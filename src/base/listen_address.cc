#include "awase/base/listen_address.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace awase {
namespace {

constexpr int kMaxPort = 65535;

absl::Status ExplainBindError(int error, const ListenAddress& address) {
  const std::string place = absl::StrCat(address.host, ":", address.port);
  switch (error) {
    case EADDRINUSE:
      return absl::UnavailableError(
          absl::StrCat(place, " is in use: stop the other process or choose another port (0: any free one)"));
    case EACCES:
      return absl::PermissionDeniedError(absl::StrCat(place, " is not for this user: choose a port from 1024 on"));
    default:
      return absl::InvalidArgumentError(absl::StrCat("cannot listen on ", place, ": ", std::strerror(error)));
  }
}

int BindErrorOf(const addrinfo& candidate) {
  const int listener = socket(candidate.ai_family, candidate.ai_socktype | SOCK_CLOEXEC, candidate.ai_protocol);
  if (listener < 0) return errno;
  const int yes = 1;  // as gRPC does: connections of a stopped server that linger in TIME_WAIT do not count
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  const int error = bind(listener, candidate.ai_addr, candidate.ai_addrlen) == 0 ? 0 : errno;
  close(listener);
  return error;
}

std::string WithoutBrackets(const std::string& host) {
  return std::string(absl::StripSuffix(absl::StripPrefix(host, "["), "]"));
}

bool IsLoopback(const sockaddr& address) {
  constexpr std::uint32_t kFirstByte = 127;
  if (address.sa_family == AF_INET) {
    sockaddr_in v4;
    std::memcpy(&v4, &address, sizeof(v4));
    return ntohl(v4.sin_addr.s_addr) >> 24 == kFirstByte;
  }
  if (address.sa_family != AF_INET6) return false;
  sockaddr_in6 v6;
  std::memcpy(&v6, &address, sizeof(v6));
  return IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr) ||
         (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr) && v6.sin6_addr.s6_addr[12] == kFirstByte);
}

}  // namespace

absl::StatusOr<ListenAddress> ParseListenAddress(absl::string_view text) {
  const std::size_t colon = text.rfind(':');
  ListenAddress address;
  if (colon == absl::string_view::npos || colon == 0 || !absl::SimpleAtoi(text.substr(colon + 1), &address.port) ||
      address.port < 0 || address.port > kMaxPort) {
    return absl::InvalidArgumentError(
        absl::StrCat("address '", text, "': want HOST:PORT with a port from 0 to ", kMaxPort));
  }
  address.host = std::string(text.substr(0, colon));
  const bool has_brackets = absl::StartsWith(address.host, "[") && absl::EndsWith(address.host, "]");
  if (!has_brackets && absl::StrContains(address.host, ":")) {
    return absl::InvalidArgumentError(absl::StrCat("address '", text, "': put the IPv6 host in brackets"));
  }
  return address;
}

absl::Status CheckCanListen(const ListenAddress& address) {
  const std::string host = WithoutBrackets(address.host);
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int failed = getaddrinfo(host.c_str(), absl::StrCat(address.port).c_str(), &hints, &found);
  if (failed != 0) {
    return absl::InvalidArgumentError(absl::StrCat("host '", address.host, "': ", gai_strerror(failed)));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, &freeaddrinfo);
  int first_error = 0;
  for (const addrinfo* candidate = found; candidate != nullptr; candidate = candidate->ai_next) {
    const int error = BindErrorOf(*candidate);
    // "localhost" may resolve to ::1 on a machine without IPv6: one address that can be bound is enough, one in use is
    // not.
    if (error == 0) return absl::OkStatus();
    if (first_error == 0) first_error = error;
    if (error == EADDRINUSE) break;
  }
  return ExplainBindError(first_error, address);
}

bool IsLoopback(const ListenAddress& address) {
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(WithoutBrackets(address.host).c_str(), nullptr, &hints, &found) != 0) return false;
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, &freeaddrinfo);
  for (const addrinfo* candidate = found; candidate != nullptr; candidate = candidate->ai_next) {
    if (!IsLoopback(*candidate->ai_addr)) return false;
  }
  return true;
}

}  // namespace awase

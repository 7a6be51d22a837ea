#include "awase/base/listen_address.h"

#include <netdb.h>
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
  const std::string host(absl::StripSuffix(absl::StripPrefix(address.host, "["), "]"));
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

}  // namespace awase

#ifndef AWASE_BASE_LISTEN_ADDRESS_H_
#define AWASE_BASE_LISTEN_ADDRESS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace awase {

// Where a server listens.
struct ListenAddress {
  std::string host;  // as given: an IPv6 host keeps its brackets
  int port = 0;
};

// "HOST:PORT" with a port from 0 to 65535; an IPv6 host stands in brackets. kInvalidArgument otherwise.
absl::StatusOr<ListenAddress> ParseListenAddress(absl::string_view text);

// Whether a listener could be bound there now, and if not, why: gRPC itself does not say it.
//   kInvalidArgument  the host does not resolve or is none of this machine's
//   kUnavailable      in use;  kPermissionDenied  not for this user
absl::Status CheckCanListen(const ListenAddress& address);

// Whether only this machine can reach a listener there: all that the host resolves to is loopback. False for a host
// that does not resolve.
bool IsLoopback(const ListenAddress& address);

}  // namespace awase

#endif  // AWASE_BASE_LISTEN_ADDRESS_H_

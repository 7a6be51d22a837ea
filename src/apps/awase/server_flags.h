#ifndef AWASE_APPS_AWASE_SERVER_FLAGS_H_
#define AWASE_APPS_AWASE_SERVER_FLAGS_H_

#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "awase/service/client.h"

namespace awase::apps {

// How a command reaches a server.
struct ServerFlags {
  std::string address;  // of --server, HOST:PORT; empty: none
  std::string token_file;
  std::string tls_ca;
  std::string tls_cert;
  std::string tls_key;
};

// Adds --server with `help`, and the flags that go with it. The option of --server.
CLI::Option* AddServerFlags(CLI::App* command, ServerFlags* flags, const std::string& help);

// Reads the files that the flags name.
//   kInvalidArgument  the token file holds no token, or the token would travel in the clear to another machine
//   else              errors of ReadFile
absl::StatusOr<service::Client::Options> ClientOptionsOf(const ServerFlags& flags,
                                                         absl::Duration deadline = absl::Seconds(10));

// A client of the server; errors of ClientOptionsOf. Connects when it is first asked.
absl::StatusOr<std::unique_ptr<service::Client>> MakeClient(const ServerFlags& flags,
                                                            absl::Duration deadline = absl::Seconds(10));

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_SERVER_FLAGS_H_

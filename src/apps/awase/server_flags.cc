#include "apps/awase/server_flags.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "apps/awase/flag_checks.h"
#include "awase/base/files.h"
#include "awase/base/listen_address.h"
#include "awase/base/status_macros.h"

namespace awase::apps {
namespace {

absl::StatusOr<std::string> ReadToken(const std::string& path) {
  AWASE_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  const absl::string_view token = absl::StripAsciiWhitespace(text);
  const bool is_word = std::all_of(token.begin(), token.end(),
                                   [](char byte) { return absl::ascii_isgraph(static_cast<unsigned char>(byte)); });
  if (token.empty() || !is_word) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": want a file with one token alone"));
  }
  return std::string(token);
}

absl::Status CheckSecrecy(const ServerFlags& flags) {
  if (!flags.tls_ca.empty()) return absl::OkStatus();
  const absl::StatusOr<ListenAddress> address = ParseListenAddress(flags.address);
  if (address.ok() && IsLoopback(*address)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "--token-file: on its way to ", flags.address,
      " everybody could read the token: give --tls-ca FILE, with which the server's certificate is checked"));
}

absl::StatusOr<service::Client::Tls> ReadTls(const ServerFlags& flags) {
  service::Client::Tls tls;
  AWASE_ASSIGN_OR_RETURN(tls.authorities, ReadFile(flags.tls_ca));
  if (flags.tls_cert.empty()) return tls;
  AWASE_ASSIGN_OR_RETURN(tls.certificate_chain, ReadFile(flags.tls_cert));
  AWASE_ASSIGN_OR_RETURN(tls.private_key, ReadFile(flags.tls_key));
  return tls;
}

}  // namespace

CLI::Option* AddServerFlags(CLI::App* command, ServerFlags* flags, const std::string& help) {
  CLI::Option* server =
      command->add_option("--server", flags->address, help)->check(IsServer())->type_name("HOST:PORT");
  command->add_option("--token-file", flags->token_file, "File with the token that the server asks for")
      ->type_name("FILE")
      ->needs(server);
  CLI::Option* authorities =
      command
          ->add_option("--tls-ca", flags->tls_ca, "Speak TLS: PEM file of those who vouch for the server's certificate")
          ->type_name("FILE")
          ->needs(server);
  CLI::Option* certificate =
      command->add_option("--tls-cert", flags->tls_cert, "PEM file of a certificate to show to the server")
          ->type_name("FILE")
          ->needs(authorities);
  CLI::Option* key =
      command->add_option("--tls-key", flags->tls_key, "PEM file of its key")->type_name("FILE")->needs(certificate);
  certificate->needs(key);
  return server;
}

absl::StatusOr<service::Client::Options> ClientOptionsOf(const ServerFlags& flags, absl::Duration deadline) {
  service::Client::Options options = {.address = flags.address, .deadline = deadline};
  if (!flags.token_file.empty()) {
    AWASE_RETURN_IF_ERROR(CheckSecrecy(flags));
    AWASE_ASSIGN_OR_RETURN(options.token, ReadToken(flags.token_file));
  }
  if (!flags.tls_ca.empty()) {
    AWASE_ASSIGN_OR_RETURN(options.tls, ReadTls(flags));
  }
  return options;
}

absl::StatusOr<std::unique_ptr<service::Client>> MakeClient(const ServerFlags& flags, absl::Duration deadline) {
  AWASE_ASSIGN_OR_RETURN(service::Client::Options options, ClientOptionsOf(flags, deadline));
  return std::make_unique<service::Client>(std::move(options));
}

}  // namespace awase::apps

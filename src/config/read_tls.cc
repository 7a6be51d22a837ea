#include "config/internal/read_tls.h"

#include <algorithm>
#include <string>
#include <vector>

#include "awase/yaml/nearest_word.h"
#include "config/internal/read_path.h"

namespace awase::config_internal {
namespace {

using ::awase::tls::ClientCertificates;

// By the number of the value.
const std::vector<std::string>& ClientWords() {
  static const auto& words = *new std::vector<std::string>{"none", "optional", "required"};
  return words;
}

ClientCertificates ReadClients(const v1::TlsConfig& tls, ConfigReport* report) {
  constexpr absl::string_view kAt = "tls.client_certificates";
  const bool has_authorities = report->Has("tls.client_ca");
  if (!report->Has(kAt)) return has_authorities ? ClientCertificates::kOptional : ClientCertificates::kNone;
  if (!report->IsSound(kAt)) return ClientCertificates::kNone;
  const auto found = std::find(ClientWords().begin(), ClientWords().end(), tls.client_certificates());
  if (found == ClientWords().end()) {
    report->Add(kAt, yaml::UnknownWord("word", tls.client_certificates(), ClientWords()));
    return ClientCertificates::kNone;
  }
  const auto clients = static_cast<ClientCertificates>(found - ClientWords().begin());
  if (clients != ClientCertificates::kNone && !has_authorities) {
    report->Add(kAt, "needs client_ca: who vouches for the certificates of clients");
  }
  return clients;
}

}  // namespace

std::optional<tls::Settings> ReadTls(const v1::ServerConfig& config, absl::string_view folder, ConfigReport* report) {
  if (!report->Has("tls")) return std::nullopt;
  const v1::TlsConfig& tls = config.tls();
  for (const char* key : {"certificate", "key"}) {
    if (report->IsSound("tls") && report->IsMissing("tls", key)) {
      report->Add("tls", absl::StrCat("has no ", key, ": want the path of a PEM file"));
    }
  }
  return tls::Settings{.certificate = ReadPath(tls.certificate(), "tls.certificate", folder, report),
                       .key = ReadPath(tls.key(), "tls.key", folder, report),
                       .client_ca = ReadPath(tls.client_ca(), "tls.client_ca", folder, report),
                       .client_certificates = ReadClients(tls, report)};
}

}  // namespace awase::config_internal

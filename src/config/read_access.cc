#include "config/internal/read_access.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "awase/yaml/nearest_word.h"
#include "config/internal/read_path.h"

namespace awase::config_internal {
namespace {

using ::awase::access::RoleSet;

RoleSet ReadRoles(const google::protobuf::RepeatedPtrField<std::string>& names, const std::string& path,
                  ConfigReport* report) {
  RoleSet roles;
  for (int i = 0; i < names.size(); ++i) {
    const std::string at = absl::StrCat(path, "[", i, "]");
    if (!report->IsSound(at)) continue;
    if (const std::optional<access::Role> role = access::FindRole(names[i])) {
      roles.Add(*role);
    } else {
      report->Add(at, yaml::UnknownWord("role", names[i], access::RoleNames()));
    }
  }
  return roles;
}

std::vector<access::CertificateRoles> ReadCertificates(const v1::ServerConfig& config, ConfigReport* report) {
  std::vector<access::CertificateRoles> certificates;
  for (int i = 0; i < config.access().certificates_size(); ++i) {
    const v1::CertificateRolesConfig& certificate = config.access().certificates(i);
    const std::string at = absl::StrCat("access.certificates[", i, "]");
    for (const char* key : {"name", "roles"}) {
      if (report->IsSound(at) && report->IsMissing(at, key)) report->Add(at, absl::StrCat("has no ", key));
    }
    certificates.push_back(
        {.name = certificate.name(), .roles = ReadRoles(certificate.roles(), absl::StrCat(at, ".roles"), report)});
  }
  if (!certificates.empty() && !report->Has("tls.client_ca")) {
    report->Add("access.certificates", "needs tls with client_ca: who vouches for the certificates of clients");
  }
  return certificates;
}

}  // namespace

access::Settings ReadAccess(const v1::ServerConfig& config, absl::string_view folder, ConfigReport* report) {
  access::Settings settings;
  const v1::AccessConfig& access = config.access();
  settings.token_file = ReadPath(access.tokens(), "access.tokens", folder, report);
  settings.certificates = ReadCertificates(config, report);
  if (report->Has("access.anonymous")) settings.anonymous = ReadRoles(access.anonymous(), "access.anonymous", report);
  return settings;
}

}  // namespace awase::config_internal

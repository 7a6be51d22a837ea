#include "config/internal/read_access.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "awase/yaml/nearest_word.h"

namespace awase::config_internal {
namespace {

using ::awase::access::RoleSet;

std::string PathFrom(absl::string_view folder, const std::string& path) {
  return absl::StartsWith(path, "/") ? path : absl::StrCat(folder, path);
}

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

}  // namespace

access::Settings ReadAccess(const v1::ServerConfig& config, absl::string_view folder, ConfigReport* report) {
  access::Settings settings;
  const v1::AccessConfig& access = config.access();
  if (report->Has("access.tokens") && report->IsSound("access.tokens")) {
    if (access.tokens().empty()) report->Add("access.tokens", "is empty: want the path of a token file");
    settings.token_file = PathFrom(folder, access.tokens());
  }
  if (report->Has("access.anonymous")) settings.anonymous = ReadRoles(access.anonymous(), "access.anonymous", report);
  return settings;
}

}  // namespace awase::config_internal

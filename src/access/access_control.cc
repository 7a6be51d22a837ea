#include "awase/access/access_control.h"

#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"

namespace awase::access {
namespace {

struct Caller {
  std::string name;
  RoleSet roles;
};

absl::StatusOr<absl::string_view> TokenOf(absl::string_view authorization) {
  constexpr absl::string_view kScheme = "bearer ";
  if (!absl::StartsWithIgnoreCase(authorization, kScheme)) {
    return absl::UnauthenticatedError("Authorization: want \"Bearer TOKEN\"");
  }
  return absl::StripAsciiWhitespace(authorization.substr(kScheme.size()));
}

void AddCertificate(const std::vector<absl::string_view>& names, const std::vector<CertificateRoles>& known,
                    Caller* caller) {
  for (const absl::string_view name : names) {
    for (const CertificateRoles& certificate : known) {
      if (absl::string_view(certificate.name) != name) continue;
      caller->roles.Add(certificate.roles);
      if (caller->name.empty()) caller->name = certificate.name;
    }
  }
}

absl::Status AddToken(absl::string_view authorization, const Keyring& tokens, Caller* caller) {
  AWASE_ASSIGN_OR_RETURN(const absl::string_view shown, TokenOf(authorization));
  const std::shared_ptr<const Token> token = tokens.Find(shown);
  if (token == nullptr) {
    return absl::UnauthenticatedError("the token is not known here: it may have been replaced, or be another server's");
  }
  caller->roles.Add(token->roles);
  caller->name = token->name;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> AccessControl::Check(absl::string_view method, const Shown& shown) const {
  Caller caller = {.roles = options_.anonymous};
  if (options_.tokens != nullptr && !shown.authorization.empty()) {
    AWASE_RETURN_IF_ERROR(AddToken(shown.authorization, *options_.tokens, &caller));
  }
  AddCertificate(shown.certificate_names, options_.certificates, &caller);
  const RoleSet wanted = RolesOf(method);
  if (caller.roles.Overlaps(wanted)) return std::move(caller.name);
  const std::string whose = absl::StrCat(method, " is for ", wanted.ToString());
  if (!caller.name.empty()) {
    return absl::PermissionDeniedError(absl::StrCat(whose, ": ", caller.name, " has ", caller.roles.ToString()));
  }
  if (wanted.empty() || !knows_anybody()) {
    return absl::PermissionDeniedError(absl::StrCat(
        whose, ", and this address lets nobody in for that: its operator can, with access: in the configuration"));
  }
  if (!shown.certificate_names.empty()) {
    return absl::PermissionDeniedError(absl::StrCat(whose, ", and no name of the client certificate has a role here"));
  }
  return absl::UnauthenticatedError(
      absl::StrCat(whose, ": show a token with that role (Authorization: Bearer TOKEN) or a client certificate"));
}

}  // namespace awase::access

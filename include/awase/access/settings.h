#ifndef AWASE_ACCESS_SETTINGS_H_
#define AWASE_ACCESS_SETTINGS_H_

#include <optional>
#include <string>
#include <vector>

#include "awase/access/access_control.h"
#include "awase/access/roles.h"

namespace awase::access {

// Who may call a server, as its configuration says.
struct Settings {
  std::string token_file;  // path; empty: there are no tokens
  std::vector<CertificateRoles> certificates;
  // What those may do who show nothing. Missing: see AnonymousRoles.
  std::optional<RoleSet> anonymous;

  bool knows_anybody() const { return !token_file.empty() || !certificates.empty(); }
};

// What those may do who show nothing, on an address that only this machine reaches (`is_loopback`) or others too: what
// the settings say; else nothing where tokens or certificates are known; else everything on loopback, and elsewhere
// what a storefront may.
RoleSet AnonymousRoles(const Settings& settings, bool is_loopback);

}  // namespace awase::access

#endif  // AWASE_ACCESS_SETTINGS_H_

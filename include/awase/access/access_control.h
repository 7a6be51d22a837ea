#ifndef AWASE_ACCESS_ACCESS_CONTROL_H_
#define AWASE_ACCESS_ACCESS_CONTROL_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "awase/access/roles.h"
#include "awase/access/tokens.h"

namespace awase::access {

// A name of client certificates, and what those may do who have it.
struct CertificateRoles {
  std::string name;  // the common name, or a DNS name, URI or address of the alternative names
  RoleSet roles;
};

// What a call shows of who makes it; views of the call.
struct Shown {
  absl::string_view authorization;                   // the header, "Bearer TOKEN"; empty: there is none
  std::vector<absl::string_view> certificate_names;  // of a certificate that was verified
};

// Decides who may call on one address. thread-safe.
class AccessControl {
 public:
  struct Options {
    // Borrowed, outlives it; null: there are no tokens, and Authorization is not looked at: a proxy may have its own.
    const Keyring* tokens = nullptr;
    std::vector<CertificateRoles> certificates;
    // What those may do who show nothing. Everybody may do it.
    RoleSet anonymous = RoleSet::All();
  };
  explicit AccessControl(Options options) : options_(std::move(options)) {}

  // Whether everybody may call everything that the table names, whatever they show.
  bool is_open() const { return options_.tokens == nullptr && options_.anonymous == RoleSet::All(); }

  // Lets a call of `method` pass: with the name of its maker, that of the token or else of the certificate, empty for
  // who shows neither. A caller's roles are those of the token, of all names of the certificate and of everybody.
  //   kUnauthenticated    nothing is shown and something is needed, or the token is not known
  //   kPermissionDenied   who calls has no role for it, or there is nothing that could be shown
  // Messages say what to do, and never have what was shown.
  absl::StatusOr<std::string> Check(absl::string_view method, const Shown& shown) const;

 private:
  bool knows_anybody() const { return options_.tokens != nullptr || !options_.certificates.empty(); }

  const Options options_;
};

}  // namespace awase::access

#endif  // AWASE_ACCESS_ACCESS_CONTROL_H_

#include "service/admission.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"

namespace awase::service {

absl::StatusOr<std::unique_ptr<Admission>> Admission::Create(access::Settings settings) {
  std::unique_ptr<access::TokenFile> tokens;
  if (!settings.token_file.empty()) {
    AWASE_ASSIGN_OR_RETURN(tokens, access::TokenFile::Open(settings.token_file));
  }
  return std::unique_ptr<Admission>(new Admission(std::move(settings), std::move(tokens)));
}

access::AccessControl Admission::ControlOf(const ListenAddress& address) const {
  return access::AccessControl({.tokens = tokens_ == nullptr ? nullptr : &tokens_->keyring(),
                                .certificates = settings_.certificates,
                                .anonymous = access::AnonymousRoles(settings_, IsLoopback(address))});
}

std::string Admission::NoticeOf(absl::string_view wire, const ListenAddress& address, bool has_tls) const {
  if (IsLoopback(address)) return "";
  if (!settings_.knows_anybody() && !settings_.anonymous.has_value()) {
    return absl::StrCat(wire,
                        " can be reached from other machines: only what the role storefront may is on there (pages, "
                        "products, feedback). Rules, feeds and metrics are off: access: in the file of --config "
                        "switches them on, for tokens, client certificates or everybody (docs/operations.md, Access)");
  }
  if (!settings_.token_file.empty() && !has_tls) {
    return absl::StrCat(wire,
                        " has no TLS and can be reached from other machines: tokens can be read on their way. "
                        "Put tls: into the file of --config, or a proxy with TLS before it");
  }
  const access::RoleSet anonymous = settings_.anonymous.value_or(access::RoleSet());
  if (anonymous.Overlaps({access::Role::kFeed, access::Role::kMerchandiser, access::Role::kOperator})) {
    return absl::StrCat(wire, " can be reached from other machines, and access.anonymous gives whoever reaches it ",
                        anonymous.ToString());
  }
  return "";
}

void Admission::Look(const std::function<void(const std::string&)>& warn,
                     const std::function<void(const std::string&)>& inform) {
  if (tokens_ == nullptr || !tokens_->Look()) return;
  const std::string problem = tokens_->problem();
  if (problem.empty()) {
    if (inform) inform("the tokens of the token file hold now");
  } else if (warn) {
    warn(absl::StrCat("the token file is refused, the tokens that held go on doing so:\n", problem));
  }
}

}  // namespace awase::service

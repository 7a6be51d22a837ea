#include "awase/access/settings.h"

namespace awase::access {

RoleSet AnonymousRoles(const Settings& settings, bool is_loopback) {
  if (settings.anonymous.has_value()) return *settings.anonymous;
  if (settings.knows_anybody()) return {};
  return is_loopback ? RoleSet::All() : RoleSet{Role::kStorefront};
}

}  // namespace awase::access

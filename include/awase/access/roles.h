#ifndef AWASE_ACCESS_ROLES_H_
#define AWASE_ACCESS_ROLES_H_

// Who may call what (docs/adr/0011-roles.md): callers have roles, methods are for roles.

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace awase::access {

enum class Role : std::uint8_t {
  kStorefront,    // shows offers, and reports what became of them
  kFeed,          // brings stock and prices
  kMerchandiser,  // writes rules
  kOperator,      // watches the server
};

// thread-compatible.
class RoleSet {
 public:
  constexpr RoleSet() = default;
  constexpr RoleSet(std::initializer_list<Role> roles) {
    for (const Role role : roles) Add(role);
  }
  static constexpr RoleSet All() { return {Role::kStorefront, Role::kFeed, Role::kMerchandiser, Role::kOperator}; }

  constexpr void Add(Role role) { bits_ |= 1U << static_cast<unsigned>(role); }
  constexpr void Add(RoleSet roles) { bits_ |= roles.bits_; }
  constexpr bool Overlaps(RoleSet roles) const { return (bits_ & roles.bits_) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  friend constexpr bool operator==(RoleSet, RoleSet) = default;

  // "feed, operator", in the order of the roles; "no role".
  std::string ToString() const;

 private:
  unsigned bits_ = 0;
};

// "storefront", "feed", "merchandiser", "operator", as they stand in files.
std::vector<std::string> RoleNames();

// Nothing for what is none of these.
std::optional<Role> FindRole(absl::string_view name);

// A method and those who may call it.
struct MethodRoles {
  absl::string_view method;  // full name, "awase.v1.RuleService/Publish", or the path of what is no method, "metrics"
  RoleSet roles;
};

// All of them: the one place that says so. What it does not name nobody may call.
absl::Span<const MethodRoles> MethodTable();

// Empty for a method that the table does not name.
RoleSet RolesOf(absl::string_view method);

}  // namespace awase::access

#endif  // AWASE_ACCESS_ROLES_H_

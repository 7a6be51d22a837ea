#include "awase/access/roles.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_join.h"

namespace awase::access {
namespace {

// By the number of the role.
constexpr std::array<absl::string_view, 4> kNames = {"storefront", "feed", "merchandiser", "operator"};

constexpr RoleSet kPages = {Role::kStorefront};
constexpr RoleSet kLooking = {Role::kStorefront, Role::kMerchandiser};
constexpr RoleSet kRules = {Role::kMerchandiser};
constexpr RoleSet kRuleState = {Role::kMerchandiser, Role::kOperator};

// By name.
constexpr MethodRoles kMethods[] = {
    {"awase.v1.CatalogService/GetProduct", kLooking},
    {"awase.v1.CatalogService/ListLadders", kLooking},
    {"awase.v1.CatalogService/UpdateProducts", {Role::kFeed}},
    {"awase.v1.FeedbackService/EraseCustomer", {Role::kStorefront, Role::kOperator}},
    {"awase.v1.FeedbackService/ReportExposures", kPages},
    {"awase.v1.ModelService/Activate", {Role::kOperator}},
    {"awase.v1.ModelService/Compare", {Role::kOperator}},
    {"awase.v1.ModelService/List", {Role::kOperator}},
    {"awase.v1.ModelService/Rollback", {Role::kOperator}},
    {"awase.v1.ModelService/StartCanary", {Role::kOperator}},
    {"awase.v1.ModelService/StopCanary", {Role::kOperator}},
    {"awase.v1.RecommendationService/BatchRecommend", kPages},
    {"awase.v1.RecommendationService/Explain", kLooking},
    {"awase.v1.RecommendationService/Recommend", kPages},
    {"awase.v1.RuleService/Diff", kRules},
    {"awase.v1.RuleService/Get", kRuleState},
    {"awase.v1.RuleService/ListRevisions", kRuleState},
    {"awase.v1.RuleService/Publish", kRules},
    {"awase.v1.RuleService/Rollback", kRules},
    {"awase.v1.RuleService/Validate", kRules},
    {"metrics", {Role::kOperator}},
};

}  // namespace

std::string RoleSet::ToString() const {
  std::vector<absl::string_view> names;
  for (std::size_t role = 0; role < kNames.size(); ++role) {
    if (Overlaps({static_cast<Role>(role)})) names.push_back(kNames[role]);
  }
  return names.empty() ? "no role" : absl::StrJoin(names, ", ");
}

std::vector<std::string> RoleNames() { return {kNames.begin(), kNames.end()}; }

std::optional<Role> FindRole(absl::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Role>(found - kNames.begin());
}

absl::Span<const MethodRoles> MethodTable() { return kMethods; }

RoleSet RolesOf(absl::string_view method) {
  const auto found = std::lower_bound(std::begin(kMethods), std::end(kMethods), method,
                                      [](const MethodRoles& row, absl::string_view name) { return row.method < name; });
  return found != std::end(kMethods) && found->method == method ? found->roles : RoleSet();
}

}  // namespace awase::access

// quota: how many of which products, and where.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "awase/rules/row_limits.h"
#include "awase/yaml/quoted.h"
#include "rules/internal/action_check.h"

namespace awase::rules_internal {
namespace {

constexpr std::uint32_t kMostOffers = 50;  // of a row

void CheckSlot(const ActionCheck& check, const std::string& slot) {
  if (!check.rule().Has(".quota.slot") || !check.rule().IsSound(".quota.slot") || slot == kQuotaSlot) return;
  const std::string problem = SlotProblem(slot);
  check.Error(".quota.slot", problem.empty()
                                 ? absl::StrCat("a quota has seats in also_bought alone, not in ", yaml::Quoted(slot))
                                 : problem);
}

// Variants of one product are one offer.
std::size_t CountOffers(const rules::CatalogueFacts* facts, const std::vector<std::string>& products) {
  absl::flat_hash_set<std::string> roots;
  for (const std::string& product : products) {
    const std::string root = facts != nullptr && facts->root_of ? facts->root_of(product) : std::string();
    roots.insert(root.empty() ? product : root);
  }
  return roots.size();
}

// Nothing where it is not known, or where another finding says that there is none.
std::optional<std::size_t> CountProducts(const ActionCheck& check, const rules::ProductSet& set) {
  if (!set.in.products.empty()) return CountOffers(check.facts(), set.in.products);
  const bool can_count =
      check.facts() != nullptr && check.facts()->count_products && check.facts()->product_count > 0 && check.MayCount();
  const std::size_t count = can_count ? check.facts()->count_products(set) : 0;
  return count == 0 ? std::nullopt : std::optional(count);
}

// That the seats can never be filled, and be it by all products of the set.
void CheckThatItCanBeMet(const ActionCheck& check, const rules::Quota& quota) {
  const std::size_t types = quota.matching.in.product_types.size();
  const std::size_t most_of_types = types * rules::kMostOfOneType;
  if (types > 0 && most_of_types < quota.at_least) {
    return check.Warn(".quota.at_least",
                      absl::StrCat("is never reached but by pins: a row takes no more than ", rules::kMostOfOneType,
                                   " of one product type; want at most ", most_of_types, ", or pin the others"));
  }
  const std::optional<std::size_t> products = CountProducts(check, quota.matching);
  if (!products.has_value() || *products >= quota.at_least) return;
  check.Warn(".quota.at_least",
             absl::StrCat("is never reached: the set has ", *products, *products == 1 ? " product" : " products",
                          " only; want at most ", *products, ", or more products"));
}

}  // namespace

void CheckQuota(const ActionCheck& check, const v1::QuotaAction& quota) {
  CheckSubject(check, ".quota", quota.products(), quota.matching());
  if (check.rule().IsMissing(".quota", "at_least")) {
    check.Error(".quota", "has no at_least: say how many offers, such as at_least: 2");
  } else if (quota.has_at_least() && (quota.at_least() < 1 || quota.at_least() > kMostOffers)) {
    check.Error(".quota.at_least", absl::StrCat("want 1 to ", kMostOffers, ", got ", quota.at_least()));
  }
  CheckSlot(check, quota.slot());
  if (!check.rule().IsSound(".quota") || quota.at_least() > kMostOffers) return;  // reported already
  CheckThatItCanBeMet(check, std::get<rules::Quota>(check.rule().rule.action));
}

}  // namespace awase::rules_internal

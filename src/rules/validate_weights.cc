// boost and bury: which products, and by how much.

#include <string>

#include "absl/strings/str_cat.h"
#include "rules/internal/action_check.h"
#include "rules/internal/condition_scalars.h"

namespace awase::rules_internal {
namespace {

void CheckFactor(const ActionCheck& check, absl::string_view below, const std::string& by) {
  const std::string path = absl::StrCat(below, ".by");
  if (!check.rule().Has(path) || !check.rule().IsSound(path)) return;
  const absl::StatusOr<std::int64_t> factor = ParseFactor(by);
  if (!factor.ok()) check.Error(path, factor.status().message());
}

}  // namespace

void CheckBoost(const ActionCheck& check, const v1::BoostAction& boost) {
  CheckSubject(check, ".boost", boost.products(), boost.matching());
  if (check.rule().IsMissing(".boost", "by")) check.Error(".boost", "has no by: say by how much, such as by: 1.5");
  CheckFactor(check, ".boost", boost.by());
}

void CheckBury(const ActionCheck& check, const v1::BuryAction& bury) {
  CheckSubject(check, ".bury", bury.products(), bury.matching());
  CheckFactor(check, ".bury", bury.by());
}

}  // namespace awase::rules_internal

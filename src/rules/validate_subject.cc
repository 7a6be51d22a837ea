#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "rules/internal/action_check.h"

namespace awase::rules_internal {

void CheckSubject(const ActionCheck& check, absl::string_view below, const ProtoWords& products,
                  const v1::ProductSet& matching) {
  const SourceRule& rule = check.rule();
  const std::string list = absl::StrCat(below, ".products");
  const std::string set = absl::StrCat(below, ".matching");
  if (rule.IsMissing(below, "products") && rule.IsMissing(below, "matching")) {
    check.Error(below, "has neither products nor matching: name product ids, or say what the products are like");
  } else if (rule.Has(list) && rule.Has(set)) {
    check.Error(set, "beside products: take one of the two away; matching has a key products as well");
  }
  if (rule.Has(list) && rule.IsSound(list) && products.empty()) {
    check.Error(list, "is empty: want at least one product id");
  }
  check.Products(list, {products.begin(), products.end()}, rules::Severity::kWarning);
  CheckProductSet(check.conditions(), set, matching);
}

}  // namespace awase::rules_internal

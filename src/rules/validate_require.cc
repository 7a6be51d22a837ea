// require: what is asked of products, and where.

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/yaml/nearest_word.h"
#include "awase/yaml/quoted.h"
#include "rules/internal/action_check.h"

namespace awase::rules_internal {
namespace {

// Columns that every catalogue has; the others are attributes.
const std::vector<std::string>& Columns() {
  static const auto& columns = *new std::vector<std::string>{"brand", "series", "author", "product_type", "category"};
  return columns;
}

void CheckSame(const ActionCheck& check, const ProtoWords& same) {
  const std::string below = ".require.same";
  check.conditions().List(below, same);
  if (!check.rule().IsSound(below)) return;
  const std::vector<std::string>& columns = Columns();
  for (int i = 0; i < same.size(); ++i) {
    if (same[i].empty() || std::find(columns.begin(), columns.end(), same[i]) != columns.end()) continue;
    const std::string element = absl::StrCat(below, "[", i, "]");
    if (const std::string nearest = yaml::NearestWord(same[i], columns); !nearest.empty()) {
      check.Error(element, absl::StrCat("unknown column ", yaml::Quoted(same[i]), "; did you mean ",
                                        yaml::Quoted(nearest), "?"));
    } else {
      check.conditions().KnownWord(element, same[i], rules::ProductColumn::kAttribute);
    }
  }
}

}  // namespace

void CheckRequire(const ActionCheck& check, const v1::RequireAction& require) {
  const SourceRule& rule = check.rule();
  const bool has_subject = rule.Has(".require.products") || rule.Has(".require.matching");
  if (has_subject) {
    CheckSubject(check, ".require", require.products(), require.matching());
    if (rule.Has(".require.same")) {
      check.Error(".require.same", "beside products or matching: take one of the two away, or write two rules");
    }
  } else if (rule.IsMissing(".require", "products") && rule.IsMissing(".require", "same")) {
    check.Error(".require", "has none of products, matching and same: say what alone may be offered");
  }
  CheckSame(check, require.same());
  CheckSlots(check, ".require.slots", require.slots());
}

}  // namespace awase::rules_internal

// require: what is asked of products, and where.

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
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

// More than this part of the catalogue may be left out everywhere before somebody may have forgotten to say where.
constexpr std::size_t kLeftOutParts = 2;

// Wherever the slots are, always.
void CheckReach(const ActionCheck& check, const rules::Require& require) {
  const SourceRule& rule = check.rule();
  const rules::CatalogueFacts* facts = check.facts();
  const bool is_everywhere = rule.rule.placements.empty() && !rule.rule.when.has_value();
  if (!is_everywhere || !require.matching.has_value() || !rule.IsSound("") || facts == nullptr ||
      !facts->count_products || !check.MayCount()) {
    return;
  }
  const std::size_t left = facts->count_products(*require.matching);
  if (left * kLeftOutParts >= facts->product_count) return;
  check.Warn(".require", absl::StrCat("leaves ", left, " of the ", facts->product_count,
                                      " products of the catalogue in use for ", absl::StrJoin(require.slots, " and "),
                                      ", on every page: say where it is meant with when or placements"));
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
  CheckReach(check, std::get<rules::Require>(rule.rule.action));
}

}  // namespace awase::rules_internal

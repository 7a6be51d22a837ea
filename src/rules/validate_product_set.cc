// Product sets of conditions: what is empty or contradicts itself in them, and what the catalogue does not know.

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/yaml/decode_message.h"
#include "awase/yaml/quoted.h"
#include "rules/internal/condition_check.h"

namespace awase::rules_internal {
namespace {

using ::awase::rules::ProductColumn;
using ::awase::yaml::Quoted;

// A list of words by its key.
struct WordList {
  absl::string_view key;
  const ProtoWords& (v1::ProductSet::*words)() const;
  ProductColumn column;
};

constexpr std::array<WordList, 6> kWordLists = {
    {{"categories", &v1::ProductSet::categories, ProductColumn::kCategory},
     {"brands", &v1::ProductSet::brands, ProductColumn::kBrand},
     {"product_types", &v1::ProductSet::product_types, ProductColumn::kProductType},
     {"authors", &v1::ProductSet::authors, ProductColumn::kAuthor},
     {"series", &v1::ProductSet::series, ProductColumn::kSeries},
     {"tags", &v1::ProductSet::tags, ProductColumn::kTag}}};

// Tags are stored joined by commas, so that none has one.
void CheckTags(const ConditionCheck& check, absl::string_view below, const ProtoWords& tags) {
  for (int i = 0; i < tags.size(); ++i) {
    if (tags[i].find(',') == std::string::npos) continue;
    check.Error(absl::StrCat(below, "[", i, "]"),
                absl::StrCat("no tag has a comma: write ", Quoted(tags[i]), " as several"));
  }
}

void CheckAttributes(const ConditionCheck& check, absl::string_view below, const v1::ProductSet& set) {
  if (!check.IsThere(below)) return;
  if (set.attributes().empty()) check.Error(below, "is empty: say a column and its values, or take the key away");
  std::vector<std::string> names;
  for (const auto& [name, values] : set.attributes()) names.push_back(name);
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    const std::string element = absl::StrCat(below, ".", yaml::PathKey(name));
    check.List(element, set.attributes().at(name).values());
    check.KnownWord(element, name, ProductColumn::kAttribute);
  }
}

// The lists and the price; `is_inner` is a `not`.
void CheckFilter(const ConditionCheck& check, absl::string_view below, const v1::ProductSet& set, bool is_inner) {
  if (check.IsEmptyMap(below, set)) return;
  const std::string products = absl::StrCat(below, ".products");
  check.List(products, set.products());
  check.KnownProducts(products, set.products());
  for (const WordList& list : kWordLists) {
    const std::string path = absl::StrCat(below, ".", list.key);
    check.List(path, (set.*list.words)());
    check.KnownWords(path, (set.*list.words)(), list.column);
  }
  CheckTags(check, absl::StrCat(below, ".tags"), set.tags());
  CheckAttributes(check, absl::StrCat(below, ".attributes"), set);
  check.Amounts(absl::StrCat(below, ".price"), set.price());
  const std::string inner = absl::StrCat(below, ".not");
  if (!check.rule().Has(inner)) return;
  if (is_inner) return check.Error(inner, "a not within a not: say what is meant without it");
  CheckFilter(check, inner, set.not_(), true);
}

// Whether all that is in the set is left out again, as far as its own words tell: each list of `out` has all that the
// same list of `set` has.
bool LeavesNothing(const v1::ProductSet& set, const v1::ProductSet& out) {
  if (out.attributes_size() > 0 || out.has_price()) return false;
  const auto covers = [](const ProtoWords& words, const ProtoWords& without) {
    return without.empty() || (!words.empty() && HasAll(without, words));
  };
  return covers(set.products(), out.products()) &&
         std::all_of(kWordLists.begin(), kWordLists.end(),
                     [&](const WordList& list) { return covers((set.*list.words)(), (out.*list.words)()); });
}

}  // namespace

void CheckProductSet(const ConditionCheck& check, absl::string_view below, const v1::ProductSet& set) {
  if (!check.rule().Has(below)) return;
  CheckFilter(check, below, set, false);
  if (set.has_not_() && check.IsThere(below) && set.not_().ByteSizeLong() > 0 && LeavesNothing(set, set.not_())) {
    check.Warn(absl::StrCat(below, ".not"), "leaves out all that the set has: no product is in it");
  }
}

}  // namespace awase::rules_internal

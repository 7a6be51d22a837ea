#include "rules/internal/action_check.h"

#include <algorithm>
#include <cstddef>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "awase/yaml/nearest_word.h"
#include "awase/yaml/quoted.h"

namespace awase::rules_internal {

using ::awase::yaml::Quoted;

void ActionCheck::Product(absl::string_view below, const std::string& id) const {
  if (id.empty()) {
    Error(below, "is empty: want a product id");
  } else {
    conditions().KnownProduct(below, id);
  }
}

void ActionCheck::Products(absl::string_view below, const std::vector<std::string>& ids,
                           rules::Severity repeated) const {
  if (!rule_.IsSound(below)) return;
  absl::flat_hash_set<absl::string_view> seen;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::string element = absl::StrCat(below, "[", i, "]");
    if (seen.insert(ids[i]).second) {
      Product(element, ids[i]);
    } else if (repeated == rules::Severity::kError) {
      Error(element, absl::StrCat("product ", Quoted(ids[i]), " is named twice"));
    } else {
      Warn(element, absl::StrCat("product ", Quoted(ids[i]), " is named twice"));
    }
  }
}

void ActionCheck::Sold(absl::string_view below, const std::string& id, absl::string_view result) const {
  if (facts_ == nullptr || !facts_->why_not_sold) return;
  const std::string why = facts_->why_not_sold(id);
  if (!why.empty()) Warn(below, absl::StrCat("product ", Quoted(id), " ", why, ": ", result, " while that is so"));
}

void ActionCheck::Words(absl::string_view below, const std::vector<std::string>& words,
                        absl::Span<const absl::string_view> known, absl::string_view what) const {
  if (!rule_.IsSound(below)) return;
  const std::vector<std::string> known_words(known.begin(), known.end());
  absl::flat_hash_set<absl::string_view> seen;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string element = absl::StrCat(below, "[", i, "]");
    if (std::find(known.begin(), known.end(), words[i]) == known.end()) {
      Error(element, yaml::UnknownWord(what, words[i], known_words));
    } else if (!seen.insert(words[i]).second) {
      Warn(element, absl::StrCat(what, " ", words[i], " is named twice"));
    }
  }
}

}  // namespace awase::rules_internal

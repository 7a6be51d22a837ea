#ifndef AWASE_RULES_INTERNAL_RULES_BY_PAGE_H_
#define AWASE_RULES_INTERNAL_RULES_BY_PAGE_H_

// Rules that act on pages, so that those of other pages need not be looked at: a shop may have a rule for each of its
// pages.

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "rules/internal/distinct_rules.h"
#include "rules/internal/overlap.h"
#include "rules/internal/source_rule.h"

namespace awase::rules_internal {

// Borrows rules. thread-compatible.
class RulesByPage {
 public:
  // A rule of SourceRule::anchors, in order of application. `subjects`: in so many such indexes the rule is; with
  // many of them, or many anchors, it is not found by its pages, so that no index is large. O(kMostCompared) for each
  // anchor.
  void Add(const SourceRule& rule, std::size_t subjects = 1);

  // Those on every page.
  const DistinctRules& on_every_page() const { return on_every_page_; }

  // The first one for which it holds of those that may act on the same page as a rule with these anchors (none: every
  // page): those of every page first.
  template <typename Matches>
  const SourceRule* Find(const Names& anchors, const Matches& matches) const {
    const SourceRule* found = on_every_page_.Find(matches);
    if (found == nullptr) found = (anchors.empty() ? on_some_pages_ : on_many_pages_).Find(matches);
    std::size_t left = kMostCompared;
    for (const std::string& anchor : anchors) {
      if (found != nullptr || left-- == 0) return found;
      const auto on_page = on_page_.find(anchor);
      if (on_page != on_page_.end()) found = on_page->second.Find(matches);
    }
    return found;
  }

 private:
  DistinctRules on_every_page_;
  DistinctRules on_some_pages_;  // all others
  DistinctRules on_many_pages_;  // of these, those that are not in on_page_
  absl::flat_hash_map<absl::string_view, DistinctRules> on_page_;
};

}  // namespace awase::rules_internal

#endif  // AWASE_RULES_INTERNAL_RULES_BY_PAGE_H_

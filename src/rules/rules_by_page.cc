#include "rules/internal/rules_by_page.h"

namespace awase::rules_internal {
namespace {

constexpr std::size_t kMostAnchorsInIndex = 20;
constexpr std::size_t kMostEntriesOfRule = 2'000;  // its anchors in all indexes

}  // namespace

void RulesByPage::Add(const SourceRule& rule, std::size_t subjects) {
  const Names& anchors = rule.anchors;
  if (anchors.empty()) return on_every_page_.Add(rule);
  on_some_pages_.Add(rule);
  if (anchors.size() > kMostAnchorsInIndex || anchors.size() * subjects > kMostEntriesOfRule) {
    return on_many_pages_.AddEach(rule);
  }
  // Of several pages each rule may have others.
  for (const std::string& anchor : anchors) {
    anchors.size() == 1 ? on_page_[anchor].Add(rule) : on_page_[anchor].AddEach(rule);
  }
}

}  // namespace awase::rules_internal

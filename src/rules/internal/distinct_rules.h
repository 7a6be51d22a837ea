#ifndef AWASE_RULES_INTERNAL_DISTINCT_RULES_H_
#define AWASE_RULES_INTERNAL_DISTINCT_RULES_H_

// What checks between rules look through for one that meets another. A hundred thousand rules about one product, or one
// place of one slot, must cost about what a few of them do.

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "rules/internal/source_rule.h"

namespace awase::rules_internal {

// One search looks at so many rules at most, so that what it finds may not be all there is: of more rules than these
// about the same thing, each at times and places of its own, nobody reads what is between them.
inline constexpr std::size_t kMostCompared = 500;

// Rules in the order in which they are added, the first of each scope: where one of them meets a rule by time, place
// and condition, the first one does. Borrows them. thread-compatible.
class DistinctRules {
 public:
  // `beside` is what else the search asks of them, such as the actions of a stop. Passed over is what is like one
  // before in both. Beyond kMostCompared rules are left out. O(kMostCompared).
  void Add(const SourceRule& rule, absl::string_view beside = "");

  // The same, of rules of which the search asks times and placements alone, but no conditions.
  void AddWindow(const SourceRule& rule);

  // Whatever its scope: one of which the search asks more than can be said in short.
  void AddEach(const SourceRule& rule);

  // The first one for which it holds, or null.
  template <typename Matches>
  const SourceRule* Find(const Matches& matches) const {
    for (const Entry& entry : entries_) {
      if (matches(*entry.rule)) return entry.rule;
    }
    return nullptr;
  }

  // The first rule that was left out, or null. Who says that there is no such rule must ask for it.
  const SourceRule* left_out() const { return left_out_; }

 private:
  struct Entry {
    const SourceRule* rule;
    std::size_t scope;  // or window
    std::string beside;
  };

  bool Has(std::size_t scope, absl::string_view beside) const;
  void Append(const SourceRule& rule, std::size_t scope, absl::string_view beside);

  std::vector<Entry> entries_;
  const SourceRule* left_out_ = nullptr;
};

}  // namespace awase::rules_internal

#endif  // AWASE_RULES_INTERNAL_DISTINCT_RULES_H_

#ifndef AWASE_ENGINE_CONDITION_INDEX_H_
#define AWASE_ENGINE_CONDITION_INDEX_H_

// Rules that no page names, found by what their conditions name: a request looks at those that it may meet and does not
// walk over all of them.

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"
#include "condition_book.h"
#include "request_keys.h"

namespace awase::engine {

// The vectors of bound rules that are searched by condition.
enum class RuleList : std::uint8_t {
  kHides,
  kPins,
  kWeights,
  kRequirements,
  kQuotas,
  kPriceBands,
  kDiscounts,
  kStepUps,
  kBenefits,
  kRowCaps,  // of Snapshot::BoundRules::caps, as the next
  kCustomerCaps,
  kGates,
  kStops,
};
inline constexpr std::size_t kRuleLists = static_cast<std::size_t>(RuleList::kStops) + 1;

// Places in the vector of a list.
using RulePlaces = absl::InlinedVector<std::uint32_t, 8>;

// What one request found; by list, in no order, and a place may come twice.
class FoundRules {
 public:
  const RulePlaces& of(RuleList list) const { return places_[static_cast<std::size_t>(list)]; }
  void Add(RuleList list, std::uint32_t place) { places_[static_cast<std::size_t>(list)].push_back(place); }

 private:
  std::array<RulePlaces, kRuleLists> places_;
};

// One for all lists, so that a request is taken apart once. Immutable once sealed; thread-safe to read.
class ConditionIndex {
 public:
  void Add(RuleList list, std::uint32_t place, ConditionId condition) { added_.push_back({{list, place}, condition}); }

  // After the last Add. Each rule is put where it is found least often: under the words of its condition that the
  // fewest rules name, else under a question that it shares with the most. O(words of the conditions).
  void Seal(const ConditionBook& book);

  // All places whose conditions hold, and some others, but for those without conditions; tells context.memo what it
  // learns on the way. REQUIRES: sealed, with the book of the context's snapshot. O(words of the request + places
  // found + different questions without words).
  FoundRules Find(const Context& context, const ConditionBook& book) const;

  // Those without conditions, ascending where they were added so.
  absl::Span<const std::uint32_t> always(RuleList list) const { return always_[static_cast<std::size_t>(list)]; }

 private:
  struct Entry {
    RuleList list;
    std::uint32_t place;
  };
  // Under a key: the question that what has the key answers with yes, if there is one.
  struct KeyEntry {
    Entry entry;
    QuestionId answered;
  };
  using KeyEntries = absl::InlinedVector<KeyEntry, 1>;
  using AddedRule = std::pair<Entry, ConditionId>;

  void PutByQuestion(const ConditionBook& book, const std::vector<AddedRule>& rules);

  std::vector<AddedRule> added_;  // until sealed
  std::array<std::vector<std::uint32_t>, kRuleLists> always_;
  KeyKinds key_kinds_ = 0;
  KeyMap<KeyEntries> by_key_;
  std::vector<std::pair<QuestionId, std::vector<Entry>>> by_question_;
};

}  // namespace awase::engine

#endif  // AWASE_ENGINE_CONDITION_INDEX_H_

#ifndef AWASE_ENGINE_CONDITION_INDEX_H_
#define AWASE_ENGINE_CONDITION_INDEX_H_

// Rules that no page names, found by what their conditions name: a request looks at those that it may meet and does not
// walk over all of them.

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "condition_book.h"
#include "request_keys.h"

namespace awase::engine {

// Immutable once sealed; thread-safe to read.
class ConditionIndex {
 public:
  using Places = std::vector<std::uint32_t>;

  // `place` is the caller's number of a rule under this condition.
  void Add(std::uint32_t place, ConditionId condition) { added_.push_back({place, condition}); }

  // After the last Add. Each rule is put where it is found least often: under the words of its condition that the
  // fewest rules name, else under a question that it shares with the most. O(words of the conditions).
  void Seal(const ConditionBook& book);

  // All places whose conditions hold, and some others; in no order, and one may come twice. REQUIRES: sealed, with the
  // book of the context's snapshot. O(words of the request + places found + different questions without words).
  absl::InlinedVector<std::uint32_t, 8> MayHold(const Context& context, const ConditionBook& book) const;

  // Whether nothing was added.
  bool empty() const { return always_.empty() && by_key_.empty() && by_question_.empty(); }

  // Those without conditions.
  const Places& always() const { return always_; }

 private:
  using AddedRule = std::pair<std::uint32_t, ConditionId>;

  void PutByQuestion(const ConditionBook& book, const std::vector<AddedRule>& rules);

  std::vector<AddedRule> added_;  // until sealed
  Places always_;
  KeyKinds key_kinds_ = 0;
  absl::flat_hash_map<Key, absl::InlinedVector<std::uint32_t, 2>> by_key_;
  std::vector<std::pair<QuestionId, Places>> by_question_;
};

}  // namespace awase::engine

#endif  // AWASE_ENGINE_CONDITION_INDEX_H_

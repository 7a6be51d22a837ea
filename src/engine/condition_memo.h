#ifndef AWASE_ENGINE_CONDITION_MEMO_H_
#define AWASE_ENGINE_CONDITION_MEMO_H_

// What one request answers to the questions of conditions: each is answered when a rule first asks it, and once.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/time/civil_time.h"
#include "awase/plans/usage_history.h"
#include "condition_book.h"

namespace awase::engine {

struct BoundRule;
struct Context;

// Part of a Context, which comes with each call. single-thread.
class ConditionMemo {
 public:
  // Whether all that the condition asks is so. `book` is that of the context's snapshot, in every call.
  bool Holds(const Context& context, const ConditionBook& book, ConditionId condition) {
    for (const QuestionId question : book.questions(condition)) {
      if (!IsSo(context, book, question)) return false;
    }
    return true;
  }

  // The same of one question.
  bool IsSo(const Context& context, const ConditionBook& book, QuestionId question) {
    Answered& answer = AnswerTo(book, question);
    if (answer == Answered::kNotYet) answer = Ask(context, book, question) ? Answered::kYes : Answered::kNo;
    return answer == Answered::kYes;
  }

  // REQUIRES: the answer is yes.
  void Learn(const ConditionBook& book, QuestionId question) { AnswerTo(book, question) = Answered::kYes; }

  // Whether a rule of the action (its place in rules::Action) would have acted, but for a stop before it.
  void NoteStopped(std::size_t action) { stopped_actions_ |= std::uint64_t{1} << action; }
  bool WasStopped(std::size_t action) const { return (stopped_actions_ >> action & 1) != 0; }

  // What several questions need, found by the first.
  absl::CivilSecond LocalTime(const Context& context, const ConditionBook& book, const Question& question);
  // At most what 64 bits hold.
  std::int64_t CartTotal(const Context& context);
  const plans::UsageHistory& Usage(const Context& context);

 private:
  enum class Answered : std::uint8_t { kNotYet, kYes, kNo };

  Answered& AnswerTo(const ConditionBook& book, QuestionId question) {
    if (answers_.empty()) answers_.resize(book.question_count(), Answered::kNotYet);
    return answers_[question];
  }
  bool Ask(const Context& context, const ConditionBook& book, QuestionId question);

  std::vector<Answered> answers_;                                         // by question
  absl::InlinedVector<std::optional<absl::CivilSecond>, 2> local_times_;  // by zone
  std::optional<std::int64_t> cart_total_;
  std::uint64_t stopped_actions_ = 0;
  std::optional<plans::UsageHistory> usage_;
};

// Whether the rule applies to the request: here, now, under its conditions, and no stop rule before it keeps it from
// acting.
bool Applies(const Context& context, const BoundRule& rule);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_CONDITION_MEMO_H_

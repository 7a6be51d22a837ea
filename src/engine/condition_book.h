#ifndef AWASE_ENGINE_CONDITION_BOOK_H_
#define AWASE_ENGINE_CONDITION_BOOK_H_

// The conditions of a rule set, compiled: each is a list of questions to a request, and a question that many rules ask
// is there once. condition_memo.h answers them.

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "awase/artefact/model.h"
#include "awase/base/money.h"
#include "awase/rules/rule_set.h"
#include "bound_set.h"

namespace awase::engine {

// What is asked; the cheap ones first.
enum class QuestionKind : std::uint8_t {
  kChannel,  // words()
  kSegments,
  kLacksSegments,
  kTier,
  kInterests,
  kMilestones,
  kMilestonesMissing,
  kNps,  // range
  kHealth,
  kEveryYear,  // range: first and last day as month · 100 + day, the last one is not in it; zone
  kHours,      // hours(), zone
  kBirthdayMonth,
  kDaysToRenewal,  // range, zone
  kDaysToTrialEnd,
  kTraffic,       // words(): the salt; range: of parts
  kCartQuantity,  // range
  kCartTotal,     // range, currency
  kAnchor,        // set()
  kCartContains,  // set(), range: of its pieces
  kCartLacks,     // set()
  kOwns,
  kLacksOwned,
  kUsage,  // words(): the metric; range: of parts
};

struct Question {
  QuestionKind kind;
  std::uint16_t zone = 0;
  CurrencyCode currency = {};
  std::uint32_t operand = 0;  // what of words(), set() or hours() it is about
  rules::Range range = {};

  friend bool operator==(const Question&, const Question&) = default;
};

// Places in the book.
using QuestionId = std::uint32_t;
using ConditionId = std::uint32_t;
inline constexpr ConditionId kAlways = 0;

// Immutable once compiled; thread-safe to read. Borrows the rules.
class ConditionBook {
 public:
  // All must be answered with yes. Distinct; the cheap ones first.
  absl::Span<const QuestionId> questions(ConditionId condition) const { return conditions_[condition]; }
  std::size_t question_count() const { return questions_.size(); }
  const Question& question(QuestionId id) const { return questions_[id]; }

  const rules::Words& words(const Question& question) const { return words_[question.operand]; }
  const BoundSet& set(const Question& question) const { return sets_[question.operand]; }
  const rules::Hours& hours(const Question& question) const { return hours_[question.operand]; }
  absl::TimeZone zone(const Question& question) const { return zones_[question.zone]; }
  std::size_t zone_count() const { return zones_.size(); }

 private:
  friend class ConditionCompiler;

  std::vector<absl::InlinedVector<QuestionId, 4>> conditions_ = {{}};
  std::vector<Question> questions_;
  std::vector<rules::Words> words_;
  std::vector<BoundSet> sets_;
  std::vector<rules::Hours> hours_;
  std::vector<absl::TimeZone> zones_;
};

// Fills a book. single-thread.
class ConditionCompiler {
 public:
  // Borrows both.
  ConditionCompiler(const artefact::Model& model, ConditionBook& book) : model_(model), book_(book) {}

  // kAlways for a rule without conditions. Those of rules that ask the same have one id. O(words of the rule).
  ConditionId Add(const rules::Rule& rule);

 private:
  // Places of what is there already or is added, by a text that says all of it.
  std::uint32_t SetOf(const rules::ProductSet& set);
  std::uint32_t WordsOf(const rules::Words& words);
  std::uint32_t HoursOf(const rules::Hours& hours);
  std::uint16_t ZoneOf(absl::TimeZone zone);

  void Ask(const Question& question);
  void AskWords(QuestionKind kind, const rules::Words& words);
  void AskCart(const rules::CartCondition& cart);
  void AskCustomer(const rules::CustomerCondition& customer, std::uint16_t zone);

  const artefact::Model& model_;
  ConditionBook& book_;
  std::vector<QuestionId> asked_;  // of the rule at hand
  absl::flat_hash_map<std::string, std::uint32_t> known_;
};

}  // namespace awase::engine

#endif  // AWASE_ENGINE_CONDITION_BOOK_H_

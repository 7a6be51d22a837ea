#include "condition_index.h"

#include <algorithm>
#include <limits>

#include "absl/container/flat_hash_map.h"
#include "context.h"

namespace awase::engine {
namespace {

constexpr QuestionId kNoQuestion = std::numeric_limits<QuestionId>::max();

// Every way to find a condition, and beside each the question that it answers.
struct Ways {
  std::vector<Access> accesses;
  std::vector<QuestionId> answered;
};

Ways WaysTo(const ConditionBook& book, ConditionId condition) {
  Ways ways;
  for (const QuestionId question : book.questions(condition)) {
    for (Access& access : AccessesOf(book, book.question(question))) {
      ways.answered.push_back(access.is_answer ? question : kNoQuestion);
      ways.accesses.push_back(std::move(access));
    }
  }
  return ways;
}

}  // namespace

void ConditionIndex::Seal(const ConditionBook& book) {
  std::vector<std::vector<Access>> accesses;
  std::vector<std::vector<QuestionId>> answered;
  for (const auto& [entry, condition] : added_) {
    Ways ways = WaysTo(book, condition);
    accesses.push_back(std::move(ways.accesses));
    answered.push_back(std::move(ways.answered));
  }
  const std::vector<const Access*> rarest = RarestAccesses(accesses);
  std::vector<AddedRule> without_words;
  for (std::size_t i = 0; i < added_.size(); ++i) {
    const auto& [entry, condition] = added_[i];
    if (condition == kAlways) {
      always_[static_cast<std::size_t>(entry.list)].push_back(entry.place);
    } else if (rarest[i] == nullptr) {
      without_words.push_back(added_[i]);
    } else {
      const QuestionId answer = answered[i][static_cast<std::size_t>(rarest[i] - accesses[i].data())];
      key_kinds_ |= rarest[i]->kinds;
      for (const Key& key : rarest[i]->keys) by_key_[key].push_back({entry, answer});
    }
  }
  PutByQuestion(book, without_words);
  added_ = {};
}

void ConditionIndex::PutByQuestion(const ConditionBook& book, const std::vector<AddedRule>& rules) {
  absl::flat_hash_map<QuestionId, std::size_t> frequency;
  for (const auto& [entry, condition] : rules) {
    for (const QuestionId question : book.questions(condition)) ++frequency[question];
  }
  absl::flat_hash_map<QuestionId, std::size_t> places_of;
  for (const auto& [entry, condition] : rules) {
    const absl::Span<const QuestionId> questions = book.questions(condition);
    const auto best = std::max_element(questions.begin(), questions.end(), [&frequency](QuestionId a, QuestionId b) {
      return frequency.at(a) < frequency.at(b);
    });
    const auto [known, is_new] = places_of.try_emplace(*best, by_question_.size());
    if (is_new) by_question_.push_back({*best, {}});
    by_question_[known->second].second.push_back(entry);
  }
}

FoundRules ConditionIndex::Find(const Context& context, const ConditionBook& book) const {
  // Each once: a customer may own thousands of products of one brand.
  absl::InlinedVector<const KeyEntries*, 32> met;
  if (!by_key_.empty()) {
    ForEachKey(context, key_kinds_, [&](const KeyView& key) {
      if (const auto entries = by_key_.find(key); entries != by_key_.end()) met.push_back(&entries->second);
    });
  }
  std::sort(met.begin(), met.end());
  met.erase(std::unique(met.begin(), met.end()), met.end());

  FoundRules found;
  for (const KeyEntries* entries : met) {
    for (const KeyEntry& by_key : *entries) {
      found.Add(by_key.entry.list, by_key.entry.place);
      if (by_key.answered != kNoQuestion) context.memo.Learn(book, by_key.answered);
    }
  }
  for (const auto& [question, entries] : by_question_) {
    if (!context.memo.IsSo(context, book, question)) continue;
    for (const Entry& entry : entries) found.Add(entry.list, entry.place);
  }
  return found;
}

}  // namespace awase::engine

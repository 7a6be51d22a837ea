#include "condition_index.h"

#include <algorithm>
#include <cstddef>

#include "context.h"

namespace awase::engine {
namespace {

// Every way to find a condition.
std::vector<Access> AccessesOf(const ConditionBook& book, ConditionId condition) {
  std::vector<Access> all;
  for (const QuestionId question : book.questions(condition)) {
    for (Access& access : AccessesOf(book, book.question(question))) all.push_back(std::move(access));
  }
  return all;
}

}  // namespace

void ConditionIndex::Seal(const ConditionBook& book) {
  std::vector<std::vector<Access>> accesses;
  absl::flat_hash_map<Key, std::size_t> frequency;
  for (const auto& [place, condition] : added_) {
    for (const Access& access : accesses.emplace_back(AccessesOf(book, condition))) {
      for (const Key key : access.keys) ++frequency[key];
    }
  }
  const auto crowd = [&frequency](const Access& access) {
    std::size_t rules = 0;
    for (const Key key : access.keys) rules += frequency.at(key);
    return rules;
  };
  std::vector<AddedRule> without_words;
  for (std::size_t i = 0; i < added_.size(); ++i) {
    const auto& [place, condition] = added_[i];
    if (condition == kAlways) {
      always_.push_back(place);
    } else if (accesses[i].empty()) {
      without_words.push_back(added_[i]);
    } else {
      const auto best = std::min_element(accesses[i].begin(), accesses[i].end(),
                                         [&crowd](const Access& a, const Access& b) { return crowd(a) < crowd(b); });
      key_kinds_ |= best->kinds;
      for (const Key key : best->keys) by_key_[key].push_back(place);
    }
  }
  PutByQuestion(book, without_words);
  added_ = {};
}

void ConditionIndex::PutByQuestion(const ConditionBook& book, const std::vector<AddedRule>& rules) {
  absl::flat_hash_map<QuestionId, std::size_t> frequency;
  for (const auto& [place, condition] : rules) {
    for (const QuestionId question : book.questions(condition)) ++frequency[question];
  }
  absl::flat_hash_map<QuestionId, std::size_t> places_of;
  for (const auto& [place, condition] : rules) {
    const absl::Span<const QuestionId> questions = book.questions(condition);
    const auto best = std::max_element(questions.begin(), questions.end(), [&frequency](QuestionId a, QuestionId b) {
      return frequency.at(a) < frequency.at(b);
    });
    const auto [known, is_new] = places_of.try_emplace(*best, by_question_.size());
    if (is_new) by_question_.push_back({*best, {}});
    by_question_[known->second].second.push_back(place);
  }
}

absl::InlinedVector<std::uint32_t, 8> ConditionIndex::MayHold(const Context& context, const ConditionBook& book) const {
  absl::InlinedVector<std::uint32_t, 8> found(always_.begin(), always_.end());
  const auto add = [&found](const auto& places) { found.insert(found.end(), places.begin(), places.end()); };
  if (!by_key_.empty()) {
    for (const Key key : KeysOf(context, key_kinds_)) {
      if (const auto places = by_key_.find(key); places != by_key_.end()) add(places->second);
    }
  }
  for (const auto& [question, places] : by_question_) {
    if (context.memo.IsSo(context, book, question)) add(places);
  }
  return found;
}

}  // namespace awase::engine

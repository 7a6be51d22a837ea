#include "bench/service/answer_book.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace awase::load {
namespace {

// The token alone differs between two answers of one state.
std::string ContentOf(v1::RecommendResponse answer) {
  answer.clear_token();
  return answer.SerializeAsString();
}

}  // namespace

void AnswerBook::Enter(std::size_t request, v1::RecommendResponse answer) {
  Entry& entry = entries_[{answer.model_version(), answer.rule_revision()}];
  entry.answers[request] = ContentOf(std::move(answer));
}

void AnswerBook::Judge(std::size_t request, const v1::RecommendResponse& answer) {
  const auto entry = entries_.find({answer.model_version(), answer.rule_revision()});
  if (entry == entries_.end()) {
    ++unknown_;
    return KeepWrong("never served", answer);
  }
  const auto expected = entry->second.answers.find(request);
  if (expected == entry->second.answers.end() || expected->second != ContentOf(answer)) {
    ++mixed_;
    return KeepWrong("not what its version and revision answer", answer);
  }
  ++right_;
  entry->second.seen.fetch_add(1, std::memory_order_relaxed);
}

std::size_t AnswerBook::states_seen() const {
  return static_cast<std::size_t>(
      std::count_if(entries_.begin(), entries_.end(), [](const auto& entry) { return entry.second.seen > 0; }));
}

std::string AnswerBook::first_wrong() const {
  MutexLock lock(mutex_);
  return first_wrong_;
}

void AnswerBook::KeepWrong(const std::string& why, const v1::RecommendResponse& answer) {
  MutexLock lock(mutex_);
  if (first_wrong_.empty()) first_wrong_ = absl::StrCat(why, ": ", answer.ShortDebugString());
}

}  // namespace awase::load

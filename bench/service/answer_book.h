#ifndef AWASE_BENCH_SERVICE_ANSWER_BOOK_H_
#define AWASE_BENCH_SERVICE_ANSWER_BOOK_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "awase/base/mutex.h"
#include "awase/v1/recommendation.pb.h"

namespace awase::load {

// What a server answered in peace, by model version and rule revision: each answer under load must be one of these,
// whole. Entering is thread-compatible; after the last entry Judge is thread-safe.
class AnswerBook {
 public:
  void Enter(std::size_t request, v1::RecommendResponse answer);

  // Counts the answer as right, mixed or unknown.
  void Judge(std::size_t request, const v1::RecommendResponse& answer);

  std::uint64_t right() const { return right_; }
  // Names a version and a revision that served, but is not what these two answer.
  std::uint64_t mixed() const { return mixed_; }
  // Names a version with a revision that never served together.
  std::uint64_t unknown() const { return unknown_; }
  // How many pairs of version and revision gave a right answer.
  std::size_t states_seen() const;
  // The first answer that was not right, as text; empty when all were.
  std::string first_wrong() const;

 private:
  using State = std::pair<std::string, std::string>;  // model version, rule revision
  struct Entry {
    std::map<std::size_t, std::string> answers;  // by request; serialised, without its token
    mutable std::atomic<std::uint64_t> seen{0};
  };

  void KeepWrong(const std::string& why, const v1::RecommendResponse& answer);

  std::map<State, Entry> entries_;
  std::atomic<std::uint64_t> right_{0};
  std::atomic<std::uint64_t> mixed_{0};
  std::atomic<std::uint64_t> unknown_{0};
  mutable Mutex mutex_;
  std::string first_wrong_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace awase::load

#endif  // AWASE_BENCH_SERVICE_ANSWER_BOOK_H_

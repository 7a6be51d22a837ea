#ifndef AWASE_TRAINER_INTERNAL_STAGE_CLOCK_H_
#define AWASE_TRAINER_INTERNAL_STAGE_CLOCK_H_

#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <utility>

#include "awase/trainer/train.h"

namespace awase::trainer_internal {

// Books time to the stage that is running. A stage may run several times. single-thread.
class StageClock {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // `now` must not go back.
  explicit StageClock(std::array<trainer::StageTime, trainer::kStageCount>* times,
                      std::function<Time()> now = std::chrono::steady_clock::now)
      : times_(times), now_(std::move(now)) {}

  // Ends the stage before.
  void Begin(trainer::Stage stage) {
    End();
    running_ = stage;
    started_ = now_();
  }

  void End() {
    if (running_.has_value()) Of(*running_).seconds += std::chrono::duration<double>(now_() - started_).count();
    running_.reset();
  }

  // Books `seconds` that `from` took, or is taking, to `to`.
  void Rebook(double seconds, trainer::Stage from, trainer::Stage to) {
    Of(from).seconds -= seconds;
    Of(to).seconds += seconds;
  }

 private:
  trainer::StageTime& Of(trainer::Stage stage) { return (*times_)[static_cast<std::size_t>(stage)]; }

  std::array<trainer::StageTime, trainer::kStageCount>* times_;
  std::function<Time()> now_;
  std::optional<trainer::Stage> running_;
  Time started_;
};

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_STAGE_CLOCK_H_

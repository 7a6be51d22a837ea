#ifndef AWASE_TRAINER_INTERNAL_STAGE_CLOCK_H_
#define AWASE_TRAINER_INTERNAL_STAGE_CLOCK_H_

#include <array>
#include <cstddef>
#include <optional>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "awase/trainer/train.h"

namespace awase::trainer_internal {

// Books time to the stage that is running. A stage may run several times. single-thread.
class StageClock {
 public:
  explicit StageClock(std::array<trainer::StageTime, trainer::kStageCount>* times) : times_(times) {}

  // Ends the stage before.
  void Begin(trainer::Stage stage) {
    End();
    running_ = stage;
    started_ = absl::Now();
  }

  void End() {
    if (running_.has_value()) Of(*running_).seconds += absl::ToDoubleSeconds(absl::Now() - started_);
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
  std::optional<trainer::Stage> running_;
  absl::Time started_;
};

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_STAGE_CLOCK_H_

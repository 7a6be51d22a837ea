#ifndef AWASE_TRAINER_INTERNAL_RUN_PROGRESS_H_
#define AWASE_TRAINER_INTERNAL_RUN_PROGRESS_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "awase/trainer/train.h"
#include "trainer/internal/stage_clock.h"

namespace awase::trainer_internal {

// Where a run is: what its caller is told, whether he has had enough, and whose time it is. One object for all parts of
// a run. single-thread.
class RunProgress {
 public:
  // Borrows both. `now`: as for StageClock.
  RunProgress(const trainer::TrainOptions& options, trainer::TrainReport* report,
              std::function<StageClock::Time()> now = std::chrono::steady_clock::now)
      : options_(options), report_(report), clock_(&report->stages, std::move(now)) {}

  // The next step, by the name that the caller is told. From here on time is that of `stage`, until something else is
  // begun. kCancelled when the caller says so; nothing has begun then.
  absl::Status Begin(trainer::Stage stage, const std::string& step) {
    if (options_.cancelled && options_.cancelled()) return absl::CancelledError("interrupted: nothing was written");
    if (options_.progress) options_.progress({step, 0, -1});
    clock_.Begin(stage);
    return absl::OkStatus();
  }

  // Books time to `stage` from here on, for work that is too short for a step of its own.
  void BookTo(trainer::Stage stage) { clock_.Begin(stage); }

  // Books `seconds` that `from` took, or is taking, to `to`.
  void Rebook(double seconds, trainer::Stage from, trainer::Stage to) { clock_.Rebook(seconds, from, to); }

  // Time is nobody's until the next one begins.
  void End() { clock_.End(); }

  void AddRows(trainer::Stage stage, std::uint64_t rows) {
    report_->stages[static_cast<std::size_t>(stage)].rows += rows;
  }

  // Tells the caller how much of `step` is done; empty when he does not listen. Usable as long as the options are.
  std::function<void(double)> ShareTeller(const std::string& step) const {
    if (!options_.progress) return nullptr;
    return [&options = options_, step](double share) { options.progress({step, 0, share}); };
  }

 private:
  const trainer::TrainOptions& options_;
  trainer::TrainReport* report_;
  StageClock clock_;
};

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_RUN_PROGRESS_H_

#ifndef AWASE_APPS_AWASE_PROGRESS_BAR_H_
#define AWASE_APPS_AWASE_PROGRESS_BAR_H_

// One line on a terminal that shows how far a training run is; nothing at all where stderr is no terminal.

#include "absl/time/time.h"
#include "awase/trainer/train.h"

namespace awase::apps {

class ProgressBar {
 public:
  ProgressBar();
  // Ends the line.
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  // Draws at most ten times a second, and at each change of stage.
  void Show(const trainer::TrainProgress& progress);

 private:
  bool terminal_;
  bool drawn_ = false;
  std::string stage_;
  absl::Time stage_start_;
  absl::Time last_drawn_;
};

// "read orders    [=====>    ]  52 %  1,234,567 rows  2.1 M rows/s  3 s left"
std::string ProgressLine(const trainer::TrainProgress& progress, absl::Duration elapsed);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_PROGRESS_BAR_H_

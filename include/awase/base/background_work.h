#ifndef AWASE_BASE_BACKGROUND_WORK_H_
#define AWASE_BASE_BACKGROUND_WORK_H_

#include <functional>
#include <memory>

#include "absl/status/status.h"

namespace awase {

// One piece of work on a thread of its own, for what waits for a disk more than it computes. Where the system gives no
// further thread, Wait does the work (std::async loses its arguments there). Movable; its calls are single-thread.
//
//   BackgroundWork writing([&] { return WriteFile(path, bytes); });
//   …
//   AWASE_RETURN_IF_ERROR(writing.Wait());
class BackgroundWork {
 public:
  using Work = std::function<absl::Status()>;

  explicit BackgroundWork(Work work);
  // One that has no thread, as where the system gives none.
  static BackgroundWork WithoutThread(Work work);
  // Waits for work that has begun; what has not begun is not done.
  ~BackgroundWork();
  BackgroundWork(BackgroundWork&&) noexcept;
  BackgroundWork& operator=(BackgroundWork&&) noexcept;

  // What became of the work, as often as asked; what it owns is freed by then. std::bad_alloc of it is thrown here.
  absl::Status Wait();

  // The failure of work that has ended, and OK while it goes on. Does not wait.
  absl::Status FailureSoFar() const;

 private:
  struct State;
  explicit BackgroundWork(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace awase

#endif  // AWASE_BASE_BACKGROUND_WORK_H_

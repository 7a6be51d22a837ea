#include "awase/base/background_work.h"

#include <atomic>
#include <new>
#include <system_error>
#include <thread>
#include <utility>

namespace awase {

struct BackgroundWork::State {
  explicit State(Work given) : work(std::move(given)) {}
  ~State() {
    if (thread.joinable()) thread.join();
  }

  // Once, on whichever thread.
  void Run() {
    try {
      status = work();
    } catch (const std::bad_alloc&) {
      out_of_memory = true;
      status = absl::ResourceExhaustedError("not enough memory");
    }
    work = nullptr;
    done.store(true, std::memory_order_release);
  }

  Work work;
  std::thread thread;
  std::atomic<bool> done = false;
  // To be read when done.
  absl::Status status;
  bool out_of_memory = false;
};

BackgroundWork::BackgroundWork(std::unique_ptr<State> state) : state_(std::move(state)) {}
BackgroundWork::~BackgroundWork() = default;
BackgroundWork::BackgroundWork(BackgroundWork&&) noexcept = default;
BackgroundWork& BackgroundWork::operator=(BackgroundWork&&) noexcept = default;

BackgroundWork::BackgroundWork(Work work) : state_(std::make_unique<State>(std::move(work))) {
  try {
    state_->thread = std::thread([state = state_.get()] { state->Run(); });
  } catch (const std::system_error&) {
    // Wait does it.
  }
}

BackgroundWork BackgroundWork::WithoutThread(Work work) {
  return BackgroundWork(std::make_unique<State>(std::move(work)));
}

absl::Status BackgroundWork::Wait() {
  if (state_->thread.joinable()) state_->thread.join();
  if (!state_->done.load(std::memory_order_acquire)) state_->Run();
  if (state_->out_of_memory) throw std::bad_alloc();
  return state_->status;
}

absl::Status BackgroundWork::FailureSoFar() const {
  return state_->done.load(std::memory_order_acquire) ? state_->status : absl::OkStatus();
}

}  // namespace awase

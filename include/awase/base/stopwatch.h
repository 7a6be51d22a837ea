#ifndef AWASE_BASE_STOPWATCH_H_
#define AWASE_BASE_STOPWATCH_H_

#include <chrono>

namespace awase {

// Wall time that nobody sets, from its creation on. Not for tests: what they assert may not depend on it.
class Stopwatch {
 public:
  double Seconds() const { return std::chrono::duration<double>(Clock::now() - started_).count(); }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point started_ = Clock::now();
};

}  // namespace awase

#endif  // AWASE_BASE_STOPWATCH_H_

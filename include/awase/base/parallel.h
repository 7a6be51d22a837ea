#ifndef AWASE_BASE_PARALLEL_H_
#define AWASE_BASE_PARALLEL_H_

#include <cstddef>
#include <functional>

namespace awase {

// Calls work(first, last, worker) for pieces [first, last) of [0, count) until all are done, on `threads` threads (the
// calling one among them; 1 = inline; fewer when the system gives no more). Pieces are of `grain` elements and handed
// out dynamically, so work must not depend on which worker (0 … threads − 1) gets a piece: that is what keeps results
// independent of the thread count.
// Blocks until all pieces are done. What work throws is thrown to the caller, when all threads have stopped: the first
// of it, where several threw; pieces that were not begun by then are left out.
void ParallelFor(std::size_t threads, std::size_t count, std::size_t grain,
                 const std::function<void(std::size_t first, std::size_t last, std::size_t worker)>& work);

// The number of hardware threads, at least 1.
std::size_t HardwareThreads();

}  // namespace awase

#endif  // AWASE_BASE_PARALLEL_H_

#ifndef AWASE_BASE_PROCESS_MEMORY_H_
#define AWASE_BASE_PROCESS_MEMORY_H_

#include <cstdint>

namespace awase {

// Of this process: the most that lay in memory so far, and what does now. 0 where the system does not say.
std::uint64_t PeakRssBytes();
std::uint64_t CurrentRssBytes();

}  // namespace awase

#endif  // AWASE_BASE_PROCESS_MEMORY_H_

#include "awase/base/process_memory.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <memory>

namespace awase {

std::uint64_t PeakRssBytes() {
  rusage usage{};
  if (getrusage(RUSAGE_SELF, &usage) != 0) return 0;
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;  // Linux gives KiB
}

std::uint64_t CurrentRssBytes() {
  const auto close = [](std::FILE* file) { std::fclose(file); };
  const std::unique_ptr<std::FILE, decltype(close)> statm(std::fopen("/proc/self/statm", "r"), close);
  unsigned long long all = 0;
  unsigned long long resident = 0;
  if (statm == nullptr || std::fscanf(statm.get(), "%llu %llu", &all, &resident) != 2) return 0;
  return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace awase

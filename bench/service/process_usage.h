#ifndef AWASE_BENCH_SERVICE_PROCESS_USAGE_H_
#define AWASE_BENCH_SERVICE_PROCESS_USAGE_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace awase::load {

// Of all threads of a process since its start; time is counted in steps of 10 ms.
struct ProcessUsage {
  double cpu_seconds = 0;  // in the process and in the kernel for it
  std::uint64_t rss_bytes = 0;
};

// What of a process is in memory now.
struct ProcessMemory {
  std::uint64_t own_bytes = 0;   // its own and shared memory without a file (RssAnon + RssShmem)
  std::uint64_t file_bytes = 0;  // pages of mapped files: its program, libraries, artefacts (RssFile)
};

// kNotFound when there is no such process.
absl::StatusOr<ProcessUsage> UsageOf(std::int64_t pid);
absl::StatusOr<ProcessMemory> MemoryOf(std::int64_t pid);

// From the text of /proc/PID/stat, proc(5). kInvalidArgument when it is no such text.
absl::StatusOr<ProcessUsage> ParseProcessStat(absl::string_view stat);

// From the text of /proc/PID/status, likewise.
absl::StatusOr<ProcessMemory> ParseProcessStatus(absl::string_view status);

}  // namespace awase::load

#endif  // AWASE_BENCH_SERVICE_PROCESS_USAGE_H_

#include "bench/service/process_usage.h"

#include <unistd.h>

#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "awase/base/files.h"

namespace awase::load {

absl::StatusOr<ProcessUsage> ParseProcessStat(absl::string_view stat) {
  // Fields 14 and 15 are the times in ticks, 24 is the size in pages. The second one is the program's name in brackets,
  // in which anything may stand: counting begins behind it, at the third.
  const std::size_t name_end = stat.rfind(')');
  if (name_end == absl::string_view::npos) return absl::InvalidArgumentError("no stat of a process");
  const std::vector<absl::string_view> fields = absl::StrSplit(stat.substr(name_end + 1), ' ', absl::SkipEmpty());
  constexpr std::size_t kFirst = 3;
  std::uint64_t user_ticks = 0;
  std::uint64_t system_ticks = 0;
  std::uint64_t pages = 0;
  if (fields.size() <= 24 - kFirst || !absl::SimpleAtoi(fields[14 - kFirst], &user_ticks) ||
      !absl::SimpleAtoi(fields[15 - kFirst], &system_ticks) || !absl::SimpleAtoi(fields[24 - kFirst], &pages)) {
    return absl::InvalidArgumentError("no stat of a process");
  }
  return ProcessUsage{
      .cpu_seconds = static_cast<double>(user_ticks + system_ticks) / static_cast<double>(sysconf(_SC_CLK_TCK)),
      .rss_bytes = pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE))};
}

absl::StatusOr<ProcessUsage> UsageOf(std::int64_t pid) {
  const absl::StatusOr<std::string> stat = ReadFile(absl::StrCat("/proc/", pid, "/stat"));
  if (!stat.ok()) return absl::NotFoundError(absl::StrCat("there is no process ", pid));
  return ParseProcessStat(*stat);
}

}  // namespace awase::load

#include "bench/service/process_usage.h"

#include <unistd.h>

#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"

namespace awase::load {
namespace {

absl::StatusOr<std::string> ReadOf(std::int64_t pid, absl::string_view name) {
  absl::StatusOr<std::string> text = ReadFile(absl::StrCat("/proc/", pid, "/", name));
  if (!text.ok()) return absl::NotFoundError(absl::StrCat("there is no process ", pid));
  return text;
}

}  // namespace

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

absl::StatusOr<ProcessMemory> ParseProcessStatus(absl::string_view status) {
  ProcessMemory memory;
  int found = 0;
  for (const absl::string_view line : absl::StrSplit(status, '\n')) {
    const std::vector<absl::string_view> words = absl::StrSplit(line, absl::ByAnyChar(": \t"), absl::SkipEmpty());
    std::uint64_t kilobytes = 0;
    if (words.size() != 3 || words[2] != "kB" || !absl::SimpleAtoi(words[1], &kilobytes)) continue;
    const bool is_own = words[0] == "RssAnon" || words[0] == "RssShmem";
    if (!is_own && words[0] != "RssFile") continue;
    (is_own ? memory.own_bytes : memory.file_bytes) += kilobytes * 1024;
    ++found;
  }
  if (found != 3) return absl::InvalidArgumentError("no status of a process");
  return memory;
}

absl::StatusOr<ProcessUsage> UsageOf(std::int64_t pid) {
  AWASE_ASSIGN_OR_RETURN(const std::string stat, ReadOf(pid, "stat"));
  return ParseProcessStat(stat);
}

absl::StatusOr<ProcessMemory> MemoryOf(std::int64_t pid) {
  AWASE_ASSIGN_OR_RETURN(const std::string status, ReadOf(pid, "status"));
  return ParseProcessStatus(status);
}

}  // namespace awase::load

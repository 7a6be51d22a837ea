#include "bench/service/process_usage.h"

#include <unistd.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase::load {
namespace {

using ::testing::HasSubstr;
using testing::StatusIs;

TEST(ProcessUsage, IsReadFromTheTextOfProc) {
  AWASE_ASSERT_OK_AND_ASSIGN(const ProcessUsage usage,
                             ParseProcessStat("7 (a) b) (c) S 1 7 7 0 -1 4194304 100 0 0 0 250 150 0 0 20 0 9 0 1000 "
                                              "123456789 300 18446744073709551615\n"));
  EXPECT_DOUBLE_EQ(usage.cpu_seconds, 400.0 / static_cast<double>(sysconf(_SC_CLK_TCK)));
  EXPECT_EQ(usage.rss_bytes, 300u * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)));
}

TEST(ProcessUsage, OtherTextIsRefused) {
  EXPECT_THAT(ParseProcessStat(""), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("stat")));
  EXPECT_THAT(ParseProcessStat("7 (a) S 1 7"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("stat")));
}

TEST(ProcessUsage, OfThisProcessHasMemory) {
  AWASE_ASSERT_OK_AND_ASSIGN(const ProcessUsage usage, UsageOf(getpid()));
  EXPECT_GT(usage.rss_bytes, 0u);
}

TEST(ProcessMemory, TellsFilesFromAllElse) {
  AWASE_ASSERT_OK_AND_ASSIGN(const ProcessMemory memory,
                             ParseProcessStatus("Name:\ta: b\nVmRSS:\t     9 kB\nRssAnon:\t     5 kB\n"
                                                "RssFile:\t     3 kB\nRssShmem:\t     1 kB\nThreads:\t7\n"));
  EXPECT_EQ(memory.own_bytes, 6u * 1024);
  EXPECT_EQ(memory.file_bytes, 3u * 1024);
  EXPECT_THAT(ParseProcessStatus("RssAnon: 5 kB\n"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("status")));
}

TEST(ProcessMemory, OfThisProcessIsThere) {
  AWASE_ASSERT_OK_AND_ASSIGN(const ProcessMemory memory, MemoryOf(getpid()));
  EXPECT_GT(memory.own_bytes, 0u);
  EXPECT_GT(memory.file_bytes, 0u);
}

TEST(ProcessUsage, OfNoProcessIsNotFound) {
  EXPECT_THAT(MemoryOf(1 << 30), StatusIs(absl::StatusCode::kNotFound, HasSubstr("no process")));
  EXPECT_THAT(UsageOf(1 << 30), StatusIs(absl::StatusCode::kNotFound, HasSubstr("no process")));
}

}  // namespace
}  // namespace awase::load

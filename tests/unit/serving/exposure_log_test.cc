#include "serving/exposure_log.h"

#include <string>
#include <utility>
#include <vector>

#include "awase/base/hmac_sha256.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::serving {
namespace {

using ::testing::ElementsAre;

class ExposureLogTest : public ::testing::Test {
 protected:
  std::string Path() const { return temp_dir_.Join("log"); }

  static std::string RecordOf(char customer) { return EncodeRecord(std::string(kHmacSha256Bytes, customer), {}); }

  // The first letters of the customers in the log.
  std::vector<std::string> Customers() const {
    std::vector<std::string> customers;
    const auto log = ExposureLog::Open(
        Path(), [&](const ExposureRecord& record) { customers.push_back(record.customer.substr(0, 1)); });
    AWASE_EXPECT_OK(log.status());
    return customers;
  }

  testing::TempDir temp_dir_;
};

TEST_F(ExposureLogTest, TheNextLogHasWhatWasAppendedMeanwhile) {
  AWASE_ASSERT_OK_AND_ASSIGN(ExposureLog log, ExposureLog::Open(Path(), [](const ExposureRecord&) {}));
  AWASE_ASSERT_OK(log.Append(RecordOf('a')));
  log.BeginTail();
  AWASE_ASSERT_OK_AND_ASSIGN(NextExposureLog next, NextExposureLog::Begin(Path()));
  AWASE_ASSERT_OK(next.Append(RecordOf('n')));
  AWASE_ASSERT_OK(log.Append(RecordOf('b')));
  AWASE_ASSERT_OK(next.Append(log.TakeTail()));
  AWASE_ASSERT_OK(next.Finish());
  AWASE_ASSERT_OK(log.Append(RecordOf('c')));
  EXPECT_THAT(Customers(), ElementsAre("a", "b", "c")) << "a process that is killed now has lost nothing";
  AWASE_ASSERT_OK(log.TakeOver(next));
  AWASE_ASSERT_OK(log.Append(RecordOf('d')));
  EXPECT_THAT(Customers(), ElementsAre("n", "b", "c", "d"));
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string text, ReadFile(Path()));
  EXPECT_EQ(log.bytes(), text.size());
}

TEST_F(ExposureLogTest, ANextLogThatIsGivenUpLeavesNothingBehind) {
  AWASE_ASSERT_OK_AND_ASSIGN(ExposureLog log, ExposureLog::Open(Path(), [](const ExposureRecord&) {}));
  AWASE_ASSERT_OK(log.Append(RecordOf('a')));
  log.BeginTail();
  std::string path;
  {
    AWASE_ASSERT_OK_AND_ASSIGN(const NextExposureLog next, NextExposureLog::Begin(Path()));
    path = next.path();
    EXPECT_TRUE(PathExists(path));
  }
  log.DropTail();
  AWASE_ASSERT_OK(log.Append(RecordOf('b')));
  EXPECT_FALSE(PathExists(path));
  EXPECT_EQ(log.TakeTail(), "");
  EXPECT_THAT(Customers(), ElementsAre("a", "b"));
}

TEST_F(ExposureLogTest, RecordBytesIsTheLengthOfTheRecord) {
  const engine::Exposure shown = {"product", engine::Intent::kUpSell, engine::ExposureEvent::kShown, absl::UnixEpoch()};
  const std::string customer(kHmacSha256Bytes, 'a');
  EXPECT_EQ(RecordBytes({}), EncodeRecord(customer, {}).size());
  EXPECT_EQ(RecordBytes({shown, shown}), EncodeRecord(customer, {shown, shown}).size());
}

}  // namespace
}  // namespace awase::serving

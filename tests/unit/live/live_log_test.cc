#include "live/live_log.h"

#include <map>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "live/live_frame.h"
#include "tests/testing/file_size_limit.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::live {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::Pair;
using testing::StatusIs;

constexpr std::size_t kHeaderBytes = kLogLine.size() + sizeof(std::uint64_t);

std::size_t FrameBytes(absl::string_view payload) { return MakeFrame({}, payload).size(); }

std::string Stock(absl::string_view product_id, std::int64_t pieces) {
  std::string record;
  AppendRecord(product_id, {.stock = {.value = pieces}}, record);
  return record;
}

class LiveLogTest : public ::testing::Test {
 protected:
  using Stocks = std::map<std::string, std::int64_t>;

  absl::StatusOr<LiveLog> Open() {
    stocks_.clear();
    return LiveLog::Open(
        path(), [this](LiveRecord&& record) { stocks_[record.product_id] = record.entry.stock.value.value_or(-1); });
  }
  // A base with the product "base", and one group for each of the others.
  std::string MakeLog(const std::vector<std::string>& groups) {
    auto log = Open();
    EXPECT_THAT(log, IsOk());
    bool is_first = true;
    EXPECT_THAT(log->Replace([&](std::string& payload) {
      if (is_first) payload = Stock("base", 1);
      return std::exchange(is_first, false);
    }),
                IsOk());
    for (const std::string& group : groups) EXPECT_THAT(log->Append(Stock(group, 2)), IsOk());
    return Content();
  }
  void Put(absl::string_view content) { AWASE_ASSERT_OK(WriteFile(path(), content)); }
  std::string path() const { return dir_.Join("log"); }
  std::string Content() const { return ReadFile(path()).value_or("unreadable"); }
  std::uint64_t FileId() const {
    const std::string content = Content();
    absl::string_view bytes = content;
    std::uint64_t id = 0;
    EXPECT_TRUE(TakeLogHeader(bytes, id));
    return id;
  }

  testing::TempDir dir_;
  Stocks stocks_;
};

// The bytes of docs/live_catalogue.md: a log of today must be readable tomorrow.
TEST_F(LiveLogTest, HasTheDocumentedBytes) {
  std::string record;
  AppendRecord("tea", {.price = {Money{0x0102, *CurrencyCode::Parse("EUR")}, 3}, .stock = {4, 5}, .visible = {true, 6}},
               record);
  EXPECT_EQ(absl::BytesToHexString(record),
            "7f"  // everything is there, and it is visible
            "0300"
            "746561"            // tea
            "0201000000000000"  // 258 minor units
            "455552"            // EUR
            "0300000000000000"  // the price's number
            "0400000000000000"  // stock
            "0500000000000000"
            "0600000000000000");
  EXPECT_EQ(absl::BytesToHexString(MakeFrame({0x0a0b, 31}, "tea")),
            absl::StrCat("f761776c", "03000000", "55574d4b", "6ad2e6f81f352275", "746561"));
  EXPECT_EQ(absl::BytesToHexString(MakeLogHeader(0x0a0b)),
            absl::StrCat(absl::BytesToHexString("awase live catalogue 2\n"), "0b0a000000000000"));
  AWASE_ASSERT_OK(Open());
  const std::uint64_t file_id = FileId();
  EXPECT_EQ(Content(), absl::StrCat(MakeLogHeader(file_id), MakeFrame({file_id, kHeaderBytes}, "")));
}

TEST_F(LiveLogTest, EachFileHasANumberOfItsOwn) {
  MakeLog({});
  const std::uint64_t first = FileId();
  AWASE_ASSERT_OK_AND_ASSIGN(LiveLog log, Open());
  AWASE_ASSERT_OK(log.Replace([](std::string&) { return false; }));
  EXPECT_NE(FileId(), first);
  AWASE_ASSERT_OK(log.Append(Stock("a", 1)));
  AWASE_ASSERT_OK(Open());
  EXPECT_THAT(stocks_, ElementsAre(Pair("a", 1)));
}

TEST_F(LiveLogTest, KeepsWhatWasAppended) {
  MakeLog({"a", "b"});
  {
    AWASE_ASSERT_OK_AND_ASSIGN(LiveLog log, Open());
    EXPECT_EQ(log.cut_bytes(), 0U);
    EXPECT_EQ(log.bytes(), Content().size());
    AWASE_ASSERT_OK(log.Append(Stock("a", 3)));
  }
  AWASE_ASSERT_OK(Open());
  EXPECT_THAT(stocks_, ElementsAre(Pair("a", 3), Pair("b", 2), Pair("base", 1)));
}

TEST_F(LiveLogTest, ATornEndIsCutAtEveryByte) {
  const std::string whole = MakeLog({"a", "b"});
  const std::size_t frame = FrameBytes(Stock("a", 2));
  const std::size_t base = whole.size() - 2 * frame;
  for (std::size_t size = base; size <= whole.size(); ++size) {
    SCOPED_TRACE(size);
    const std::size_t groups = (size - base) / frame;
    Put(absl::string_view(whole).substr(0, size));
    AWASE_ASSERT_OK_AND_ASSIGN(LiveLog log, Open());
    EXPECT_EQ(stocks_.size(), 1 + groups);
    EXPECT_EQ(log.cut_bytes(), (size - base) % frame);
    EXPECT_EQ(Content().size(), base + groups * frame);
    AWASE_ASSERT_OK(log.Append(Stock("c", 3)));  // and what is written then can be read
    AWASE_ASSERT_OK(Open());
    EXPECT_EQ(stocks_.size(), 2 + groups);
  }
}

// After a power failure a file can be as long as it should be without having its bytes.
TEST_F(LiveLogTest, ATornEndOfZerosIsCut) {
  const std::string whole = MakeLog({});
  const std::string frame = MakeFrame({FileId(), whole.size()}, Stock("a", INT64_MAX));
  for (std::size_t kept = 0; kept < frame.size(); ++kept) {
    SCOPED_TRACE(kept);
    Put(absl::StrCat(whole, frame.substr(0, kept), std::string(5000, '\0')));
    AWASE_ASSERT_OK_AND_ASSIGN(const LiveLog log, Open());
    EXPECT_EQ(log.cut_bytes(), kept + 5000);
    EXPECT_THAT(stocks_, ElementsAre(Pair("base", 1)));
  }
}

// A product may be called what it likes.
TEST_F(LiveLogTest, AFrameWithinARecordIsNoneOfTheFile) {
  const std::string whole = MakeLog({});
  const std::uint64_t file_id = FileId();
  const std::string inner = Stock("inner", 1);
  for (const FramePlace place : {FramePlace{0, 0}, FramePlace{file_id, 0}, FramePlace{file_id, whole.size()}}) {
    const std::string frame = MakeFrame({file_id, whole.size()}, Stock(MakeFrame(place, inner), 2));
    Put(absl::StrCat(whole, absl::string_view(frame).substr(0, frame.size() - 1)));
    AWASE_ASSERT_OK_AND_ASSIGN(const LiveLog log, Open());
    EXPECT_EQ(log.cut_bytes(), frame.size() - 1);
    EXPECT_THAT(stocks_, ElementsAre(Pair("base", 1)));
  }
}

// If every mark were believed, the bytes behind it would be read for each: hours.
TEST_F(LiveLogTest, ATornEndFullOfMarksIsCut) {
  const std::string whole = MakeLog({});
  std::string end;
  while (end.size() < std::size_t{16} << 20) absl::StrAppend(&end, kFrameMark, absl::string_view("\0\0\x80\0", 4));
  Put(absl::StrCat(whole, end));
  AWASE_ASSERT_OK_AND_ASSIGN(const LiveLog log, Open());
  EXPECT_EQ(log.cut_bytes(), end.size());
}

TEST_F(LiveLogTest, AFrameWithoutRecordsIsNoGroup) {
  const std::string whole = MakeLog({});
  const std::string torn = "torn";
  Put(absl::StrCat(whole, torn, MakeFrame({FileId(), whole.size() + torn.size()}, "")));
  AWASE_ASSERT_OK_AND_ASSIGN(const LiveLog log, Open());
  EXPECT_EQ(log.bytes(), whole.size());
}

TEST_F(LiveLogTest, ABrokenMiddleIsRefusedWithItsPlaceAndLeftAlone) {
  const std::string whole = MakeLog({"a", "b", "c"});
  const std::size_t frame = FrameBytes(Stock("a", 2));
  const std::size_t base = whole.size() - 3 * frame;
  for (std::size_t i = 0; i < whole.size() - frame; ++i) {
    SCOPED_TRACE(i);
    std::string broken = whole;
    broken[i] = static_cast<char>(broken[i] ^ 4);
    Put(broken);
    const std::size_t place = i < base ? 0 : base + (i - base) / frame * frame;
    if (i < kLogName.size() || i >= kLogLine.size()) {
      const std::string where = i < base ? "broken at byte " : absl::StrCat("broken at byte ", place, " ");
      EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss,
                                   AllOf(HasSubstr(path()), HasSubstr(where), HasSubstr("bring a copy of it back"))));
    } else {
      EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("a newer awase")));
    }
    EXPECT_EQ(Content(), broken);
  }
}

TEST_F(LiveLogTest, AFlippedBitInTheLastGroupCutsIt) {
  const std::string whole = MakeLog({"a", "b"});
  const std::size_t frame = FrameBytes(Stock("b", 2));
  for (std::size_t i = whole.size() - frame; i < whole.size(); ++i) {
    std::string broken = whole;
    broken[i] = static_cast<char>(broken[i] ^ 4);
    Put(broken);
    AWASE_ASSERT_OK_AND_ASSIGN(const LiveLog log, Open());
    EXPECT_EQ(log.cut_bytes(), frame) << i;
    EXPECT_THAT(stocks_, ElementsAre(Pair("a", 2), Pair("base", 1)));
  }
}

TEST_F(LiveLogTest, ABaseIsWholeOrRefused) {
  const std::string whole = MakeLog({});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    Put(absl::string_view(whole).substr(0, size));
    EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss)) << size;
  }
}

TEST_F(LiveLogTest, WhatIsNoRecordIsRefused) {
  constexpr std::uint64_t kId = 7;
  const std::string header = MakeLogHeader(kId);
  const std::string end = MakeFrame({kId, header.size()}, "");
  const std::uint64_t behind_end = header.size() + end.size();
  const std::string stock = Stock("a", 1);
  const std::string negative = Stock("a", -1);
  for (const std::string& payload : {std::string("x"), negative, stock.substr(0, stock.size() - 1), stock + "x"}) {
    Put(absl::StrCat(header, end, MakeFrame({kId, behind_end}, payload)));
    EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("a record that no awase has written")));
  }
  Put(absl::StrCat(header, end, MakeFrame({kId, behind_end}, "")));
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("a second end of the base")));
  Put(absl::StrCat(header, MakeFrame({kId, header.size()}, stock)));
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("the base has no end")));
  Put("something else altogether, and long");
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("it is no live catalogue")));
}

TEST_F(LiveLogTest, AFullDiskTakesAllOrNothing) {
  const std::string before = MakeLog({"a"});
  AWASE_ASSERT_OK_AND_ASSIGN(LiveLog log, Open());
  for (std::size_t room = 0; room < FrameBytes(Stock("b", 1)); ++room) {
    const testing::FileSizeLimit limit(before.size() + room);
    ASSERT_THAT(log.Append(Stock("b", 1)), StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr(path())));
    ASSERT_EQ(Content(), before);
  }
  AWASE_EXPECT_OK(log.Append(Stock("c", 1)));
  AWASE_ASSERT_OK(Open());
  EXPECT_THAT(stocks_, ElementsAre(Pair("a", 2), Pair("base", 1), Pair("c", 1)));
}

TEST_F(LiveLogTest, AReplacementThatFailsLeavesTheLogInUse) {
  MakeLog({"a"});
  AWASE_ASSERT_OK_AND_ASSIGN(LiveLog log, Open());
  {
    const testing::FileSizeLimit limit(40);
    EXPECT_THAT(log.Replace([](std::string& payload) {
      payload = Stock("b", 1);
      return true;
    }),
                StatusIs(absl::StatusCode::kResourceExhausted));
  }
  EXPECT_FALSE(PathExists(path() + ".next"));
  AWASE_EXPECT_OK(log.Append(Stock("c", 1)));
  AWASE_ASSERT_OK(Open());
  EXPECT_THAT(stocks_, ElementsAre(Pair("a", 2), Pair("base", 1), Pair("c", 1)));
}

TEST_F(LiveLogTest, AReplacementHasItsBaseAlone) {
  MakeLog({"a", "b"});
  AWASE_ASSERT_OK_AND_ASSIGN(LiveLog log, Open());
  std::vector<std::string> payloads = {Stock("x", 1) + Stock("y", 2), Stock("z", 3)};
  AWASE_ASSERT_OK(log.Replace([&](std::string& payload) {
    if (payloads.empty()) return false;
    payload = payloads.front();
    payloads.erase(payloads.begin());
    return true;
  }));
  EXPECT_EQ(log.bytes(), Content().size());
  EXPECT_EQ(log.base_bytes(), log.bytes());
  AWASE_ASSERT_OK(log.Append(Stock("y", 9)));
  AWASE_ASSERT_OK(Open());
  EXPECT_THAT(stocks_, ElementsAre(Pair("x", 1), Pair("y", 9), Pair("z", 3)));
}

TEST_F(LiveLogTest, LeftoversOfAKilledReplacementAreRemoved) {
  MakeLog({"a"});
  AWASE_ASSERT_OK(WriteFile(path() + ".next", "half"));
  AWASE_ASSERT_OK(Open());
  EXPECT_FALSE(PathExists(path() + ".next"));
  EXPECT_THAT(stocks_, ElementsAre(Pair("a", 2), Pair("base", 1)));
}

}  // namespace
}  // namespace awase::live

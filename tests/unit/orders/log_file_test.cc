#include "awase/orders/log_file.h"

#include <sys/stat.h>

#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::orders {
namespace {

using ::awase::testing::StatusIs;
using ::testing::HasSubstr;

struct Line {
  std::string order;
  std::string product;
  std::string customer;
  std::int64_t quantity_milli;
  std::int64_t time;
  LineStatus status;
  std::int64_t price;
};

// Few orders, customers and products, so that lines meet; returns, cancellations, customers that differ within an
// order, quantities that need room of their own.
std::vector<Line> RandomLines(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Line> lines;
  for (std::size_t i = 0; i < count; ++i) {
    Line line;
    line.order = absl::StrCat("o", random() % (count / 4 + 1));
    line.product = absl::StrCat("p", random() % 30);
    line.customer = random() % 5 == 0 ? "" : absl::StrCat("c", random() % 20);
    line.quantity_milli = random() % 20 == 0 ? 900'000'000'000 : 1000 * (1 + static_cast<int>(random() % 4));
    if (random() % 10 == 0) line.quantity_milli = -line.quantity_milli;
    line.time = random() % 6 == 0 ? kNoTime : static_cast<std::int64_t>(random() % 10) * 40'000'000'000;
    line.status = static_cast<LineStatus>(random() % 12 == 0 ? 1 + random() % 2 : 0);
    line.price = random() % 3 == 0 ? -1 : static_cast<std::int64_t>(random() % 7) * 100;
    lines.push_back(line);
  }
  return lines;
}

OrderLog BuildLog(absl::Span<const Line> lines) {
  OrderLogBuilder builder;
  for (const Line& line : lines) {
    LineInput input{line.order, line.product, line.customer, line.quantity_milli, line.time, line.status, {}};
    if (line.price >= 0)
      input.unit_price = Money{line.price, *CurrencyCode::Parse(line.price % 200 == 0 ? "EUR" : "JPY")};
    builder.shard(0).Add(input);
  }
  return builder.Build();
}

// The bytes that stand for a log.
std::string BytesOf(const OrderLog& log, absl::string_view note) {
  const testing::TempDir dir;
  EXPECT_TRUE(WriteLogFile(dir.Join("log"), log, note).ok());
  return *ReadFile(dir.Join("log"));
}

TEST(LogFile, GivesBackTheLogAndTheNote) {
  testing::TempDir dir;
  const OrderLog log = BuildLog(RandomLines(500, 1));
  AWASE_ASSERT_OK(WriteLogFile(dir.Join("log"), log, "{}"));
  AWASE_ASSERT_OK_AND_ASSIGN(const LogFile file, ReadLogFile(dir.Join("log")));
  EXPECT_EQ(file.note, "{}");
  EXPECT_EQ(file.log.product_ids, log.product_ids);
  EXPECT_EQ(file.log.observed_prices[3].price, log.observed_prices[3].price);
  EXPECT_EQ(BytesOf(file.log, file.note), *ReadFile(dir.Join("log")));
}

TEST(LogFile, OfNothingIsReadAsNothing) {
  AWASE_ASSERT_OK_AND_ASSIGN(const LogFile file, ParseLogFile(BytesOf(OrderLog(), "")));
  EXPECT_EQ(file.log.line_count(), 0u);
  EXPECT_EQ(BytesOf(MergeLogs(OrderLog(), OrderLog()), ""), BytesOf(OrderLog(), ""));
}

TEST(LogFile, IsItsOwnersAlone) {
  testing::TempDir dir;
  AWASE_ASSERT_OK(WriteLogFile(dir.Join("log"), OrderLog(), ""));
  struct stat status{};
  ASSERT_EQ(stat(dir.Join("log").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0600u);
}

TEST(LogFile, SaysWhenItCannotBeWrittenOrIsNotThere) {
  testing::TempDir dir;
  EXPECT_THAT(WriteLogFile("/dev/full", BuildLog(RandomLines(9, 1)), ""),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("free disk space")));
  EXPECT_FALSE(WriteLogFile(dir.Join("no/folder"), OrderLog(), "").ok());
  EXPECT_THAT(ReadLogFile(dir.Join("none")), StatusIs(absl::StatusCode::kNotFound));
}

TEST(LogFile, NoticesEveryChangedByteAndEveryCut) {
  testing::TempDir dir;
  const std::string bytes = BytesOf(BuildLog(RandomLines(20, 2)), "note");
  for (std::size_t i = 0; i < bytes.size(); i += 7) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 0x10);
    EXPECT_THAT(ReadLogFile(dir.Write("changed", changed)), StatusIs(absl::StatusCode::kDataLoss)) << i;
    EXPECT_THAT(ReadLogFile(dir.Write("cut", bytes.substr(0, i))), StatusIs(absl::StatusCode::kDataLoss)) << i;
  }
}

TEST(LogFile, IsParsedOrRefusedWhateverItsNumbersSay) {
  const std::string bytes = BytesOf(BuildLog(RandomLines(40, 3)), "note");
  int refused = 0;
  for (std::size_t i = 0; i + 8 < bytes.size(); i += 4) {
    for (const std::uint64_t number : {std::uint64_t{0}, std::uint64_t{1} << 31, ~std::uint64_t{0}}) {
      std::string changed = bytes;
      std::memcpy(&changed[i], &number, sizeof(number));
      absl::StatusOr<LogFile> file = ParseLogFile(changed);
      if (!file.ok()) {
        ++refused;
        continue;
      }
      const OrderLog merged = MergeLogs(std::move(file->log), BuildLog(RandomLines(3, 4)));
      EXPECT_GE(merged.line_count(), 43u);
    }
  }
  EXPECT_GT(refused, 100);
}

TEST(LogFile, OfANewerFormatNamesIt) {
  std::string bytes = BytesOf(OrderLog(), "");
  bytes[8] = 2;
  EXPECT_THAT(ParseLogFile(bytes), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("format 2")));
}

// However the lines are dealt out over days, and whatever of an order comes late.
TEST(MergeLogs, GivesTheBytesOfOneLogOfAllLines) {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    std::vector<Line> lines = RandomLines(300, seed);
    const std::string all = BytesOf(BuildLog(lines), "");
    const std::size_t first = lines.size() * (seed % 5) / 5;
    const std::size_t second = first + (lines.size() - first) / 2;
    const absl::Span<const Line> span = lines;
    OrderLog merged = BuildLog(span.subspan(0, first));
    merged = MergeLogs(std::move(merged), BuildLog(span.subspan(first, second - first)), 1);
    AWASE_ASSERT_OK_AND_ASSIGN(LogFile stored, ParseLogFile(BytesOf(merged, "")));
    merged = MergeLogs(std::move(stored.log), BuildLog(span.subspan(second)), 3);
    ASSERT_EQ(BytesOf(merged, ""), all) << seed;
  }
}

// More lines than a block of a source holds, with an order across the border.
TEST(MergeLogs, TakesLogsOfAnySize) {
  constexpr std::size_t kLines = 4'200'000;
  const auto add = [](std::size_t first, std::size_t last, OrderLogBuilder* builder) {
    for (std::size_t i = first; i < last; ++i) {
      builder->shard(0).Add({.order_id = absl::StrCat(i / 100), .product_id = absl::StrCat(i % 5)});
    }
  };
  OrderLogBuilder all;
  add(0, kLines, &all);
  OrderLogBuilder most;
  add(0, kLines - 1000, &most);
  OrderLogBuilder rest;
  add(kLines - 1000, kLines, &rest);
  EXPECT_TRUE(BytesOf(MergeLogs(most.Build(), rest.Build(), 2), "") == BytesOf(all.Build(), ""));
}

}  // namespace
}  // namespace awase::orders

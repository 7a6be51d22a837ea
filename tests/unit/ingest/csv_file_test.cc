#include "ingest/internal/csv_file.h"

#include <cstdint>
#include <deque>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "awase/base/mutex.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ingest/internal/read_records.h"
#include "tests/testing/reference_csv.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::ingest_internal {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Every record as "field|field" or as "line N: problem".
std::vector<std::string> Records(const std::string& text, TextEncoding encoding = TextEncoding::kUtf8,
                                 const CsvLimits& limits = CsvLimits()) {
  const awase::testing::TempDir folder;
  const std::string path = folder.Write("a.csv", text);
  std::vector<std::string> records;
  auto files = FindSourceFiles({path});
  EXPECT_TRUE(files.ok()) << files.status();
  const auto file = CsvFile::Open(files->front(), encoding, std::nullopt, CsvHeader::kFirstLine, limits);
  EXPECT_TRUE(file.ok()) << file.status();
  if (!file.ok()) return records;
  records.push_back(absl::StrJoin((*file)->header(), "|"));
  CsvBlock block;
  CsvRecords reader((*file)->dialect());
  for (;;) {
    const absl::StatusOr<bool> more = (*file)->NextBlock(&block);
    EXPECT_TRUE(more.ok()) << more.status();
    if (!more.value_or(false)) return records;
    reader.Start(block);
    for (CsvRecords::Outcome outcome = reader.Next(); outcome != CsvRecords::Outcome::kEnd; outcome = reader.Next()) {
      records.push_back(outcome == CsvRecords::Outcome::kRow
                            ? absl::StrJoin(reader.fields(), "|")
                            : absl::StrCat("line ", reader.line(), ": ", reader.problem()));
    }
  }
}

TEST(CsvFile, ReadsQuotedFieldsWithDelimitersQuotesAndLineEnds) {
  EXPECT_THAT(Records("a,b\n\"1,2\",\"say \"\"hi\"\"\"\n\"x\ny\",\"\"\n"),
              ElementsAre("a|b", "1,2|say \"hi\"", "x\ny|"));
}

TEST(CsvFile, ReadsTheLastLineWithoutALineEnd) { EXPECT_THAT(Records("a,b\n1,2"), ElementsAre("a|b", "1|2")); }

TEST(CsvFile, ReadsAQuotedFieldAtTheVeryEnd) { EXPECT_THAT(Records("a,b\n1,\"2\""), ElementsAre("a|b", "1|2")); }

TEST(CsvFile, TakesMixedLineEnds) {
  EXPECT_THAT(Records("a,b\r\n1,2\n3,\"4\"\r\n5,6\r\n"), ElementsAre("a|b", "1|2", "3|4", "5|6"));
}

TEST(CsvFile, TakesCarriageReturnsAsLineEnds) {
  EXPECT_THAT(Records("a,b\r1,2\r3,4\r"), ElementsAre("a|b", "1|2", "3|4"));
}

TEST(CsvFile, DropsAByteOrderMark) { EXPECT_THAT(Records("\xEF\xBB\xBF\"a\",b\n1,2\n"), ElementsAre("a|b", "1|2")); }

TEST(CsvFile, SkipsBlankLines) {
  EXPECT_THAT(Records("\n\na,b\n\n1,2\n  \n3,4\n\n"), ElementsAre("a|b", "1|2", "3|4"));
}

TEST(CsvFile, FindsTheDelimiterOutsideQuotes) {
  EXPECT_THAT(Records("\"a,b,c\";d\n1;2,5\n"), ElementsAre("a,b,c|d", "1|2,5"));
  EXPECT_THAT(Records("a\tb\n1\t2\n"), ElementsAre("a|b", "1|2"));
  EXPECT_THAT(Records("a|b\n1|2\n"), ElementsAre("a|b", "1|2"));
  EXPECT_THAT(Records("a\n1\n"), ElementsAre("a", "1"));
}

TEST(CsvFile, KeepsAQuoteInsideAnUnquotedField) {
  EXPECT_THAT(Records("a,b\n1,5\" pipe\n"), ElementsAre("a|b", "1|5\" pipe"));
}

TEST(CsvFile, NamesLinesThatDoNotFitTheHeader) {
  EXPECT_THAT(Records("a,b\n1\n1,2,3\n1,2,,\n4,5\n"), ElementsAre("a|b", "line 2: line has too few columns",
                                                                  "line 3: line has too many columns", "1|2", "4|5"));
}

TEST(CsvFile, LosesOneLineToAQuoteThatIsNeverClosed) {
  EXPECT_THAT(Records("a,b\n1,\"open\n2,x\n3,y\n"),
              ElementsAre("a|b", "line 2: line has a quote that is not closed", "2|x", "3|y"));
}

TEST(CsvFile, LosesOneLineToAQuoteThatIsNeverClosedInALargeFile) {
  std::string text = "a,b\n1,\"open\n";
  constexpr int kRows = 400'000;
  for (int i = 0; i < kRows; ++i) absl::StrAppend(&text, i, ",value\n");
  const std::vector<std::string> records = Records(text);
  ASSERT_EQ(records.size(), 2u + kRows);
  EXPECT_EQ(records[1], "line 2: line has a quote that is not closed");
  EXPECT_EQ(records[2], "0|value");
  EXPECT_EQ(records.back(), absl::StrCat(kRows - 1, "|value"));
}

TEST(CsvFile, LosesOneLineToTextBehindAClosingQuote) {
  EXPECT_THAT(Records("a,b\n\"2\"x,3\n4,5\n"),
              ElementsAre("a|b", "line 2: line has text behind a closing quote", "4|5"));
}

TEST(CsvFile, NamesInvalidUtf8) {
  EXPECT_THAT(Records("a,b\n1,\xFF\xFE\n2,\xC3\xA9\n"), ElementsAre("a|b", "line 2: line is no valid UTF-8", "2|é"));
}

TEST(CsvFile, CountsLinesThroughQuotedLineEnds) {
  EXPECT_THAT(Records("a,b\n\"1\n\n\",2\n3\n"), ElementsAre("a|b", "1\n\n|2", "line 5: line has too few columns"));
}

TEST(CsvFile, DropsALineWithoutEnd) {
  const std::string long_line(3 << 20, 'x');
  EXPECT_THAT(Records(absl::StrCat("a,b\n", long_line, "\n1,2\n")),
              ElementsAre("a|b", "line 2: line is too long", "1|2"));
}

TEST(CsvFile, KeepsFieldsOfManyKilobytesAcrossItsBuffer) {
  std::string text = "a,b\n";
  std::vector<std::string> wanted = {"a|b"};
  for (int i = 0; i < 200; ++i) {
    const std::string value(10'000 + static_cast<std::size_t>(i), static_cast<char>('a' + i % 26));
    absl::StrAppend(&text, i, ",\"", value, "\n\"\"\"\n");
    wanted.push_back(absl::StrCat(i, "|", value, "\n\""));
  }
  EXPECT_EQ(Records(text), wanted);
}

// What is written as RFC 4180 says is read back, wherever the reader's buffers end.
TEST(CsvFile, ReadsBackWhatIsWritten) {
  std::mt19937 random(11);
  const std::vector<std::string> pieces = {"a", "\"", ",", "\n", "\r\n", "é", "", " ", "longer text"};
  std::string text = "x,y,z\n";
  std::vector<std::string> wanted = {"x|y|z"};
  while (text.size() < (3u << 20)) {
    std::vector<std::string> fields(3);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      for (std::size_t n = random() % 12; n > 0; --n) fields[i] += pieces[random() % pieces.size()];
      absl::StrAppend(&text, "\"", absl::StrReplaceAll(fields[i], {{"\"", "\"\""}}), i == 2 ? "\"\n" : "\",");
    }
    wanted.push_back(absl::StrJoin(fields, "|"));
  }
  EXPECT_EQ(Records(text), wanted);
}

TEST(CsvFile, EndsWhateverTheBytesAre) {
  std::mt19937 random(13);
  constexpr absl::string_view kBytes = "a\"\",,\n\r\xC3\xA9\xFF;";
  for (int round = 0; round < 300; ++round) {
    std::string text = "h,i\n";
    for (std::size_t n = random() % 200; n > 0; --n) text.push_back(kBytes[random() % kBytes.size()]);
    EXPECT_GE(Records(text).size(), 1u);
  }
}

// Collects the records that one thread reads.
class Collector final : public RecordTaker {
 public:
  explicit Collector(std::map<std::uint64_t, std::string>* records) : records_(records) {}
  void TakeRecord(const CsvRecords& record) override {
    Put(record.line(), awase::testing::DescribeRecord(record.line(), record.fields()));
  }
  void TakeMalformed(const CsvRecords& record) override {
    Put(record.line(), awase::testing::DescribeMalformed(record.line(), record.problem()));
  }

 private:
  void Put(std::uint64_t line, std::string record) {
    const MutexLock lock(mutex_);
    records_->emplace(line, std::move(record));
  }
  static Mutex mutex_;
  std::map<std::uint64_t, std::string>* records_;
};
Mutex Collector::mutex_;

std::vector<std::string> RecordsInParallel(const awase::testing::TempDir& folder, const std::string& text,
                                           CsvHeader header, const CsvLimits& limits, std::size_t threads) {
  auto files = FindSourceFiles({folder.Write("a.csv", text)});
  EXPECT_TRUE(files.ok()) << files.status();
  const auto file = CsvFile::Open(files->front(), TextEncoding::kUtf8, ',', header, limits);
  if (!file.ok()) return {};
  std::map<std::uint64_t, std::string> records;
  std::deque<Collector> collectors;
  std::vector<RecordTaker*> takers;
  for (std::size_t i = 0; i < threads; ++i) takers.push_back(&collectors.emplace_back(&records));
  const ingest::ReadOptions options;
  ReadMeter meter(options);
  AWASE_EXPECT_OK(ReadRecords(file->get(), takers, &meter, [] { return -1.0; }));
  std::vector<std::string> all;
  if (header == CsvHeader::kFirstLine) {
    all.push_back(awase::testing::DescribeRecord(
        0, std::vector<absl::string_view>((*file)->header().begin(), (*file)->header().end())));
  }
  for (auto& [line, record] : records) all.push_back(std::move(record));
  return all;
}

// Lines of a dump, most of them good, with all that can be wrong with them.
std::string RandomText(std::mt19937* random, bool many_quotes) {
  const std::vector<std::string> pieces = {"1,2,3",
                                           "\"a,b\",c,d",
                                           "x,\"y\nz\",w",
                                           "5\" pipe,1,2",
                                           "1,2",
                                           "1,2,3,4",
                                           "1,2,3,,",
                                           "",
                                           " ",
                                           "\"",
                                           "\"open,1,2",
                                           "\"a\"b,c,d",
                                           "\"\"\"\",\"\",q",
                                           "\xFF,1,2",
                                           "é,日本,😀",
                                           std::string(70, 'w') + ",1,2",
                                           "a,\"" + std::string(90, 'q') + "\",b"};
  const std::vector<std::string> ends = {"\n", "\n", "\n", "\r\n", "\r", ""};
  std::string text = (*random)() % 8 == 0 ? "a,b,c\r" : "a,b,c\n";
  for (std::size_t lines = (*random)() % 60; lines > 0; --lines) {
    const bool good = !many_quotes && (*random)() % 4 != 0;
    text += good ? pieces[0] : pieces[(*random)() % pieces.size()];
    text += good ? ends[0] : ends[(*random)() % ends.size()];
  }
  return text;
}

TEST(CsvFile, ReadsInBlocksWhatThePlainReferenceReads) {
  const awase::testing::TempDir folder;
  std::mt19937 random(17);
  for (int round = 0; round < 1'000; ++round) {
    const std::string text = RandomText(&random, round % 2 == 0);
    awase::testing::ReferenceCsvOptions options;
    options.has_header = random() % 4 != 0;
    options.max_record_bytes = random() % 3 == 0 ? 1 + random() % 100 : 2 << 20;
    CsvLimits limits;
    limits.block_bytes = 1 + random() % 200;
    limits.max_record_bytes = options.max_record_bytes;
    const std::size_t threads = round % 10 == 0 ? 3 : 1;
    EXPECT_EQ(
        RecordsInParallel(folder, text, options.has_header ? CsvHeader::kFirstLine : CsvHeader::kNone, limits, threads),
        awase::testing::ReferenceRecords(text, options))
        << "block_bytes " << limits.block_bytes << ", max_record_bytes " << limits.max_record_bytes << ", text:\n"
        << text;
  }
}

TEST(CsvFile, ReadsInLargeBlocksWhatThePlainReferenceReads) {
  const awase::testing::TempDir folder;
  std::mt19937 random(19);
  std::string text = "a,b,c\n";
  // Over the limit of a record, so that quotes and lines without end are among them.
  while (text.size() < (9u << 20)) {
    text += RandomText(&random, random() % 20 == 0).substr(6);
    if (random() % 400 == 0) text += "1,\"" + std::string(random() % (3u << 20), 'x');
  }
  const std::vector<std::string> wanted = awase::testing::ReferenceRecords(text, {});
  for (const std::size_t threads : {1, 2, 8}) {
    EXPECT_TRUE(RecordsInParallel(folder, text, CsvHeader::kFirstLine, CsvLimits(), threads) == wanted) << threads;
  }
}

TEST(CsvFile, ReadsLatin1AndUtf16) {
  EXPECT_THAT(Records("a,b\n1,\xE9\n", TextEncoding::kLatin1), ElementsAre("a|b", "1|é"));
  const std::string little(
      "\xFF\xFE"
      "a\0,\0b\0\n\0\xE9\0,\0\x3D\xD8\x00\xDE\n\0",
      20);
  EXPECT_THAT(Records(little), ElementsAre("a|b", "é|😀"));
  const std::string big(
      "\xFE\xFF\0a\0,\0b\0\n\0"
      "1\0,\0"
      "2",
      16);
  EXPECT_THAT(Records(big), ElementsAre("a|b", "1|2"));
}

TEST(CsvFile, RefusesAFileOfBlankLines) {
  const awase::testing::TempDir folder;
  auto files = FindSourceFiles({folder.Write("a.csv", "\n \n")});
  AWASE_ASSERT_OK(files);
  EXPECT_THAT(CsvFile::Open(files->front(), TextEncoding::kUtf8, std::nullopt, CsvHeader::kFirstLine),
              awase::testing::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("is empty")));
}

}  // namespace
}  // namespace awase::ingest_internal

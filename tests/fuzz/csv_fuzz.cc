// Any bytes as a delimited file: read in tiny blocks it gives what the plain reference gives, to the last line number.
// The first three bytes choose the form, the size of the blocks and the longest record.

#include <unistd.h>  // getpid

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "ingest/internal/csv_file.h"
#include "tests/testing/reference_csv.h"

namespace {

using awase::ingest_internal::CsvBlock;
using awase::ingest_internal::CsvFile;
using awase::ingest_internal::CsvHeader;
using awase::ingest_internal::CsvLimits;
using awase::ingest_internal::CsvRecords;
using awase::testing::DescribeMalformed;
using awase::testing::DescribeRecord;

void Check(bool holds, const std::string& what) {
  if (holds) return;
  std::cerr << "does not hold: " << what << "\n";
  std::abort();
}

// Removed with the process.
const std::string& InputPath() {
  struct File {
    std::string path = (std::filesystem::temp_directory_path() / absl::StrCat("awase-csv-fuzz-", getpid())).string();
    ~File() { std::filesystem::remove(path); }
  };
  static const File file;
  return file.path;
}

std::vector<std::string> RecordsInBlocks(const std::string& text, char delimiter, CsvHeader header,
                                         const CsvLimits& limits) {
  Check(awase::WriteFile(InputPath(), text).ok(), "the input can be written");
  awase::ingest_internal::SourceFile source;
  source.path = InputPath();
  source.bytes = text.size();
  const auto file = CsvFile::Open(source, awase::ingest_internal::TextEncoding::kUtf8, delimiter, header, limits);
  if (!file.ok()) return {};
  std::vector<std::string> records;
  if (header == CsvHeader::kFirstLine) {
    records.push_back(
        DescribeRecord(0, std::vector<absl::string_view>((*file)->header().begin(), (*file)->header().end())));
  }
  CsvBlock block;
  CsvRecords reader((*file)->dialect());
  for (;;) {
    const absl::StatusOr<bool> more = (*file)->NextBlock(&block);
    Check(more.ok(), "a plain file can be read");
    if (!*more) return records;
    reader.Start(block);
    for (CsvRecords::Outcome outcome = reader.Next(); outcome != CsvRecords::Outcome::kEnd; outcome = reader.Next()) {
      records.push_back(outcome == CsvRecords::Outcome::kRow ? DescribeRecord(reader.line(), reader.fields())
                                                             : DescribeMalformed(reader.line(), reader.problem()));
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const std::string text(reinterpret_cast<const char*>(data + 3), size - 3);
  // Another encoding is another text.
  if (absl::StartsWith(text, "\xFF\xFE") || absl::StartsWith(text, "\xFE\xFF")) return 0;
  awase::testing::ReferenceCsvOptions options;
  options.delimiter = ",;\t "[data[0] % 4];
  options.has_header = (data[0] & 4) == 0;
  options.max_record_bytes = 1U + data[2];
  CsvLimits limits;
  limits.block_bytes = 1U + data[1];
  limits.max_record_bytes = options.max_record_bytes;
  const std::string wanted_text = absl::StartsWith(text, "\xEF\xBB\xBF") ? text.substr(3) : text;
  if (options.has_header && awase::ingest_internal::Utf16WithoutMark(wanted_text).has_value()) return 0;  // refused
  const std::vector<std::string> wanted = awase::testing::ReferenceRecords(wanted_text, options);
  const std::vector<std::string> read =
      RecordsInBlocks(text, options.delimiter, options.has_header ? CsvHeader::kFirstLine : CsvHeader::kNone, limits);
  for (std::size_t i = 0; i < std::min(read.size(), wanted.size()); ++i) {
    Check(read[i] == wanted[i], absl::StrCat("record ", i, " is ", wanted[i], ", not ", read[i]));
  }
  Check(read.size() == wanted.size(), absl::StrCat("there are ", wanted.size(), " records, not ", read.size()));
  return 0;
}

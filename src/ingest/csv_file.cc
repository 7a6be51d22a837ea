#include "ingest/internal/csv_file.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"
#include "awase/base/utf8.h"
#include "ingest/internal/quoted_lines.h"

// Why not DuckDB's read_csv: a field whose quote is never closed makes it give up the rest of the file as one rejected
// line (measured with 1.4.4: one such line in a million lost 743,000 rows), and a file that mixes \n and \r\n is
// refused. Counting every line that cannot be used is worth more.
//
// How a file is cut: a line without any quote is a record, or malformed, by itself, so text up to the line of the next
// quote may be cut at any line end. So are lines in which all quotes are where they belong. Elsewhere the scanner
// decides, record by record, because a quote may be a character like any other, and a malformed record gives up its
// first line only: the next one starts in what seemed to be its middle. What the scanner finds malformed here is passed
// on, since the reason may lie behind the cut; all else a block's reader finds by itself. The work under the mutex is
// bringing the bytes and these searches; which thread gets a block makes no difference. Tested by csv_file_test.cc,
// against a plain reader of whole texts, and by csv_fuzz.cc.

namespace awase::ingest_internal {
namespace {

constexpr std::array<char, 4> kDelimiters = {',', '\t', ';', '|'};

// The delimiter that occurs most in `line` outside quotes; the first of kDelimiters at a tie or when there is none.
char GuessDelimiter(absl::string_view line) {
  std::array<std::size_t, kDelimiters.size()> counts{};
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    for (std::size_t i = 0; i < kDelimiters.size(); ++i) counts[i] += !quoted && c == kDelimiters[i] ? 1 : 0;
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  return kDelimiters[static_cast<std::size_t>(most - counts.begin())];
}

absl::Status CheckNoUtf16(absl::string_view text, const SourceFile& file) {
  const std::optional<TextEncoding> found = Utf16WithoutMark(text);
  if (!found.has_value()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      file.path, " seems to be UTF-16 without a byte order mark: ",
      *found == TextEncoding::kUtf16Little
          ? absl::StrCat("say so in a dataset map (--dataset map.yaml): ", file.table, ": {encoding: utf-16}")
          : "convert it (iconv -f UTF-16BE -t UTF-8)"));
}

}  // namespace

absl::StatusOr<std::unique_ptr<CsvFile>> CsvFile::Open(const SourceFile& file, TextEncoding encoding,
                                                       std::optional<char> delimiter, CsvHeader header,
                                                       const CsvLimits& limits) {
  AWASE_ASSIGN_OR_RETURN(std::unique_ptr<TextSource> source, TextSource::Open(file, encoding));
  std::unique_ptr<CsvFile> csv(new CsvFile(std::move(source), limits));
  const MutexLock lock(csv->mutex_);
  if (header == CsvHeader::kNone) {
    csv->dialect_.delimiter = delimiter.value_or(',');
    csv->dialect_.one_line_records = true;
  } else {
    AWASE_RETURN_IF_ERROR(csv->ReadFirstLine(file, delimiter));
    AWASE_RETURN_IF_ERROR(csv->ReadHeaderRecord(file));
  }
  AWASE_RETURN_IF_ERROR(csv->ReadUpTo(limits.block_bytes));
  csv->is_small_ = csv->at_end_;
  csv->scanner_.emplace(csv->dialect_);
  return csv;
}

// Settles how lines end and what separates fields.
absl::Status CsvFile::ReadFirstLine(const SourceFile& file, std::optional<char> delimiter) {
  AWASE_RETURN_IF_ERROR(ReadUpTo(kLeastUtf16));
  AWASE_RETURN_IF_ERROR(CheckNoUtf16(pending_, file));
  std::size_t start = std::string::npos;
  std::size_t end = std::string::npos;
  for (std::size_t bytes = block_bytes_; end == std::string::npos; bytes = 2 * pending_.size() + block_bytes_) {
    AWASE_RETURN_IF_ERROR(ReadUpTo(bytes));
    const absl::string_view window = absl::string_view(pending_).substr(0, dialect_.max_record_bytes);
    start = window.find_first_not_of(" \t\r\n");
    if (start != std::string::npos) end = window.find('\n', start);
    if (at_end_ || window.size() == dialect_.max_record_bytes) break;
  }
  if (start == std::string::npos) {
    return absl::InvalidArgumentError(absl::StrCat(
        file.path, " is empty: want at least a header line (orders: order_id, product_id; products: product_id)"));
  }
  absl::string_view line = absl::string_view(pending_).substr(0, dialect_.max_record_bytes).substr(start);
  if (end == std::string::npos && absl::StrContains(line, '\r')) {
    dialect_.line_end = '\r';
    end = pending_.find('\r', start);
  }
  if (end != std::string::npos) line = line.substr(0, end - start);
  dialect_.delimiter = delimiter.value_or(GuessDelimiter(line));
  return absl::OkStatus();
}

absl::Status CsvFile::ReadHeaderRecord(const SourceFile& file) {
  RecordScanner scanner(dialect_);
  for (std::size_t position = 0; position < pending_.size() || !at_end_;) {
    scanner.Start(pending_, at_end_, /*is_utf8=*/false);
    switch (position == pending_.size() ? RecordScanner::Outcome::kNeedMore : scanner.Scan(position)) {
      case RecordScanner::Outcome::kNeedMore:
        AWASE_RETURN_IF_ERROR(ReadUpTo(2 * pending_.size() + block_bytes_));
        break;
      case RecordScanner::Outcome::kBlank:
        position = scanner.end();
        break;
      case RecordScanner::Outcome::kMalformed:
        return absl::InvalidArgumentError(
            absl::StrCat(file.path, ": the header cannot be read: ", scanner.problem(),
                         scanner.problem() == kLineIsNoUtf8 ? "; " + EncodingAdvice(file.table) : ""));
      case RecordScanner::Outcome::kRecord:
        for (const absl::string_view name : scanner.fields()) header_.emplace_back(name);
        dialect_.columns = header_.size();
        next_line_ += CountByte(absl::string_view(pending_).substr(0, scanner.end()), dialect_.line_end);
        pending_.erase(0, scanner.end());
        return absl::OkStatus();
    }
  }
  return absl::InvalidArgumentError(absl::StrCat(file.path, ": the header cannot be read: there is none"));
}

// Reads until pending_ has so many bytes or the file ends.
absl::Status CsvFile::ReadUpTo(std::size_t bytes) {
  while (!at_end_ && pending_.size() < bytes) {
    AWASE_ASSIGN_OR_RETURN(const bool more, source_->ReadSome(bytes - pending_.size(), &pending_));
    at_end_ = !more;
  }
  raw_bytes_read_.store(source_->raw_bytes_read(), std::memory_order_relaxed);
  return absl::OkStatus();
}

// Drops a line that was given up, however long it is.
absl::Status CsvFile::SkipRestOfLine() {
  for (;;) {
    const std::size_t end = pending_.find(dialect_.line_end);
    if (end != std::string::npos) {
      pending_.erase(0, end + 1);
      ++next_line_;
      break;
    }
    pending_.clear();
    if (at_end_) break;
    AWASE_RETURN_IF_ERROR(ReadUpTo(block_bytes_));
  }
  skips_line_ = false;
  return absl::OkStatus();
}

absl::StatusOr<bool> CsvFile::NextBlock(CsvBlock* block) {
  const MutexLock lock(mutex_);
  if (status_.ok()) status_ = FillBlock(block);
  if (!status_.ok()) return status_;
  return !block->text.empty() || !block->malformed.empty();
}

absl::Status CsvFile::FillBlock(CsvBlock* block) {
  block->malformed.clear();
  if (skips_line_) AWASE_RETURN_IF_ERROR(SkipRestOfLine());
  for (std::size_t bytes = block_bytes_;; bytes = 2 * pending_.size() + block_bytes_) {
    AWASE_RETURN_IF_ERROR(ReadUpTo(bytes));
    const std::size_t cut = FindCut(&block->malformed);
    if (cut == 0 && block->malformed.empty() && !at_end_) continue;
    TakeFront(cut, block);
    return absl::OkStatus();
  }
}

// The end of the last record in pending_ that is whole; notes the records with quotes that are malformed.
std::size_t CsvFile::FindCut(std::vector<CsvBlock::Malformed>* malformed) {
  const absl::string_view text = pending_;
  scanner_->Start(text, at_end_, /*is_utf8=*/false);
  for (std::size_t position = 0;;) {
    const std::size_t quote = text.find('"', position);
    if (quote == absl::string_view::npos && at_end_) return text.size();
    const absl::string_view plain = text.substr(position, quote == absl::string_view::npos ? quote : quote - position);
    const std::size_t last_end = plain.rfind(dialect_.line_end);
    if (last_end != absl::string_view::npos) position += last_end + 1;
    if (quote == absl::string_view::npos && text.size() - position <= dialect_.max_record_bytes) return position;
    const std::size_t end = EndOfQuotedLines(text, position, dialect_);
    if (end > position) {
      position = end;
      continue;
    }
    switch (scanner_->Scan(position)) {
      case RecordScanner::Outcome::kNeedMore:
        return position;
      case RecordScanner::Outcome::kMalformed: {
        malformed->push_back({position, scanner_->problem()});
        const std::size_t line_end = text.find(dialect_.line_end, position);
        skips_line_ = line_end == absl::string_view::npos;
        if (skips_line_) return position;
        position = line_end + 1;
        break;
      }
      case RecordScanner::Outcome::kBlank:
      case RecordScanner::Outcome::kRecord:
        position = scanner_->end();
        break;
    }
  }
}

void CsvFile::TakeFront(std::size_t cut, CsvBlock* block) {
  // The block's last buffer becomes the next pending_, so that buffers are made once.
  block->text.swap(pending_);
  pending_.assign(block->text, cut);
  block->text.resize(cut);
  block->first_line = next_line_;
  next_line_ += CountByte(block->text, dialect_.line_end);
}

std::string CsvFile::HexDigest() {
  const MutexLock lock(mutex_);
  return source_->HexDigest();
}

void CsvRecords::Start(const CsvBlock& block) {
  block_ = &block;
  position_ = 0;
  next_malformed_ = 0;
  next_line_ = block.first_line;
  // Checked as a whole: where all of it is valid, and that is nearly always, no record needs a look of its own.
  scanner_.Start(block.text, /*text_ends=*/true, IsValidUtf8(block.text));
}

CsvRecords::Outcome CsvRecords::GiveUpLine(absl::string_view problem) {
  problem_ = problem;
  const std::size_t end = block_->text.find(line_end_, position_);
  position_ = end == std::string::npos ? block_->text.size() : end + 1;
  ++next_line_;
  return Outcome::kMalformed;
}

CsvRecords::Outcome CsvRecords::Next() {
  const std::vector<CsvBlock::Malformed>& malformed = block_->malformed;
  for (;;) {
    line_ = next_line_;
    if (next_malformed_ < malformed.size() && malformed[next_malformed_].offset == position_) {
      return GiveUpLine(malformed[next_malformed_++].problem);
    }
    if (position_ == block_->text.size()) return Outcome::kEnd;
    const RecordScanner::Outcome outcome = scanner_.Scan(position_);
    if (outcome == RecordScanner::Outcome::kMalformed) return GiveUpLine(scanner_.problem());
    const absl::string_view record = absl::string_view(block_->text).substr(position_, scanner_.end() - position_);
    next_line_ += scanner_.has_quotes() ? CountByte(record, line_end_) : 1;
    position_ = scanner_.end();
    if (outcome == RecordScanner::Outcome::kRecord) return Outcome::kRow;
  }
}

}  // namespace awase::ingest_internal

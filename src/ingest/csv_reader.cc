#include "ingest/internal/csv_reader.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"

// Why not DuckDB's read_csv: it is faster on many cores, but a field whose quote is never closed makes it give up the
// rest of the file as one rejected line (measured with 1.4.4: one such line in a million lost 743,000 rows), and a file
// that mixes \n and \r\n is refused. Counting every line that cannot be used is worth more than the cores, since the
// numbering of ids behind it is serial anyway.
//
// A record is scanned in place. When it turns out malformed, only its first line is given up and scanning goes on at
// the second: a stray quote then costs one line unless a later quote closes it by chance. A record longer than
// kMaxRecordBytes is taken for such a runaway quote. Quoted fields are unescaped after the record is known to be whole,
// because unescaping moves bytes. Tested by csv_reader_test.cc.

namespace awase::ingest_internal {
namespace {

// Far above any real record, far below what would be noticed in memory.
constexpr std::size_t kMaxRecordBytes = 2 << 20;

constexpr std::array<char, 4> kDelimiters = {',', '\t', ';', '|'};

bool IsBlank(absl::string_view text) { return text.find_first_not_of(" \t\r\n") == absl::string_view::npos; }

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

}  // namespace

absl::StatusOr<std::unique_ptr<CsvReader>> CsvReader::Open(const SourceFile& file, TextEncoding encoding,
                                                           std::optional<char> delimiter, bool has_header) {
  AWASE_ASSIGN_OR_RETURN(std::unique_ptr<TextSource> source, TextSource::Open(file, encoding));
  std::unique_ptr<CsvReader> reader(new CsvReader(std::move(source), has_header));
  if (has_header) {
    AWASE_RETURN_IF_ERROR(reader->ReadHeader(file.path, delimiter));
  } else {
    AWASE_RETURN_IF_ERROR(reader->FillWindow());
    reader->delimiter_ = delimiter.value_or(',');
  }
  return reader;
}

absl::Status CsvReader::ReadHeader(const std::string& path, std::optional<char> delimiter) {
  AWASE_RETURN_IF_ERROR(FillWindow());
  const std::size_t start = buffer_.find_first_not_of(" \t\r\n");
  if (start == std::string::npos) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, " is empty: want at least a header line (orders: order_id, product_id; products: product_id)"));
  }
  std::size_t end = buffer_.find('\n', start);
  if (end == std::string::npos && buffer_.find('\r', start) != std::string::npos) {
    line_end_ = '\r';
    end = buffer_.find('\r', start);
  }
  const absl::string_view first_line =
      absl::string_view(buffer_).substr(start, end == std::string::npos ? end : end - start);
  delimiter_ = delimiter.value_or(GuessDelimiter(first_line));
  AWASE_ASSIGN_OR_RETURN(const Outcome outcome, Next());
  if (outcome != Outcome::kRow) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": the header cannot be read: ", outcome == Outcome::kEnd ? "there is none" : problem_));
  }
  for (const absl::string_view name : fields_) header_.emplace_back(name);
  return absl::OkStatus();
}

// So that the header line and its line end are seen whole.
absl::Status CsvReader::FillWindow() {
  while (!at_end_ && buffer_.size() < kMaxRecordBytes && buffer_.find('\n') == std::string::npos) {
    AWASE_RETURN_IF_ERROR(Refill());
  }
  return absl::OkStatus();
}

absl::Status CsvReader::Refill() {
  buffer_.erase(0, position_);
  position_ = 0;
  AWASE_ASSIGN_OR_RETURN(const bool more, source_->ReadSome(&buffer_));
  at_end_ = !more;
  return absl::OkStatus();
}

// Goes behind the end of the line at position_, however far that is.
absl::Status CsvReader::SkipLine() {
  for (;;) {
    const std::size_t end = buffer_.find(line_end_, position_);
    if (end != std::string::npos) {
      position_ = end + 1;
      break;
    }
    position_ = buffer_.size();
    if (at_end_) break;
    AWASE_RETURN_IF_ERROR(Refill());
  }
  ++next_line_;
  return absl::OkStatus();
}

absl::StatusOr<CsvReader::Outcome> CsvReader::Next() {
  for (;;) {
    if (position_ == buffer_.size()) {
      if (at_end_) return Outcome::kEnd;
      AWASE_RETURN_IF_ERROR(Refill());
      continue;
    }
    Scan scan = ScanRecord();
    if (scan == Scan::kNeedMore && buffer_.size() - position_ < kMaxRecordBytes) {
      AWASE_RETURN_IF_ERROR(Refill());
      continue;
    }
    if (scan == Scan::kNeedMore)
      scan = Malformed(has_quotes_ ? "line has a quote that is not closed" : "line is too long");
    line_ = next_line_;
    const bool is_blank = raw_fields_.size() <= 1 && scan == Scan::kComplete && !has_quotes_ &&
                          IsBlank(absl::string_view(buffer_).substr(position_, record_end_ - position_));
    if (scan == Scan::kComplete && !is_blank && !SettleFields()) scan = Scan::kMalformed;
    if (scan == Scan::kMalformed) {
      AWASE_RETURN_IF_ERROR(SkipLine());
      return Outcome::kMalformed;
    }
    next_line_ += has_quotes_ ? CountLines(absl::string_view(buffer_).substr(position_, record_end_ - position_)) : 1;
    position_ = record_end_;
    if (!is_blank) return Outcome::kRow;
  }
}

std::uint64_t CsvReader::CountLines(absl::string_view record) const {
  return static_cast<std::uint64_t>(std::count(record.begin(), record.end(), line_end_));
}

CsvReader::Scan CsvReader::Malformed(absl::string_view problem) {
  problem_ = problem;
  return Scan::kMalformed;
}

CsvReader::Scan CsvReader::ScanRecord() {
  raw_fields_.clear();
  has_quotes_ = false;
  std::size_t position = position_;
  for (bool record_ends = false; !record_ends;) {
    const bool quoted = position < buffer_.size() && buffer_[position] == '"';
    const Scan scan = quoted ? ScanQuoted(&position, &record_ends) : ScanPlain(&position, &record_ends);
    if (scan != Scan::kComplete) return scan;
  }
  record_end_ = position;
  return Scan::kComplete;
}

CsvReader::Scan CsvReader::ScanPlain(std::size_t* position, bool* record_ends) {
  const char* const begin = buffer_.data() + *position;
  const char* const end = buffer_.data() + buffer_.size();
  const char* at = begin;
  while (at != end && *at != delimiter_ && *at != line_end_) ++at;
  if (at == end && !at_end_) return Scan::kNeedMore;
  *record_ends = at == end || *at == line_end_;
  const char* field_end = at;
  if (*record_ends && field_end != begin && field_end[-1] == '\r') --field_end;
  const auto size = static_cast<std::size_t>(field_end - begin);
  raw_fields_.push_back({*position, *position + size, false});
  *position += static_cast<std::size_t>(at - begin) + (at == end ? 0 : 1);
  return Scan::kComplete;
}

CsvReader::Scan CsvReader::ScanQuoted(std::size_t* position, bool* record_ends) {
  has_quotes_ = true;
  RawField field{*position + 1, 0, false};
  std::size_t at = field.begin;
  for (;;) {
    at = buffer_.find('"', at);
    if (at == std::string::npos) return at_end_ ? Malformed("line has a quote that is not closed") : Scan::kNeedMore;
    if (at + 1 == buffer_.size() && !at_end_) return Scan::kNeedMore;
    if (at + 1 == buffer_.size() || buffer_[at + 1] != '"') break;
    field.has_escapes = true;
    at += 2;
  }
  if (!has_header_ && std::find(buffer_.begin() + static_cast<std::ptrdiff_t>(field.begin),
                                buffer_.begin() + static_cast<std::ptrdiff_t>(at),
                                line_end_) != buffer_.begin() + static_cast<std::ptrdiff_t>(at)) {
    return Malformed("line has a quote that is not closed");
  }
  field.end = at++;
  while (at < buffer_.size() && buffer_[at] != delimiter_ && (buffer_[at] == ' ' || buffer_[at] == '\t')) ++at;
  if (at < buffer_.size() && buffer_[at] == '\r' && line_end_ == '\n') ++at;
  if (at == buffer_.size() && !at_end_) return Scan::kNeedMore;
  const bool ends = at == buffer_.size() || buffer_[at] == line_end_;
  if (!ends && (buffer_[at] != delimiter_ || buffer_[at - 1] == '\r')) {
    return Malformed("line has text behind a closing quote");
  }
  raw_fields_.push_back(field);
  *record_ends = ends;
  *position = at + (at == buffer_.size() ? 0 : 1);
  return Scan::kComplete;
}

// Turns raw_fields_ into fields_; false when the record does not fit the header or is no UTF-8.
bool CsvReader::SettleFields() {
  const bool checks_count = has_header_ && !header_.empty();
  if (!IsValidUtf8(absl::string_view(buffer_).substr(position_, record_end_ - position_))) {
    problem_ = "line is no valid UTF-8";
    return false;
  }
  if (checks_count && raw_fields_.size() < header_.size()) {
    problem_ = "line has too few columns";
    return false;
  }
  while (checks_count && raw_fields_.size() > header_.size()) {
    if (raw_fields_.back().begin < raw_fields_.back().end) {
      problem_ = "line has too many columns";
      return false;
    }
    raw_fields_.pop_back();
  }
  fields_.clear();
  for (RawField& field : raw_fields_) {
    if (field.has_escapes) {
      std::size_t to = field.begin;
      for (std::size_t from = field.begin; from < field.end; ++from, ++to) {
        buffer_[to] = buffer_[from];
        if (buffer_[from] == '"') ++from;
      }
      field.end = to;
    }
    fields_.push_back(absl::string_view(buffer_).substr(field.begin, field.end - field.begin));
  }
  return true;
}

}  // namespace awase::ingest_internal

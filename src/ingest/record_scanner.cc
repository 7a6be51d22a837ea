#include "ingest/internal/record_scanner.h"

#include <algorithm>
#include <cstring>

#include "awase/base/utf8.h"
#include "ingest/internal/text_encoding.h"

namespace awase::ingest_internal {
namespace {

constexpr absl::string_view kOpenQuote = "line has a quote that is not closed";

bool IsBlank(absl::string_view text) { return text.find_first_not_of(" \t\r\n") == absl::string_view::npos; }

}  // namespace

void RecordScanner::Start(absl::string_view text, bool text_ends, bool is_utf8) {
  text_ = text;
  text_ends_ = text_ends;
  is_utf8_ = is_utf8;
  cursor_ = SeparatorCursor(text, dialect_.delimiter, dialect_.line_end);
}

RecordScanner::Outcome RecordScanner::Malformed(absl::string_view problem) {
  problem_ = problem;
  return Outcome::kMalformed;
}

RecordScanner::Outcome RecordScanner::Undecided() {
  if (limit_ == text_.size()) return Outcome::kNeedMore;
  return Malformed(has_quotes_ ? kOpenQuote : "line is too long");
}

RecordScanner::Outcome RecordScanner::Scan(std::size_t begin) {
  begin_ = begin;
  limit_ = std::min(text_.size(), begin + dialect_.max_record_bytes);
  has_quotes_ = false;
  field_count_ = 0;
  const absl::string_view text = text_;
  SeparatorCursor cursor = cursor_;  // here the compiler can keep it in registers
  std::size_t at = begin;
  for (bool record_ends = false; !record_ends;) {
    if (at < limit_ && text[at] == '"') {
      const Outcome outcome = ScanQuoted(&at, &record_ends);
      if (outcome != Outcome::kRecord) return outcome;
      continue;
    }
    const std::size_t stop = cursor.Find(at);
    if (stop >= limit_ && !ReachesEnd()) return Undecided();
    record_ends = stop == text.size() || text[stop] == dialect_.line_end;
    AddField(at, record_ends && stop > at && text[stop - 1] == '\r' ? stop - 1 : stop);
    at = stop + (stop == text.size() ? 0 : 1);
  }
  cursor_ = cursor;
  end_ = at;
  return Settle();
}

// A quoted field; `position` goes from its quote behind the byte that ends it.
RecordScanner::Outcome RecordScanner::ScanQuoted(std::size_t* position, bool* record_ends) {
  if (!has_quotes_) escaped_.clear();
  has_quotes_ = true;
  const std::size_t begin = *position + 1;
  const absl::string_view window = text_.substr(0, limit_);
  std::size_t at = begin;
  bool has_escapes = false;
  for (;;) {
    at = window.find('"', at);
    if (at == absl::string_view::npos) return ReachesEnd() ? Malformed(kOpenQuote) : Undecided();
    if (at + 1 == limit_ && !ReachesEnd()) return Undecided();
    if (at + 1 == limit_ || window[at + 1] != '"') break;
    has_escapes = true;
    at += 2;
  }
  const std::size_t end = at;
  if (dialect_.one_line_records &&
      window.substr(begin, end - begin).find(dialect_.line_end) != absl::string_view::npos) {
    return Malformed(kOpenQuote);
  }
  ++at;
  while (at < limit_ && window[at] != dialect_.delimiter && (window[at] == ' ' || window[at] == '\t')) ++at;
  if (at < limit_ && window[at] == '\r' && dialect_.line_end == '\n') ++at;
  if (at == limit_ && !ReachesEnd()) return Undecided();
  const bool ends = at == limit_ || window[at] == dialect_.line_end;
  if (!ends && (window[at] != dialect_.delimiter || window[at - 1] == '\r')) {
    return Malformed("line has text behind a closing quote");
  }
  if (has_escapes) escaped_.push_back(field_count_);
  AddField(begin, end);
  *record_ends = ends;
  *position = at + (at == limit_ ? 0 : 1);
  return Outcome::kRecord;
}

// Says whether the fields found are a record of this file.
RecordScanner::Outcome RecordScanner::Settle() {
  const absl::string_view record = text_.substr(begin_, end_ - begin_);
  if (field_count_ == 1 && !has_quotes_ && IsBlank(record)) return Outcome::kBlank;
  if (!is_utf8_ && !IsValidUtf8(record)) return Malformed(kLineIsNoUtf8);
  if (dialect_.columns != 0 && field_count_ != dialect_.columns) {
    if (field_count_ < dialect_.columns) return Malformed("line has too few columns");
    for (; field_count_ > dialect_.columns; --field_count_) {
      if (!fields_[field_count_ - 1].empty()) return Malformed("line has too many columns");
    }
  }
  if (has_quotes_ && !escaped_.empty()) Unescape();
  return Outcome::kRecord;
}

void RecordScanner::Unescape() {
  unescaped_.clear();
  unescaped_.reserve(end_ - begin_);  // the views below must stay
  for (const std::size_t i : escaped_) {
    const absl::string_view field = fields_[i];
    const std::size_t start = unescaped_.size();
    for (std::size_t at = 0; at < field.size(); ++at) {
      unescaped_.push_back(field[at]);
      if (field[at] == '"') ++at;
    }
    fields_[i] = absl::string_view(unescaped_).substr(start);
  }
}

}  // namespace awase::ingest_internal

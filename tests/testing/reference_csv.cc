#include "tests/testing/reference_csv.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/base/utf8.h"

namespace awase::testing {
namespace {

struct Parsed {
  std::vector<std::string> fields;
  std::size_t end = 0;  // behind the line end
  std::string problem;  // empty = a record, or a blank line
  bool is_blank = false;
};

class Reader {
 public:
  Reader(absl::string_view text, const ReferenceCsvOptions& options) : text_(text), options_(options) {}

  std::vector<std::string> Read() {
    std::size_t at = 0;
    if (options_.has_header && !ReadHeader(&at)) return {};
    while (at < text_.size()) {
      const std::size_t line = LineOf(at);
      const Parsed parsed = Parse(at);
      if (!parsed.problem.empty()) {
        Put(DescribeMalformed(line, parsed.problem));
        while (at < text_.size() && text_[at] != line_end_) ++at;
        ++at;
        continue;
      }
      if (!parsed.is_blank) PutFields(line, parsed);
      at = parsed.end;
    }
    return std::move(records_);
  }

 private:
  bool ReadHeader(std::size_t* at) {
    const absl::string_view window = text_.substr(0, options_.max_record_bytes);
    const std::size_t start = window.find_first_not_of(" \t\r\n");
    if (start == absl::string_view::npos) return false;
    const absl::string_view rest = window.substr(start);
    if (rest.find('\n') == absl::string_view::npos && rest.find('\r') != absl::string_view::npos) line_end_ = '\r';
    Parsed header;
    header.is_blank = true;
    while (header.is_blank && *at < text_.size()) {
      header = Parse(*at);
      *at = header.end;
    }
    if (header.is_blank || !header.problem.empty()) return false;
    PutFields(0, header);
    columns_ = header.fields.size();
    return true;
  }

  // REQUIRES: `at` only grows.
  std::size_t LineOf(std::size_t at) {
    for (; counted_ < at; ++counted_) line_ += text_[counted_] == line_end_ ? 1 : 0;
    return line_;
  }

  void Put(std::string record) { records_.push_back(std::move(record)); }
  void PutFields(std::size_t line, const Parsed& parsed) {
    Put(DescribeRecord(line, std::vector<absl::string_view>(parsed.fields.begin(), parsed.fields.end())));
  }

  // The record that starts at `begin`.
  Parsed Parse(std::size_t begin) const {
    Parsed parsed;
    const absl::string_view window = text_.substr(0, begin + options_.max_record_bytes);
    const bool whole = window.size() == text_.size();
    bool quoted = false;
    std::size_t at = begin;
    for (bool ends = false; !ends;) {
      std::string field;
      if (at < window.size() && window[at] == '"') {
        quoted = true;
        if (!TakeQuoted(window, whole, &at, &field, &parsed.problem)) return parsed;
      } else {
        while (at < window.size() && window[at] != options_.delimiter && window[at] != line_end_) {
          field += window[at++];
        }
        const bool ends_line = at == window.size() || window[at] == line_end_;
        if (ends_line && !field.empty() && field.back() == '\r') field.pop_back();
      }
      if (at == window.size() && !whole) {
        parsed.problem = quoted ? "line has a quote that is not closed" : "line is too long";
        return parsed;
      }
      ends = at == window.size() || window[at] == line_end_;
      at += at == window.size() ? 0 : 1;
      parsed.fields.push_back(field);
    }
    parsed.end = at;
    const absl::string_view record = text_.substr(begin, at - begin);
    parsed.is_blank =
        parsed.fields.size() == 1 && !quoted && record.find_first_not_of(" \t\r\n") == absl::string_view::npos;
    if (!parsed.is_blank) Check(record, &parsed);
    return parsed;
  }

  // A quoted field and what may follow it, up to the delimiter or line end.
  bool TakeQuoted(absl::string_view window, bool whole, std::size_t* at, std::string* field,
                  std::string* problem) const {
    const char* const open = "line has a quote that is not closed";
    const auto fails = [problem](const char* why) {
      *problem = why;
      return false;
    };
    std::size_t i = *at + 1;
    for (;;) {
      if (i == window.size()) return fails(open);
      if (window[i] != '"') {
        *field += window[i++];
      } else if (i + 1 < window.size() && window[i + 1] == '"') {
        *field += '"';
        i += 2;
      } else {
        break;
      }
    }
    ++i;
    if (i == window.size() && !whole) return fails(open);
    if (!options_.has_header && field->find(line_end_) != std::string::npos) return fails(open);
    while (i < window.size() && window[i] != options_.delimiter && (window[i] == ' ' || window[i] == '\t')) ++i;
    const bool has_return = i < window.size() && window[i] == '\r' && line_end_ == '\n';
    if (has_return) ++i;
    if (i < window.size() && window[i] != line_end_ && (window[i] != options_.delimiter || has_return)) {
      return fails("line has text behind a closing quote");
    }
    *at = i;
    return true;
  }

  void Check(absl::string_view record, Parsed* parsed) const {
    if (!IsValidUtf8(record)) {
      parsed->problem = "line is no valid UTF-8";
      return;
    }
    if (columns_ == 0) return;
    while (parsed->fields.size() > columns_ && parsed->fields.back().empty()) parsed->fields.pop_back();
    if (parsed->fields.size() < columns_) parsed->problem = "line has too few columns";
    if (parsed->fields.size() > columns_) parsed->problem = "line has too many columns";
  }

  absl::string_view text_;
  ReferenceCsvOptions options_;
  char line_end_ = '\n';
  std::size_t columns_ = 0;
  std::size_t counted_ = 0;  // bytes whose line ends are in line_
  std::size_t line_ = 1;
  std::vector<std::string> records_;
};

}  // namespace

std::vector<std::string> ReferenceRecords(absl::string_view text, const ReferenceCsvOptions& options) {
  return Reader(text, options).Read();
}

std::string DescribeRecord(std::size_t line, absl::Span<const absl::string_view> fields) {
  std::string record = absl::StrCat(line);
  for (const absl::string_view field : fields) absl::StrAppend(&record, "|", field.size(), ":", field);
  return record;
}

std::string DescribeMalformed(std::size_t line, absl::string_view problem) { return absl::StrCat(line, "! ", problem); }

}  // namespace awase::testing

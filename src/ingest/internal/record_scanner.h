#ifndef AWASE_INGEST_INTERNAL_RECORD_SCANNER_H_
#define AWASE_INGEST_INTERNAL_RECORD_SCANNER_H_

// Where one record of delimited text ends and what its fields are.

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "ingest/internal/separator_cursor.h"

namespace awase::ingest_internal {

// What a file's header settles about its records.
struct CsvDialect {
  char delimiter = ',';
  char line_end = '\n';
  std::size_t columns = 0;        // 0 = any number of fields
  bool one_line_records = false;  // a quoted field holds no line end
  // A record longer than this is taken for a quote that is never closed: far above any real record, far below what
  // would be noticed in memory.
  std::size_t max_record_bytes = 2 << 20;
};

// RFC 4180 with what dumps do to it: a line may end with \r\n where it ends with \n, a quote counts only at the start
// of a field, and further fields that are all empty are dropped. What it says about a record depends on the text from
// its start on and on nothing else, so text may be cut anywhere between two records. single-thread.
class RecordScanner {
 public:
  enum class Outcome { kRecord, kBlank, kMalformed, kNeedMore };

  explicit RecordScanner(const CsvDialect& dialect) : dialect_(dialect) {}

  // The text to scan, borrowed. `text_ends`: nothing follows it. `is_utf8`: the caller knows that it is valid UTF-8.
  void Start(absl::string_view text, bool text_ends, bool is_utf8);

  // The record that starts at `begin`. kMalformed: problem() says why; its first line is to be given up and the next
  // record starts behind that. kNeedMore: its end is not in the text (never with more than max_record_bytes of text,
  // nor when the text ends).
  Outcome Scan(std::size_t begin);

  // Behind the record's line end. Of kRecord and kBlank.
  std::size_t end() const { return end_; }
  // Of kRecord; `columns` of them unless that is 0. Valid until the next Scan.
  absl::Span<const absl::string_view> fields() const { return {fields_.data(), field_count_}; }
  // One of few constant texts.
  absl::string_view problem() const { return problem_; }
  // False: the record is one line.
  bool has_quotes() const { return has_quotes_; }

 private:
  bool ReachesEnd() const { return text_ends_ && limit_ == text_.size(); }
  Outcome Malformed(absl::string_view problem);
  Outcome Undecided();
  Outcome ScanQuoted(std::size_t* position, bool* record_ends);
  Outcome Settle();
  void Unescape();
  void AddField(std::size_t begin, std::size_t end) {
    if (field_count_ == fields_.size()) fields_.resize(2 * field_count_ + 8);
    fields_[field_count_++] = absl::string_view(text_.data() + begin, end - begin);
  }

  CsvDialect dialect_;
  absl::string_view text_;
  bool text_ends_ = false;
  bool is_utf8_ = false;
  SeparatorCursor cursor_;

  std::size_t begin_ = 0;
  std::size_t limit_ = 0;  // where the look for the record's end stops
  std::size_t end_ = 0;
  bool has_quotes_ = false;
  std::vector<absl::string_view> fields_;  // the first field_count_ are the record's
  std::size_t field_count_ = 0;
  std::vector<std::size_t> escaped_;  // fields with "" inside
  std::string unescaped_;
  absl::string_view problem_;
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_RECORD_SCANNER_H_

#ifndef AWASE_INGEST_INTERNAL_CSV_READER_H_
#define AWASE_INGEST_INTERNAL_CSV_READER_H_

// Delimited text, record by record, such that one bad line costs one line.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "ingest/internal/input_file.h"

namespace awase::ingest_internal {

// RFC 4180 with what dumps do to it: lines may end with \n, \r\n or \r, mixed within one file (\r alone only when the
// header does); a quote counts only at the start of a field; blank lines are no records; further fields that are all
// empty are dropped. single-thread.
class CsvReader {
 public:
  enum class Outcome { kRow, kMalformed, kEnd };

  // Reads the header line. `delimiter` = nullopt: the one of , tab ; | that occurs most in the header line outside
  // quotes. Without a header (`has_header` false) records may have any number of fields and are single lines.
  // kInvalidArgument when there is no header line; errors of TextSource.
  static absl::StatusOr<std::unique_ptr<CsvReader>> Open(const SourceFile& file, TextEncoding encoding,
                                                         std::optional<char> delimiter, bool has_header);

  const std::vector<std::string>& header() const { return header_; }
  char delimiter() const { return delimiter_; }

  // The next record. After kRow, fields() has exactly header().size() fields; after kMalformed, problem() says why the
  // line is none ("line has too few columns", …) and reading goes on with the line after it.
  absl::StatusOr<Outcome> Next();

  // Valid until the next call of Next.
  absl::Span<const absl::string_view> fields() const { return fields_; }
  absl::string_view problem() const { return problem_; }
  // Of the record's first line, from 1.
  std::uint64_t line() const { return line_; }

  const TextSource& source() const { return *source_; }
  // REQUIRES: Next said kEnd; called once.
  std::string HexDigest() { return source_->HexDigest(); }

 private:
  enum class Scan { kComplete, kNeedMore, kMalformed };
  struct RawField {
    std::size_t begin;
    std::size_t end;
    bool has_escapes;
  };

  CsvReader(std::unique_ptr<TextSource> source, bool has_header)
      : source_(std::move(source)), has_header_(has_header) {}

  absl::Status ReadHeader(const std::string& path, std::optional<char> delimiter);
  absl::Status FillWindow();
  absl::Status Refill();
  absl::Status SkipLine();
  Scan ScanRecord();
  Scan ScanQuoted(std::size_t* position, bool* record_ends);
  Scan ScanPlain(std::size_t* position, bool* record_ends);
  Scan Malformed(absl::string_view problem);
  bool SettleFields();
  std::uint64_t CountLines(absl::string_view record) const;

  std::unique_ptr<TextSource> source_;
  bool has_header_;
  char delimiter_ = ',';
  char line_end_ = '\n';
  std::vector<std::string> header_;

  std::string buffer_;
  std::size_t position_ = 0;  // of the next record in buffer_
  bool at_end_ = false;       // nothing is left in source_
  std::uint64_t next_line_ = 1;

  std::vector<RawField> raw_fields_;
  std::size_t record_end_ = 0;  // behind the line end
  bool has_quotes_ = false;

  std::vector<absl::string_view> fields_;
  absl::string_view problem_;
  std::uint64_t line_ = 0;
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_CSV_READER_H_

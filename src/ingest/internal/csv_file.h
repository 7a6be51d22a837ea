#ifndef AWASE_INGEST_INTERNAL_CSV_FILE_H_
#define AWASE_INGEST_INTERNAL_CSV_FILE_H_

// Delimited text in blocks of whole records, so that several threads can parse one file and still read exactly what one
// thread would: one bad line costs one line, whoever reads it.
//
//   AWASE_ASSIGN_OR_RETURN(auto file, CsvFile::Open(source, encoding, std::nullopt, CsvHeader::kFirstLine));
//   CsvBlock block;                          // each thread its own
//   CsvRecords records(file->dialect());     // likewise
//   while (file->NextBlock(&block) says true) {
//     records.Start(block);
//     while (records.Next() != CsvRecords::Outcome::kEnd) …
//   }

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "awase/base/mutex.h"
#include "ingest/internal/input_file.h"
#include "ingest/internal/record_scanner.h"

namespace awase::ingest_internal {

// A piece of a file that starts and ends between two records.
struct CsvBlock {
  // A line that is no record, by a reason that may lie beyond the block. `offset` may be the end of the text.
  struct Malformed {
    std::size_t offset;
    absl::string_view problem;
  };
  std::string text;
  std::uint64_t first_line = 1;      // of the file, from 1
  std::vector<Malformed> malformed;  // ascending; other lines may turn out malformed too
};

enum class CsvHeader { kNone, kFirstLine };

struct CsvLimits {
  // Large enough that handing a block over costs nothing, small enough to stay in the cache of the thread that parses
  // it.
  std::size_t block_bytes = 512 << 10;
  std::size_t max_record_bytes = CsvDialect().max_record_bytes;
};

// thread-safe once open.
class CsvFile {
 public:
  // Reads the header line: the first that is not blank. `delimiter` = nullopt: the one of , tab ; | that occurs most in
  // the header line outside quotes. Lines end with \r alone when the header does. Without a header records may have any
  // number of fields and are single lines. A block is about `block_bytes`, or a record when that is longer.
  // kInvalidArgument when there is no header line; errors of TextSource.
  static absl::StatusOr<std::unique_ptr<CsvFile>> Open(const SourceFile& file, TextEncoding encoding,
                                                       std::optional<char> delimiter, CsvHeader header,
                                                       const CsvLimits& limits = CsvLimits());

  const std::vector<std::string>& header() const { return header_; }
  const CsvDialect& dialect() const { return dialect_; }
  // True when all of it was in sight at once: one thread will do.
  bool is_small() const { return is_small_; }

  // The next block, in the order of the file; false at the end. Errors of TextSource, the same for every later call.
  absl::StatusOr<bool> NextBlock(CsvBlock* block);

  // Of the file as it lies on disk.
  std::uint64_t raw_bytes_read() const { return raw_bytes_read_.load(std::memory_order_relaxed); }

  // REQUIRES: NextBlock said false; called once.
  std::string HexDigest();

 private:
  CsvFile(std::unique_ptr<TextSource> source, const CsvLimits& limits)
      : block_bytes_(limits.block_bytes), source_(std::move(source)) {
    dialect_.max_record_bytes = limits.max_record_bytes;
  }

  absl::Status ReadFirstLine(const SourceFile& file, std::optional<char> delimiter)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status ReadHeaderRecord(const SourceFile& file) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status ReadUpTo(std::size_t bytes) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status SkipRestOfLine() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status FillBlock(CsvBlock* block) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::size_t FindCut(std::vector<CsvBlock::Malformed>* malformed) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void TakeFront(std::size_t cut, CsvBlock* block) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::size_t block_bytes_;
  // Settled by Open.
  std::vector<std::string> header_;
  CsvDialect dialect_;
  bool is_small_ = false;

  Mutex mutex_;
  std::unique_ptr<TextSource> source_ ABSL_GUARDED_BY(mutex_);
  std::optional<RecordScanner> scanner_ ABSL_GUARDED_BY(mutex_);
  std::string pending_ ABSL_GUARDED_BY(mutex_);          // read, not yet in a block; starts with a record
  bool at_end_ ABSL_GUARDED_BY(mutex_) = false;          // nothing is left in source_
  bool skips_line_ ABSL_GUARDED_BY(mutex_) = false;      // pending_ starts within a line that was given up
  std::uint64_t next_line_ ABSL_GUARDED_BY(mutex_) = 1;  // of pending_
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
  std::atomic<std::uint64_t> raw_bytes_read_{0};
};

// The records of one block. single-thread.
class CsvRecords {
 public:
  enum class Outcome { kRow, kMalformed, kEnd };

  explicit CsvRecords(const CsvDialect& dialect) : line_end_(dialect.line_end), scanner_(dialect) {}

  // Borrows the block.
  void Start(const CsvBlock& block);

  // The next record; blank lines are none. After kRow, fields() has as many fields as the header; after kMalformed,
  // problem() says why the line is none ("line has too few columns", …) and reading goes on with the line after it.
  Outcome Next();

  // Valid until the next call of Next.
  absl::Span<const absl::string_view> fields() const { return scanner_.fields(); }
  absl::string_view problem() const { return problem_; }
  // Of the record's first line, from 1.
  std::uint64_t line() const { return line_; }

 private:
  Outcome GiveUpLine(absl::string_view problem);

  char line_end_;
  RecordScanner scanner_;
  const CsvBlock* block_ = nullptr;
  std::size_t position_ = 0;  // of the next record
  std::size_t next_malformed_ = 0;
  std::uint64_t next_line_ = 1;
  std::uint64_t line_ = 0;
  absl::string_view problem_;
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_CSV_FILE_H_

#ifndef AWASE_INGEST_INTERNAL_INPUT_FILE_H_
#define AWASE_INGEST_INTERNAL_INPUT_FILE_H_

// Which files a run reads, what they are, and their bytes.

#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "awase/base/sha256.h"
#include "ingest/internal/decompressor.h"
#include "ingest/internal/text_encoding.h"

namespace awase::ingest_internal {

enum class FileFormat { kDelimited, kJsonLines, kParquet };

struct SourceFile {
  std::string path;
  std::string label;  // the name without folders, for samples and messages
  std::uint64_t bytes = 0;
  FileFormat format = FileFormat::kDelimited;
  Compression compression = Compression::kNone;
  std::string table = "orders";  // the key of the dataset map under which its encoding is said
};

// The files of all patterns, sorted. One that is given several times, under whatever names, comes once: its rows must
// not count twice; `notes` (may be null) gets a sentence about each. A name that exists stands for itself even when it
// has glob characters.
//   kNotFound         a pattern matches nothing
//   kInvalidArgument  a folder, a device or an empty file
//   kDataLoss         named .gz or .zst, but not such a file
absl::StatusOr<std::vector<SourceFile>> FindSourceFiles(absl::Span<const std::string> patterns,
                                                        std::vector<std::string>* notes = nullptr);

// The text of one file: decompressed, in UTF-8, without a byte order mark; hashes the raw bytes on the way.
// single-thread.
class TextSource {
 public:
  static absl::StatusOr<std::unique_ptr<TextSource>> Open(const SourceFile& file, TextEncoding encoding);

  // Appends about `wanted` bytes to *text, at most 1 MiB; false at the end, when nothing was appended. kDataLoss when
  // the file is broken or cut short, kUnavailable when the system cannot read it. REQUIRES: wanted > 0.
  absl::StatusOr<bool> ReadSome(std::size_t wanted, std::string* text);

  // Of the file as it lies on disk.
  std::uint64_t raw_bytes_read() const { return raw_bytes_read_; }
  // REQUIRES: ReadSome said false; called once.
  std::string HexDigest() { return hash_.HexDigest(); }

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  TextSource(const SourceFile& file, TextEncoding encoding);
  absl::StatusOr<std::size_t> ReadRaw(char* bytes, std::size_t capacity);
  absl::StatusOr<bool> ReadAsItIs(std::size_t wanted, std::string* text);

  std::string path_;
  bool is_compressed_;
  std::unique_ptr<std::FILE, CloseFile> file_;
  std::unique_ptr<Decompressor> decompressor_;
  Utf8Converter converter_;
  Sha256 hash_;
  std::vector<char> raw_;
  absl::string_view pending_;  // of raw_, not yet decompressed
  std::vector<char> piece_;
  std::uint64_t raw_bytes_read_ = 0;
  bool at_end_of_file_ = false;
  bool finished_ = false;
};

// Reads a whole file to check and hash it. kDataLoss as ReadSome; kCancelled when `cancelled` (may be empty) says so.
absl::StatusOr<std::string> VerifyAndHash(const SourceFile& file, const std::function<bool()>& cancelled);

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_INPUT_FILE_H_

#include "ingest/internal/input_file.h"

#include <glob.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "awase/base/status_macros.h"

namespace awase::ingest_internal {
namespace {

// Large enough that the cost of a call does not count, small enough to stay in the cache.
constexpr std::size_t kRawPiece = 256 << 10;
constexpr std::size_t kTextPiece = 1 << 20;

absl::StatusOr<std::vector<std::string>> Expand(const std::string& pattern) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(pattern, error);
  if (std::filesystem::is_directory(status)) {
    return absl::InvalidArgumentError(absl::StrCat(pattern, " is a folder: give a pattern such as ", pattern,
                                                   pattern.back() == '/' ? "" : "/", "*.csv"));
  }
  if (std::filesystem::exists(status)) return std::vector<std::string>{pattern};
  glob_t found{};
  const int result = glob(pattern.c_str(), 0, nullptr, &found);
  std::vector<std::string> paths;
  if (result == 0) paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  globfree(&found);
  paths.erase(std::remove_if(paths.begin(), paths.end(),
                             [&error](const std::string& path) { return std::filesystem::is_directory(path, error); }),
              paths.end());
  if (paths.empty()) {
    return absl::NotFoundError(absl::StrCat("no file matches \"", pattern,
                                            "\": check the path, from the current folder ",
                                            std::filesystem::current_path(error).string()));
  }
  return paths;
}

FileFormat FormatOf(absl::string_view name, absl::string_view first_bytes) {
  const std::string lower = absl::AsciiStrToLower(name);
  absl::string_view stem = lower;
  if (!absl::ConsumeSuffix(&stem, ".gz")) absl::ConsumeSuffix(&stem, ".zst");
  if (absl::EndsWith(stem, ".parquet") || absl::EndsWith(stem, ".pq") || absl::StartsWith(first_bytes, "PAR1")) {
    return FileFormat::kParquet;
  }
  for (const absl::string_view end : {".json", ".jsonl", ".ndjson"}) {
    if (absl::EndsWith(stem, end)) return FileFormat::kJsonLines;
  }
  return FileFormat::kDelimited;
}

absl::StatusOr<std::string> FirstBytes(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return absl::UnavailableError(absl::StrCat("cannot open ", path, ": ", std::strerror(errno)));
  char bytes[4];
  const std::size_t count = std::fread(bytes, 1, sizeof(bytes), file);
  std::fclose(file);
  return std::string(bytes, count);
}

absl::StatusOr<SourceFile> Inspect(const std::string& path) {
  SourceFile file;
  file.path = path;
  file.label = std::filesystem::path(path).filename().string();
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    return absl::InvalidArgumentError(absl::StrCat(path, " is no regular file: save it to disk first"));
  }
  file.bytes = std::filesystem::file_size(path, error);
  if (error) return absl::UnavailableError(absl::StrCat("cannot read ", path, ": ", error.message()));
  if (file.bytes == 0) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, " is empty: want at least a header line (orders: order_id, product_id; products: product_id)"));
  }
  AWASE_ASSIGN_OR_RETURN(const std::string first, FirstBytes(path));
  file.compression = CompressionOf(first);
  file.format = FormatOf(file.label, first);
  const bool named_gzip = absl::EndsWithIgnoreCase(path, ".gz");
  const bool named_zstd = absl::EndsWithIgnoreCase(path, ".zst");
  if ((named_gzip && file.compression != Compression::kGzip) ||
      (named_zstd && file.compression != Compression::kZstd)) {
    return absl::DataLossError(absl::StrCat(path,
                                            " is named as a compressed file but is none: copy or export it again, ",
                                            "or give it the name of what it is"));
  }
  if (absl::StartsWith(first, "PK\x03\x04")) {
    return absl::InvalidArgumentError(absl::StrCat(path, " is a zip or Excel file: unpack it, or export it as CSV"));
  }
  return file;
}

// What a file is, whatever the path to it.
using FileId = std::pair<dev_t, ino_t>;

absl::StatusOr<FileId> IdOf(const std::string& path) {
  struct stat found;
  if (stat(path.c_str(), &found) != 0) {
    return absl::UnavailableError(absl::StrCat("cannot read ", path, ": ", std::strerror(errno)));
  }
  return FileId(found.st_dev, found.st_ino);
}

// "a.csv is given 2 times (as a.csv, ./a.csv) and read once."
std::string RepeatedFile(std::vector<std::string> given) {
  const std::size_t times = given.size();
  given.erase(std::unique(given.begin(), given.end()), given.end());
  return absl::StrCat(given.front(), " is given ", times, " times",
                      given.size() > 1 ? absl::StrCat(" (as ", absl::StrJoin(given, ", "), ")") : "",
                      " and read once.");
}

}  // namespace

absl::StatusOr<std::vector<SourceFile>> FindSourceFiles(absl::Span<const std::string> patterns,
                                                        std::vector<std::string>* notes) {
  std::vector<std::string> paths;
  for (const std::string& pattern : patterns) {
    if (pattern.empty()) return absl::InvalidArgumentError("an input file has an empty name");
    AWASE_ASSIGN_OR_RETURN(const std::vector<std::string> found, Expand(pattern));
    paths.insert(paths.end(), found.begin(), found.end());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<SourceFile> files;
  std::map<FileId, std::vector<std::string>> names;  // under which a file is given
  for (const std::string& path : paths) {
    AWASE_ASSIGN_OR_RETURN(const FileId id, IdOf(path));
    std::vector<std::string>& known = names[id];
    known.push_back(path);
    if (known.size() > 1) continue;
    AWASE_ASSIGN_OR_RETURN(SourceFile file, Inspect(path));
    files.push_back(std::move(file));
  }
  if (notes == nullptr) return files;
  for (const auto& [id, given] : names) {
    if (given.size() > 1) notes->push_back(RepeatedFile(given));
  }
  return files;
}

TextSource::TextSource(const SourceFile& file, TextEncoding encoding)
    : path_(file.path),
      is_compressed_(file.compression != Compression::kNone),
      decompressor_(Decompressor::Create(file.compression)),
      converter_(encoding),
      raw_(std::min<std::uint64_t>(kRawPiece, file.bytes + 1)) {}

absl::StatusOr<std::unique_ptr<TextSource>> TextSource::Open(const SourceFile& file, TextEncoding encoding) {
  std::unique_ptr<TextSource> source(new TextSource(file, encoding));
  source->file_.reset(std::fopen(file.path.c_str(), "rb"));
  if (source->file_ == nullptr) {
    return absl::UnavailableError(absl::StrCat("cannot open ", file.path, ": ", std::strerror(errno)));
  }
  std::setvbuf(source->file_.get(), nullptr, _IONBF, 0);  // it is read in large pieces
  return source;
}

absl::StatusOr<std::size_t> TextSource::ReadRaw(char* bytes, std::size_t capacity) {
  const std::size_t count = std::fread(bytes, 1, capacity, file_.get());
  if (std::ferror(file_.get()) != 0) {
    return absl::UnavailableError(absl::StrCat("cannot read ", path_, ": ", std::strerror(errno)));
  }
  at_end_of_file_ = count == 0;
  hash_.Update(absl::string_view(bytes, count));
  raw_bytes_read_ += count;
  return count;
}

absl::StatusOr<bool> TextSource::ReadSome(std::size_t wanted, std::string* text) {
  wanted = std::min(wanted, kTextPiece);
  if (!is_compressed_ && pending_.empty() && !at_end_of_file_ && converter_.passes_through()) {
    return ReadAsItIs(wanted, text);
  }
  piece_.resize(std::max(piece_.size(), wanted));
  const std::size_t size_before = text->size();
  while (!finished_ && text->size() == size_before) {
    absl::StatusOr<std::size_t> count = decompressor_->Step(&pending_, piece_.data(), wanted);
    if (!count.ok()) return Annotate(count.status(), path_);
    if (*count > 0) {
      converter_.Append(absl::string_view(piece_.data(), *count), text);
    } else if (pending_.empty() && !at_end_of_file_) {
      AWASE_ASSIGN_OR_RETURN(const std::size_t bytes, ReadRaw(raw_.data(), raw_.size()));
      pending_ = absl::string_view(raw_.data(), bytes);
    } else if (pending_.empty()) {
      AWASE_RETURN_IF_ERROR(Annotate(decompressor_->Finish(), path_));
      converter_.Finish(text);
      finished_ = true;
    }
  }
  return text->size() > size_before;
}

// What is neither compressed nor converted needs no place in between.
absl::StatusOr<bool> TextSource::ReadAsItIs(std::size_t wanted, std::string* text) {
  const std::size_t size_before = text->size();
  text->resize(size_before + wanted);
  const absl::StatusOr<std::size_t> count = ReadRaw(&(*text)[size_before], wanted);
  text->resize(size_before + (count.ok() ? *count : 0));
  AWASE_RETURN_IF_ERROR(count.status());
  return *count > 0;
}

absl::StatusOr<std::string> VerifyAndHash(const SourceFile& file, const std::function<bool()>& cancelled) {
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<TextSource> source, TextSource::Open(file, TextEncoding::kUtf8));
  std::string text;
  for (;;) {
    if (cancelled && cancelled()) return absl::CancelledError("reading was cancelled");
    text.clear();
    AWASE_ASSIGN_OR_RETURN(const bool more, source->ReadSome(kTextPiece, &text));
    if (!more) return source->HexDigest();
  }
}

}  // namespace awase::ingest_internal

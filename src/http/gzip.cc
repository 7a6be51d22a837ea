#include "http/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace awase::http {
namespace {

constexpr int kGzipWindow = 15 + 16;  // the largest window; 16 more: gzip, not zlib
constexpr int kMemoryLevel = 8;       // zlib's default
constexpr std::size_t kBlock = 16 * 1024;

Bytef* BytesOf(absl::string_view text) {
  // zlib's next_in is not const, but it never writes there.
  return reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

// "gzip", "gzip;q=0.5", "*": the quality with which `name` is wanted; −1 when the element is of something else.
double QualityOf(absl::string_view element, absl::string_view name) {
  const std::vector<absl::string_view> parts = absl::StrSplit(element, ';');
  if (!absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(parts[0]), name)) return -1;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    absl::string_view parameter = absl::StripAsciiWhitespace(parts[i]);
    double quality = 0;
    if (absl::ConsumePrefix(&parameter, "q=")) return absl::SimpleAtod(parameter, &quality) ? quality : 0;
  }
  return 1;
}

// Ends one of zlib's streams with the scope.
class Inflater {
 public:
  Inflater() : is_ready_(inflateInit2(&stream_, kGzipWindow) == Z_OK) {}
  ~Inflater() {
    if (is_ready_) inflateEnd(&stream_);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  bool is_ready() const { return is_ready_; }
  z_stream& stream() { return stream_; }

 private:
  z_stream stream_ = {};
  const bool is_ready_;
};

}  // namespace

absl::StatusOr<std::string> Gzip(absl::string_view text) {
  z_stream stream = {};
  if (text.size() > std::numeric_limits<uInt>::max() ||
      deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow, kMemoryLevel, Z_DEFAULT_STRATEGY) != Z_OK) {
    return absl::InternalError("the answer cannot be compressed");
  }
  std::string bytes(deflateBound(&stream, text.size()), '\0');
  stream.next_in = BytesOf(text);
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = BytesOf(bytes);
  stream.avail_out = static_cast<uInt>(bytes.size());
  const int result = deflate(&stream, Z_FINISH);
  bytes.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) return absl::InternalError("the answer cannot be compressed");
  return bytes;
}

absl::StatusOr<std::string> Gunzip(absl::string_view bytes, std::size_t max_bytes) {
  Inflater inflater;
  if (!inflater.is_ready()) return absl::ResourceExhaustedError("there is no memory to decompress the body");
  if (bytes.size() > std::numeric_limits<uInt>::max()) return absl::ResourceExhaustedError("the body is too large");
  z_stream& stream = inflater.stream();
  stream.next_in = BytesOf(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string text;
  const auto block = std::make_unique<Bytef[]>(kBlock);
  while (true) {
    stream.next_out = block.get();
    stream.avail_out = kBlock;
    const int result = inflate(&stream, Z_NO_FLUSH);
    const std::size_t produced = kBlock - stream.avail_out;
    if (produced > max_bytes - text.size()) {
      return absl::ResourceExhaustedError(absl::StrCat("the body has more than ", max_bytes, " bytes decompressed"));
    }
    text.append(reinterpret_cast<const char*>(block.get()), produced);
    if (result == Z_STREAM_END) {
      if (stream.avail_in == 0) return text;
      if (inflateReset(&stream) != Z_OK) break;
    } else if (result != Z_OK) {
      break;
    }
  }
  return absl::InvalidArgumentError("the body is no whole gzip, as its Content-Encoding says");
}

bool AcceptsGzip(absl::string_view accept_encoding) {
  double any = -1;
  for (const absl::string_view element : absl::StrSplit(accept_encoding, ',')) {
    const double quality = QualityOf(element, "gzip");
    if (quality >= 0) return quality > 0;
    any = std::max(any, QualityOf(element, "*"));
  }
  return any > 0;
}

}  // namespace awase::http

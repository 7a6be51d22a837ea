#ifndef AWASE_INGEST_INTERNAL_TEXT_ENCODING_H_
#define AWASE_INGEST_INTERNAL_TEXT_ENCODING_H_

// From the encodings dumps come in to UTF-8.

#include <cstddef>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace awase::ingest_internal {

enum class TextEncoding { kUtf8, kLatin1, kUtf16Little, kUtf16Big };

// "" and "utf-8", "latin-1", "utf-16" (little-endian unless a byte order mark says otherwise). kInvalidArgument for
// anything else.
absl::StatusOr<TextEncoding> ParseTextEncoding(absl::string_view name);

// The reason for lines that are dropped for it.
inline constexpr absl::string_view kLineIsNoUtf8 = "line is no valid UTF-8";

// What to do about text that is not UTF-8, for messages. `table`: the key of the dataset map that it is read by.
std::string EncodingAdvice(absl::string_view table);

// UTF-16 that is taken for UTF-8 for want of a byte order mark: every second byte of the two Latin letters that it
// begins with is zero. Looks at the first kLeastUtf16 bytes; nothing where there are fewer.
inline constexpr std::size_t kLeastUtf16 = 4;
std::optional<TextEncoding> Utf16WithoutMark(absl::string_view text);

// The longest prefix of at most `max_bytes` that does not cut a UTF-8 character in two.
absl::string_view Utf8Prefix(absl::string_view text, std::size_t max_bytes);

// Turns a byte stream into UTF-8, piece by piece. single-thread.
class Utf8Converter {
 public:
  explicit Utf8Converter(TextEncoding encoding) : encoding_(encoding) {}

  // Appends `bytes` as UTF-8 to *text. A byte order mark at the start of the stream is dropped, and one of UTF-16
  // decides the encoding. UTF-8 is passed on unchecked; a broken UTF-16 pair becomes U+FFFD.
  void Append(absl::string_view bytes, std::string* text);

  // True when Append has become plain copying.
  bool passes_through() const { return started_ && encoding_ == TextEncoding::kUtf8; }

  // Appends what was held back at the end of the stream.
  void Finish(std::string* text);

 private:
  void Convert(absl::string_view bytes, std::string* text);
  void ConvertUtf16(absl::string_view bytes, std::string* text);

  TextEncoding encoding_;
  bool started_ = false;
  std::string held_;             // the first bytes until a byte order mark is decided, later half of a UTF-16 unit
  unsigned high_surrogate_ = 0;  // 0 = none pending
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_TEXT_ENCODING_H_

#include "ingest/internal/text_encoding.h"

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace awase::ingest_internal {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

unsigned ByteAt(absl::string_view text, std::size_t position) { return static_cast<unsigned char>(text[position]); }

void AppendUtf8(char32_t code, std::string* text) {
  const auto put = [text](char32_t byte) { text->push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6));
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | (code >> 18));
    put(0x80 | ((code >> 12) & 0x3F));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

}  // namespace

absl::StatusOr<TextEncoding> ParseTextEncoding(absl::string_view name) {
  if (name.empty() || name == "utf-8") return TextEncoding::kUtf8;
  if (name == "latin-1") return TextEncoding::kLatin1;
  if (name == "utf-16") return TextEncoding::kUtf16Little;
  return absl::InvalidArgumentError(
      absl::StrCat("\"", name.substr(0, 40), "\" is no known encoding: want utf-8, latin-1 or utf-16"));
}

std::string EncodingAdvice(absl::string_view table) {
  return absl::StrCat("if it is in another encoding, say so in a dataset map (--dataset map.yaml): ", table,
                      ": {encoding: latin-1}; utf-8, latin-1 and utf-16 are known, others have to be converted ",
                      "(iconv -f SHIFT_JIS -t UTF-8)");
}

std::optional<TextEncoding> Utf16WithoutMark(absl::string_view text) {
  if (text.size() < kLeastUtf16) return std::nullopt;
  const bool is_zero[] = {text[0] == '\0', text[1] == '\0', text[2] == '\0', text[3] == '\0'};
  if (!is_zero[0] && is_zero[1] && !is_zero[2] && is_zero[3]) return TextEncoding::kUtf16Little;
  if (is_zero[0] && !is_zero[1] && is_zero[2] && !is_zero[3]) return TextEncoding::kUtf16Big;
  return std::nullopt;
}

absl::string_view Utf8Prefix(absl::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  std::size_t end = max_bytes;
  while (end > 0 && (ByteAt(text, end) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

void Utf8Converter::Append(absl::string_view bytes, std::string* text) {
  if (started_) return Convert(bytes, text);
  held_.append(bytes.data(), bytes.size());
  if (held_.size() < 3) return;
  started_ = true;
  std::string first = std::move(held_);
  held_.clear();
  absl::string_view rest = first;
  if (absl::StartsWith(rest, "\xEF\xBB\xBF")) {
    encoding_ = TextEncoding::kUtf8;
    rest.remove_prefix(3);
  } else if (absl::StartsWith(rest, "\xFF\xFE")) {
    encoding_ = TextEncoding::kUtf16Little;
    rest.remove_prefix(2);
  } else if (absl::StartsWith(rest, "\xFE\xFF")) {
    encoding_ = TextEncoding::kUtf16Big;
    rest.remove_prefix(2);
  }
  Convert(rest, text);
}

void Utf8Converter::Finish(std::string* text) {
  if (!started_) {
    started_ = true;
    const std::string first = std::move(held_);
    held_.clear();
    Convert(first, text);
  }
  if (high_surrogate_ != 0 || !held_.empty()) AppendUtf8(kReplacement, text);
  high_surrogate_ = 0;
  held_.clear();
}

void Utf8Converter::Convert(absl::string_view bytes, std::string* text) {
  switch (encoding_) {
    case TextEncoding::kUtf8:
      text->append(bytes.data(), bytes.size());
      return;
    case TextEncoding::kLatin1:
      for (std::size_t i = 0; i < bytes.size(); ++i) AppendUtf8(ByteAt(bytes, i), text);
      return;
    case TextEncoding::kUtf16Little:
    case TextEncoding::kUtf16Big:
      return ConvertUtf16(bytes, text);
  }
}

void Utf8Converter::ConvertUtf16(absl::string_view bytes, std::string* text) {
  std::string joined;
  if (!held_.empty()) {
    joined = absl::StrCat(held_, bytes);
    held_.clear();
    bytes = joined;
  }
  std::size_t position = 0;
  for (; position + 2 <= bytes.size(); position += 2) {
    const unsigned a = ByteAt(bytes, position);
    const unsigned b = ByteAt(bytes, position + 1);
    const unsigned unit = encoding_ == TextEncoding::kUtf16Little ? (b << 8 | a) : (a << 8 | b);
    const bool is_low = unit >= 0xDC00 && unit <= 0xDFFF;
    if (high_surrogate_ != 0) {
      const char32_t code = 0x10000 + ((high_surrogate_ - 0xD800) << 10) + (unit - 0xDC00);
      high_surrogate_ = 0;
      AppendUtf8(is_low ? code : kReplacement, text);
      if (is_low) continue;
    }
    if (unit >= 0xD800 && unit <= 0xDBFF) {
      high_surrogate_ = unit;
    } else {
      AppendUtf8(is_low ? kReplacement : static_cast<char32_t>(unit), text);
    }
  }
  held_.assign(bytes.data() + position, bytes.size() - position);
}

}  // namespace awase::ingest_internal

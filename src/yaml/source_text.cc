#include "yaml/internal/source_text.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "awase/base/utf8.h"
#include "awase/yaml/bad_byte.h"

namespace awase::yaml_internal {
namespace {

// Counts are kept per block of this many bytes, so that a file that is one long line costs no more than others.
constexpr std::size_t kBlock = 256;

// Every byte but a continuation byte.
bool BeginsCharacter(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

unsigned ByteAt(absl::string_view text, std::size_t offset) { return static_cast<unsigned char>(text[offset]); }

}  // namespace

SourceText::SourceText(absl::string_view text) : text_(text), line_starts_({0}) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i % kBlock == 0) characters_before_block_.push_back(characters);
    if (BeginsCharacter(text[i])) ++characters;
    if (text[i] == '\n') line_starts_.push_back(i + 1);
  }
  characters_before_block_.push_back(characters);
}

std::size_t SourceText::CharactersBefore(std::size_t offset) const {
  const std::size_t block = offset / kBlock;
  const auto begin = text_.begin() + static_cast<std::ptrdiff_t>(std::min(block * kBlock, text_.size()));
  const auto end = text_.begin() + static_cast<std::ptrdiff_t>(offset);
  return characters_before_block_[block] + static_cast<std::size_t>(std::count_if(begin, end, BeginsCharacter));
}

yaml::Place SourceText::PlaceAt(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const std::size_t column = CharactersBefore(offset) - CharactersBefore(*(next - 1));
  return {static_cast<std::uint32_t>(next - line_starts_.begin()), static_cast<std::uint32_t>(column + 1)};
}

yaml::Place SourceText::PlaceAt(std::size_t line, std::size_t byte) const {
  return line < line_starts_.size() ? PlaceAt(line_starts_[line] + byte) : PlaceAt(text_.size());
}

absl::string_view SourceText::Line(std::size_t line) const {
  absl::string_view found = text_.substr(LineStart(line), LineStart(line + 1) - LineStart(line));
  absl::ConsumeSuffix(&found, "\n");
  absl::ConsumeSuffix(&found, "\r");
  return found;
}

std::size_t SourceText::DashBefore(std::size_t offset) const {
  std::size_t end = std::min(offset, text_.size());
  while (true) {
    const std::size_t start = *(std::upper_bound(line_starts_.begin(), line_starts_.end(), end) - 1);
    absl::string_view line = text_.substr(start, end - start);
    // An item without value is alone on its line, so a "#" there begins a comment.
    line = line.substr(0, line.find('#'));
    const std::size_t dash = line.rfind('-');
    if (dash != absl::string_view::npos) return start + dash;
    if (start == 0) return offset;
    end = start - 1;
  }
}

std::optional<std::size_t> SourceText::UnclosedQuote(std::size_t offset) const {
  constexpr absl::string_view kBlanks = " \t\r\n";
  while (offset < text_.size() && (text_[offset] == '&' || text_[offset] == '!')) {
    offset = text_.find_first_not_of(kBlanks, text_.find_first_of(kBlanks, offset));
  }
  if (offset >= text_.size() || (text_[offset] != '"' && text_[offset] != '\'')) return std::nullopt;
  const char quote = text_[offset];
  for (std::size_t i = offset + 1; i < text_.size() && text_[i] != '\n' && text_[i] != '\r'; ++i) {
    const absl::string_view rest = text_.substr(i);
    const bool escapes_break = absl::StartsWith(rest, "\\\n") || absl::StartsWith(rest, "\\\r");
    if (quote == '"' ? text_[i] == '\\' && !escapes_break : absl::StartsWith(rest, "''")) {
      ++i;
    } else if (text_[i] == quote) {
      return std::nullopt;
    }
  }
  return offset;
}

std::optional<yaml::Problem> SourceText::FindBadByte() const {
  for (std::size_t offset = 0; offset < text_.size();) {
    const unsigned byte = ByteAt(text_, offset);
    if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F) {
      return yaml::Problem{
          PlaceAt(offset), "",
          absl::StrFormat("control character U+%04X: take it away, or write it \"\\x%02X\"", byte, byte)};
    }
    const std::size_t length = Utf8Length(text_, offset);
    if (length == 0) {
      return yaml::Problem{PlaceAt(offset), "",
                           absl::StrFormat("byte 0x%02X is not UTF-8: save the file with the encoding UTF-8", byte)};
    }
    offset += length;
  }
  return std::nullopt;
}

}  // namespace awase::yaml_internal

namespace awase::yaml {

std::optional<Problem> FindBadByte(absl::string_view text) { return yaml_internal::SourceText(text).FindBadByte(); }

}  // namespace awase::yaml

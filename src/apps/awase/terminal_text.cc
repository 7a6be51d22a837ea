#include "apps/awase/terminal_text.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace awase::apps {
namespace {

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

// The blocks that matter in shops' titles, from Unicode 15: combining marks, joiners and variation selectors …
constexpr Range kZeroWidth[] = {{0x0300, 0x036F}, {0x0591, 0x05BD}, {0x064B, 0x065F}, {0x0E34, 0x0E3A},
                                {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F},
                                {0x20D0, 0x20FF}, {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};
// … and East Asian Wide and Fullwidth with emoji.
constexpr Range kDoubleWidth[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},  {0x3400, 0x4DBF},
                                  {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xAC00, 0xD7A3},  {0xF900, 0xFAFF},
                                  {0xFE30, 0xFE4F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},  {0x1F300, 0x1F64F},
                                  {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};

template <std::size_t N>
bool IsIn(const Range (&ranges)[N], std::uint32_t code) {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [code](const Range& range) { return code >= range.first && code <= range.last; });
}

constexpr absl::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr absl::string_view kEllipsis = "…";

struct Character {
  absl::string_view text;  // what is printed
  std::size_t width;
  std::size_t bytes;  // taken from the input
};

unsigned char ByteAt(absl::string_view text, std::size_t position) {
  return static_cast<unsigned char>(text[position]);
}

// The length that a first byte announces; 0 when it cannot be a first byte.
std::size_t SequenceLength(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

// REQUIRES: text is not empty.
Character FirstCharacter(absl::string_view text) {
  const Character broken = {kReplacement, 1, 1};
  const unsigned char first = ByteAt(text, 0);
  const std::size_t length = SequenceLength(first);
  if (length == 0 || length > text.size()) return broken;
  std::uint32_t code = length == 1 ? first : first & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((ByteAt(text, i) & 0xC0) != 0x80) return broken;
    code = (code << 6) | (ByteAt(text, i) & 0x3Fu);
  }
  if (code < 0x20 || (code >= 0x7F && code < 0xA0)) return {kReplacement, 1, length};
  const std::size_t width = IsIn(kZeroWidth, code) ? 0 : IsIn(kDoubleWidth, code) ? 2 : 1;
  return {text.substr(0, length), width, length};
}

}  // namespace

std::size_t DisplayWidth(absl::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Character character = FirstCharacter(text);
    width += character.width;
    text.remove_prefix(character.bytes);
  }
  return width;
}

std::string FitTo(absl::string_view text, std::size_t width) {
  const bool fits = DisplayWidth(text) <= width;
  if (width == 0) return "";
  const std::size_t room = fits ? width : width - 1;
  std::string fitted;
  std::size_t used = 0;
  while (!text.empty()) {
    const Character character = FirstCharacter(text);
    if (used + character.width > room) break;
    absl::StrAppend(&fitted, character.text);
    used += character.width;
    text.remove_prefix(character.bytes);
  }
  if (!fits) absl::StrAppend(&fitted, kEllipsis);
  return fitted;
}

std::string PadRight(absl::string_view text, std::size_t width) {
  std::string padded = FitTo(text, width);
  padded.append(width - DisplayWidth(padded), ' ');
  return padded;
}

std::string PadLeft(absl::string_view text, std::size_t width) {
  const std::string fitted = FitTo(text, width);
  return std::string(width - DisplayWidth(fitted), ' ') + fitted;
}

std::vector<std::string> WrapTo(absl::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  for (absl::string_view word : absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    const std::size_t word_width = DisplayWidth(word);
    if (used > 0 && used + 1 + word_width > width) {
      lines.emplace_back();
      used = 0;
    } else if (used > 0) {
      lines.back().push_back(' ');
      ++used;
    }
    while (!word.empty()) {  // a word longer than a line, or a language without spaces, breaks anywhere
      const Character character = FirstCharacter(word);
      if (used + character.width > width) {
        lines.emplace_back();
        used = 0;
      }
      absl::StrAppend(&lines.back(), character.text);
      used += character.width;
      word.remove_prefix(character.bytes);
    }
  }
  return lines;
}

}  // namespace awase::apps

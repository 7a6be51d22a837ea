#include "awase/base/utf8.h"

#include <cstdint>
#include <cstring>

namespace awase {
namespace {

unsigned ByteAt(absl::string_view text, std::size_t position) { return static_cast<unsigned char>(text[position]); }

}  // namespace

std::size_t Utf8Length(absl::string_view text, std::size_t position) {
  const unsigned lead = ByteAt(text, position);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || position + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((ByteAt(text, position + i) & 0xC0) != 0x80) return 0;
  }
  const unsigned second = ByteAt(text, position + 1);
  if (lead == 0xE0 && second < 0xA0) return 0;   // overlong
  if (lead == 0xED && second >= 0xA0) return 0;  // surrogate
  if (lead == 0xF0 && second < 0x90) return 0;   // overlong
  if (lead == 0xF4 && second >= 0x90) return 0;  // above U+10FFFF
  return length;
}

bool IsValidUtf8(absl::string_view text) {
  std::size_t position = 0;
  while (position < text.size()) {
    while (position + 32 <= text.size()) {
      std::uint64_t words[4];
      std::memcpy(words, text.data() + position, sizeof(words));
      if (((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080ULL) != 0) break;
      position += 32;
    }
    while (position + 8 <= text.size()) {
      std::uint64_t word;
      std::memcpy(&word, text.data() + position, sizeof(word));
      if ((word & 0x8080808080808080ULL) != 0) break;
      position += 8;
    }
    if (position == text.size()) break;
    const std::size_t length = Utf8Length(text, position);
    if (length == 0) return false;
    position += length;
  }
  return true;
}

}  // namespace awase

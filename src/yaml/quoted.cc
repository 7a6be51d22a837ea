#include "awase/yaml/quoted.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "awase/base/utf8.h"

namespace awase::yaml {

std::string Quoted(absl::string_view text) {
  constexpr std::size_t kLongest = 60;
  if (text.size() <= kLongest) return absl::StrCat("\"", absl::Utf8SafeCEscape(text), "\"");
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // not within a character
  return absl::StrCat("\"", absl::Utf8SafeCEscape(text.substr(0, end)), "…\"");
}

std::string Printable(absl::string_view text) {
  std::string printable;
  for (std::size_t offset = 0; offset < text.size();) {
    const auto byte = static_cast<unsigned char>(text[offset]);
    const std::size_t length = Utf8Length(text, offset);
    if (length == 0 || absl::ascii_iscntrl(byte)) {
      absl::StrAppend(&printable, "\\x", absl::Hex(byte, absl::kZeroPad2));
    } else {
      absl::StrAppend(&printable, text.substr(offset, length));
    }
    offset += std::max<std::size_t>(length, 1);
  }
  return printable;
}

}  // namespace awase::yaml

#include "awase/yaml/quoted.h"

#include <cstddef>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace awase::yaml {

std::string Quoted(absl::string_view text) {
  constexpr std::size_t kLongest = 60;
  if (text.size() <= kLongest) return absl::StrCat("\"", absl::Utf8SafeCEscape(text), "\"");
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // not within a character
  return absl::StrCat("\"", absl::Utf8SafeCEscape(text.substr(0, end)), "…\"");
}

}  // namespace awase::yaml

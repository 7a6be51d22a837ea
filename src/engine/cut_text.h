#ifndef AWASE_ENGINE_CUT_TEXT_H_
#define AWASE_ENGINE_CUT_TEXT_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace awase::engine {

// The longest start of `text` of at most `most` bytes that does not end within a UTF-8 character: sentences travel in
// fields that must be valid UTF-8, ids and titles may be 10 kB long.
inline absl::string_view CutText(absl::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // 10xxxxxx continues one
  return text.substr(0, end);
}

}  // namespace awase::engine

#endif  // AWASE_ENGINE_CUT_TEXT_H_

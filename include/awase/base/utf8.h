#ifndef AWASE_BASE_UTF8_H_
#define AWASE_BASE_UTF8_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace awase {

// Bytes of the well-formed UTF-8 character at `position` (Unicode 15, table 3-7); 0 when there is none. REQUIRES:
// position is in `text`.
std::size_t Utf8Length(absl::string_view text, std::size_t position);

// True when `text` is well-formed UTF-8 (no surrogates, no overlong forms). O(bytes), fast for ASCII.
bool IsValidUtf8(absl::string_view text);

}  // namespace awase

#endif  // AWASE_BASE_UTF8_H_

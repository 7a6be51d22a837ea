#ifndef AWASE_YAML_BAD_BYTE_H_
#define AWASE_YAML_BAD_BYTE_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "awase/yaml/decode_message.h"

namespace awase::yaml {

// The first byte of `text` that is no UTF-8, or a control character but tab and line breaks, and what to do about it.
// To be asked before a parser of YAML sees a text: it takes U+0004 for the end of the text, and says nothing of what
// follows. O(bytes), thread-safe.
std::optional<Problem> FindBadByte(absl::string_view text);

}  // namespace awase::yaml

#endif  // AWASE_YAML_BAD_BYTE_H_

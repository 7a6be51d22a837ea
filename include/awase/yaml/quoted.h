#ifndef AWASE_YAML_QUOTED_H_
#define AWASE_YAML_QUOTED_H_

#include <string>

#include "absl/strings/string_view.h"

namespace awase::yaml {

// `text` in double quotes for a message to people: what is unprintable is escaped, and after 60 bytes follows "…".
std::string Quoted(absl::string_view text);

// `text` as messages, JSON and gRPC can carry it: control characters and bytes that are no UTF-8 are written \xe9. What
// has neither stays as it is.
std::string Printable(absl::string_view text);

}  // namespace awase::yaml

#endif  // AWASE_YAML_QUOTED_H_

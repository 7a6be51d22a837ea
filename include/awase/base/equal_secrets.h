#ifndef AWASE_BASE_EQUAL_SECRETS_H_
#define AWASE_BASE_EQUAL_SECRETS_H_

#include "absl/strings/string_view.h"

namespace awase {

// a == b, for what nobody may guess byte by byte: texts of one length take the same time wherever they differ. O(size).
// thread-safe.
bool EqualSecrets(absl::string_view a, absl::string_view b);

}  // namespace awase

#endif  // AWASE_BASE_EQUAL_SECRETS_H_

#include "awase/base/equal_secrets.h"

#include <openssl/crypto.h>

namespace awase {

bool EqualSecrets(absl::string_view a, absl::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace awase

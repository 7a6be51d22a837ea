#ifndef AWASE_BASE_HMAC_SHA256_H_
#define AWASE_BASE_HMAC_SHA256_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace awase {

inline constexpr std::size_t kHmacSha256Bytes = 32;

// The 32 bytes of HMAC-SHA-256 (RFC 2104; OpenSSL underneath): whoever has no key can neither compute nor check it.
// thread-safe.
std::string HmacSha256(absl::string_view key, absl::string_view message);

// Bytes that nobody can guess. kUnavailable when the system has none.
absl::StatusOr<std::string> RandomBytes(std::size_t count);

}  // namespace awase

#endif  // AWASE_BASE_HMAC_SHA256_H_

#include "orders/internal/log_checksum.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace awase::orders_internal {

struct LogChecksum::State {
  alignas(64) XXH3_state_t xxh3;
};

LogChecksum::LogChecksum() : state_(std::make_unique<State>()) { XXH3_128bits_reset(&state_->xxh3); }
LogChecksum::~LogChecksum() = default;

void LogChecksum::Update(absl::string_view bytes) { XXH3_128bits_update(&state_->xxh3, bytes.data(), bytes.size()); }

std::string LogChecksum::Digest() const {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(&state_->xxh3));
  return std::string(reinterpret_cast<const char*>(canonical.digest), sizeof(canonical.digest));
}

}  // namespace awase::orders_internal

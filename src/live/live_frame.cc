#include "live/live_frame.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstdint>

#include "absl/strings/match.h"
#include "awase/base/little_endian.h"

namespace awase::live {
namespace {

std::uint64_t ChecksumOf(absl::string_view payload) { return XXH3_64bits(payload.data(), payload.size()); }

}  // namespace

std::string MakeFrame(absl::string_view payload) {
  std::string frame(kFrameMark);
  AppendLittleEndian(static_cast<std::uint32_t>(payload.size()), frame);
  AppendLittleEndian(ChecksumOf(payload), frame);
  frame.append(payload.data(), payload.size());
  return frame;
}

bool TakeFrame(absl::string_view& bytes, absl::string_view& payload) {
  if (!absl::StartsWith(bytes, kFrameMark)) return false;
  absl::string_view rest = bytes.substr(kFrameMark.size());
  std::uint32_t size = 0;
  std::uint64_t checksum = 0;
  if (!TakeLittleEndian(rest, size) || !TakeLittleEndian(rest, checksum) || rest.size() < size) return false;
  if (ChecksumOf(rest.substr(0, size)) != checksum) return false;
  payload = rest.substr(0, size);
  bytes = rest.substr(size);
  return true;
}

}  // namespace awase::live

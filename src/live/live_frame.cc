#include "live/live_frame.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "absl/strings/match.h"
#include "awase/base/little_endian.h"

namespace awase::live {
namespace {

// The mark and the length.
constexpr std::size_t kCheckedHeadBytes = kFrameMark.size() + sizeof(std::uint32_t);

std::uint64_t ChecksumOf(const FramePlace& place, absl::string_view bytes) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), place.file_id + place.offset);
}

std::uint32_t HeadChecksumOf(const FramePlace& place, absl::string_view frame) {
  return static_cast<std::uint32_t>(ChecksumOf(place, frame.substr(0, kCheckedHeadBytes)));
}

}  // namespace

std::string MakeLogHeader(std::uint64_t file_id) {
  std::string header(kLogLine);
  AppendLittleEndian(file_id, header);
  return header;
}

bool TakeLogHeader(absl::string_view& bytes, std::uint64_t& file_id) {
  if (!absl::StartsWith(bytes, kLogLine)) return false;
  absl::string_view rest = bytes.substr(kLogLine.size());
  if (!TakeLittleEndian(rest, file_id)) return false;
  bytes = rest;
  return true;
}

std::string MakeFrame(const FramePlace& place, absl::string_view payload) {
  std::string frame(kFrameMark);
  AppendLittleEndian(static_cast<std::uint32_t>(payload.size()), frame);
  AppendLittleEndian(HeadChecksumOf(place, frame), frame);
  AppendLittleEndian(ChecksumOf(place, payload), frame);
  frame.append(payload.data(), payload.size());
  return frame;
}

bool TakeFrame(const FramePlace& place, absl::string_view& bytes, absl::string_view& payload) {
  if (!absl::StartsWith(bytes, kFrameMark)) return false;
  absl::string_view rest = bytes.substr(kFrameMark.size());
  std::uint32_t size = 0;
  std::uint32_t head_checksum = 0;
  std::uint64_t checksum = 0;
  if (!TakeLittleEndian(rest, size) || !TakeLittleEndian(rest, head_checksum)) return false;
  if (head_checksum != HeadChecksumOf(place, bytes)) return false;
  if (!TakeLittleEndian(rest, checksum) || rest.size() < size) return false;
  if (ChecksumOf(place, rest.substr(0, size)) != checksum) return false;
  payload = rest.substr(0, size);
  bytes = rest.substr(size);
  return true;
}

}  // namespace awase::live

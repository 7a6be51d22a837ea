#include "exposure_record.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstdint>
#include <utility>

#include "absl/time/time.h"
#include "awase/base/hmac_sha256.h"
#include "awase/base/little_endian.h"

namespace awase::serving {
namespace {

constexpr std::size_t kHeaderBytes = 4 + 8;
constexpr std::size_t kExposureBytes = 1 + 1 + 8 + 4;  // without the id
constexpr std::uint8_t kIntents = engine::kIntentCount;
constexpr std::uint8_t kEvents = 3;

bool TakeText(absl::string_view& bytes, std::size_t size, std::string& text) {
  if (bytes.size() < size) return false;
  text = std::string(bytes.substr(0, size));
  bytes.remove_prefix(size);
  return true;
}

bool TakeExposure(absl::string_view& bytes, engine::Exposure& exposure) {
  std::uint8_t event = 0;
  std::uint8_t intent = 0;
  std::int64_t nanos = 0;
  std::uint32_t size = 0;
  if (!TakeLittleEndian(bytes, event) || !TakeLittleEndian(bytes, intent) || !TakeLittleEndian(bytes, nanos) ||
      !TakeLittleEndian(bytes, size) || event >= kEvents || intent > kIntents) {
    return false;
  }
  exposure.event = static_cast<engine::ExposureEvent>(event);
  if (intent > 0) exposure.intent = static_cast<engine::Intent>(intent - 1);
  exposure.time = absl::FromUnixNanos(nanos);
  return TakeText(bytes, size, exposure.product_id);
}

}  // namespace

std::size_t RecordBytes(absl::Span<const engine::Exposure> exposures) {
  std::size_t bytes = kHeaderBytes + kHmacSha256Bytes;
  for (const engine::Exposure& exposure : exposures) bytes += kExposureBytes + exposure.product_id.size();
  return bytes;
}

std::string EncodeRecord(absl::string_view customer, absl::Span<const engine::Exposure> exposures) {
  std::string payload(customer);
  for (const engine::Exposure& exposure : exposures) {
    AppendLittleEndian(static_cast<std::uint8_t>(exposure.event), payload);
    const int intent = exposure.intent.has_value() ? static_cast<int>(*exposure.intent) + 1 : 0;
    AppendLittleEndian(static_cast<std::uint8_t>(intent), payload);
    AppendLittleEndian(absl::ToUnixNanos(exposure.time), payload);
    AppendLittleEndian(static_cast<std::uint32_t>(exposure.product_id.size()), payload);
    payload.append(exposure.product_id);
  }
  std::string record;
  AppendLittleEndian(static_cast<std::uint32_t>(payload.size()), record);
  AppendLittleEndian(std::uint64_t{XXH3_64bits(payload.data(), payload.size())}, record);
  record.append(payload);
  return record;
}

bool TakeRecord(absl::string_view& bytes, ExposureRecord& record) {
  absl::string_view rest = bytes;
  std::uint32_t size = 0;
  std::uint64_t checksum = 0;
  if (!TakeLittleEndian(rest, size) || !TakeLittleEndian(rest, checksum) || rest.size() < size) return false;
  absl::string_view payload = rest.substr(0, size);
  if (XXH3_64bits(payload.data(), payload.size()) != checksum) return false;
  ExposureRecord taken;
  if (!TakeText(payload, kHmacSha256Bytes, taken.customer)) return false;
  while (!payload.empty()) {
    if (!TakeExposure(payload, taken.exposures.emplace_back())) return false;
  }
  record = std::move(taken);
  bytes.remove_prefix(kHeaderBytes + size);
  return true;
}

}  // namespace awase::serving

#include "live/live_record.h"

#include <cstddef>
#include <cstdint>
#include <utility>

#include "awase/base/little_endian.h"

namespace awase::live {
namespace {

// Which parts follow, in this order, but for kIsVisible.
enum : std::uint8_t {
  kHasPrice = 1,
  kHasPriceSequence = 2,
  kHasStock = 4,
  kHasStockSequence = 8,
  kHasVisible = 16,
  kHasVisibleSequence = 32,
  kIsVisible = 64,
  kUnused = 128,
};

constexpr std::size_t kCurrencyBytes = 3;

std::uint8_t FlagsOf(const LiveEntry& entry) {
  int flags = 0;
  if (entry.price.value.has_value()) flags |= kHasPrice;
  if (entry.price.sequence != 0) flags |= kHasPriceSequence;
  if (entry.stock.value.has_value()) flags |= kHasStock;
  if (entry.stock.sequence != 0) flags |= kHasStockSequence;
  if (entry.visible.value.has_value()) flags |= kHasVisible;
  if (entry.visible.sequence != 0) flags |= kHasVisibleSequence;
  if (entry.visible.value.value_or(false)) flags |= kIsVisible;
  return static_cast<std::uint8_t>(flags);
}

bool TakeText(absl::string_view& bytes, std::size_t size, absl::string_view& text) {
  if (bytes.size() < size) return false;
  text = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return true;
}

bool TakePrice(absl::string_view& bytes, std::optional<Money>& price) {
  Money money;
  absl::string_view letters;
  if (!TakeLittleEndian(bytes, money.minor_units) || money.minor_units < 0) return false;
  if (!TakeText(bytes, kCurrencyBytes, letters)) return false;
  const absl::StatusOr<CurrencyCode> currency = CurrencyCode::Parse(letters);
  if (!currency.ok() || currency->text() != letters) return false;
  money.currency = *currency;
  price = money;
  return true;
}

bool TakeStock(absl::string_view& bytes, std::optional<std::int64_t>& stock) {
  std::int64_t pieces = 0;
  if (!TakeLittleEndian(bytes, pieces) || pieces < 0) return false;
  stock = pieces;
  return true;
}

bool TakeSequence(absl::string_view& bytes, std::uint64_t& sequence) {
  return TakeLittleEndian(bytes, sequence) && sequence != 0;
}

bool TakeEntry(absl::string_view& bytes, int flags, LiveEntry& entry) {
  const auto has = [flags](int part) { return (flags & part) != 0; };
  if (has(kUnused) || (has(kIsVisible) && !has(kHasVisible))) return false;
  if (has(kHasPrice) && !TakePrice(bytes, entry.price.value)) return false;
  if (has(kHasPriceSequence) && !TakeSequence(bytes, entry.price.sequence)) return false;
  if (has(kHasStock) && !TakeStock(bytes, entry.stock.value)) return false;
  if (has(kHasStockSequence) && !TakeSequence(bytes, entry.stock.sequence)) return false;
  if (has(kHasVisible)) entry.visible.value = has(kIsVisible);
  return !has(kHasVisibleSequence) || TakeSequence(bytes, entry.visible.sequence);
}

}  // namespace

void AppendRecord(absl::string_view product_id, const LiveEntry& entry, std::string& bytes) {
  AppendLittleEndian(FlagsOf(entry), bytes);
  AppendLittleEndian(static_cast<std::uint16_t>(product_id.size()), bytes);
  bytes.append(product_id.data(), product_id.size());
  if (entry.price.value.has_value()) {
    AppendLittleEndian(entry.price.value->minor_units, bytes);
    bytes.append(entry.price.value->currency.text().data(), kCurrencyBytes);
  }
  if (entry.price.sequence != 0) AppendLittleEndian(entry.price.sequence, bytes);
  if (entry.stock.value.has_value()) AppendLittleEndian(*entry.stock.value, bytes);
  if (entry.stock.sequence != 0) AppendLittleEndian(entry.stock.sequence, bytes);
  if (entry.visible.sequence != 0) AppendLittleEndian(entry.visible.sequence, bytes);
}

bool TakeRecord(absl::string_view& bytes, LiveRecord& record) {
  std::uint8_t flags = 0;
  std::uint16_t id_bytes = 0;
  absl::string_view id;
  LiveEntry entry;
  if (!TakeLittleEndian(bytes, flags) || !TakeLittleEndian(bytes, id_bytes)) return false;
  if (id_bytes == 0 || id_bytes > kMaxProductIdBytes || !TakeText(bytes, id_bytes, id)) return false;
  if (!TakeEntry(bytes, flags, entry)) return false;
  record = {std::string(id), entry};
  return true;
}

}  // namespace awase::live

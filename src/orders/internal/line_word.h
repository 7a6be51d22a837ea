#ifndef AWASE_ORDERS_INTERNAL_LINE_WORD_H_
#define AWASE_ORDERS_INTERNAL_LINE_WORD_H_

// The bits of a LineWord: 63 … 32 the product, 31 … 3 the quantity in thousandths (two's complement), 2 "the quantity is
// elsewhere" (OrderLog::large_quantities; the bits 31 … 3 are then 0), 1 … 0 the status.
// So words of one order compare by product first, and what is bought comes out of a word with a shift.

#include <algorithm>
#include <cstdint>

#include "absl/types/span.h"
#include "awase/orders/order_log.h"

namespace awase::orders_internal {

using orders::LineStatus;
using orders::LineWord;

inline constexpr std::int64_t kMostInlineQuantity = (std::int64_t{1} << 28) - 1;
inline constexpr LineWord kStatusBits = 3;
inline constexpr LineWord kLargeBit = 4;

inline LineWord WordOf(std::uint32_t product, LineStatus status) {
  return (LineWord{product} << 32) | static_cast<LineWord>(status);
}

inline bool FitsWord(std::int64_t quantity_milli) {
  return quantity_milli <= kMostInlineQuantity && quantity_milli >= -kMostInlineQuantity - 1;
}

// REQUIRES: FitsWord(quantity_milli).
inline LineWord WordOf(std::uint32_t product, LineStatus status, std::int64_t quantity_milli) {
  return WordOf(product, status) | static_cast<std::uint32_t>(static_cast<std::uint32_t>(quantity_milli) << 3);
}

inline std::uint32_t ProductOf(LineWord word) { return static_cast<std::uint32_t>(word >> 32); }
inline LineStatus StatusOf(LineWord word) { return static_cast<LineStatus>(word & kStatusBits); }
inline bool IsLarge(LineWord word) { return (word & kLargeBit) != 0; }

// REQUIRES: !IsLarge(word).
inline std::int64_t QuantityOf(LineWord word) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(word)) >> 3;
}

// REQUIRES: `line` is among them.
inline std::int64_t LargeQuantityAt(absl::Span<const orders::LargeQuantity> by_line, std::uint64_t line) {
  const auto found = std::lower_bound(by_line.begin(), by_line.end(), line,
                                      [](const auto& large, std::uint64_t wanted) { return large.line < wanted; });
  return found->quantity_milli;
}

// Completed, and a quantity above zero that the word itself holds: nothing but a purchase.
inline bool IsPlain(LineWord word) {
  const auto amount = static_cast<std::uint32_t>(word);
  return amount - 8 < 0x80000000 - 8 && (amount & (kStatusBits | kLargeBit)) == 0;
}

}  // namespace awase::orders_internal

#endif  // AWASE_ORDERS_INTERNAL_LINE_WORD_H_

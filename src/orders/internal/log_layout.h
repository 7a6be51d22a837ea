#ifndef AWASE_ORDERS_INTERNAL_LOG_LAYOUT_H_
#define AWASE_ORDERS_INTERNAL_LOG_LAYOUT_H_

// The records of a log file (docs/order_store.md). Little endian, as in memory.

#include <array>
#include <bit>
#include <cstdint>

namespace awase::orders_internal {

static_assert(std::endian::native == std::endian::little, "log files are written as they lie in memory");

inline constexpr std::array<char, 8> kLogMagic = {'a', 'w', 'a', 's', 'e', 'l', 'o', 'g'};
inline constexpr std::uint32_t kLogFormat = 1;

struct LogHeader {
  std::array<char, 8> magic = kLogMagic;
  std::uint32_t format = kLogFormat;
  std::uint32_t reserved = 0;
  std::uint64_t orders = 0;
  std::uint64_t lines = 0;
  std::uint64_t orders_with_returns = 0;
  std::uint64_t orders_with_two_customers = 0;
  std::uint64_t large_quantities = 0;
  std::uint64_t customers = 0;
  std::uint64_t products = 0;
  std::uint64_t product_id_bytes = 0;
  std::uint64_t prices = 0;
  std::uint64_t note_bytes = 0;
};
static_assert(sizeof(LogHeader) == 96);

struct PriceRecord {
  std::int64_t minor_units = 0;
  std::uint64_t lines = 0;
  std::array<char, 3> currency = {};
  std::array<char, 5> reserved = {};
};
static_assert(sizeof(PriceRecord) == 24);

inline constexpr std::size_t kChecksumBytes = 16;  // XXH3 with 128 bits, canonical form, of all bytes before it

}  // namespace awase::orders_internal

#endif  // AWASE_ORDERS_INTERNAL_LOG_LAYOUT_H_

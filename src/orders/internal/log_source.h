#ifndef AWASE_ORDERS_INTERNAL_LOG_SOURCE_H_
#define AWASE_ORDERS_INTERNAL_LOG_SOURCE_H_

// What a log is made from: the lines of one shard (or of a log that is there already), still with numbers of their own.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "awase/orders/order_log.h"

namespace awase::orders_internal {

using orders::IdKey;
using orders::LineWord;

// All that a source knows of one of its orders but for its lines. 32 bytes: half a cache line.
struct OrderRecord {
  IdKey customer = {};  // the smallest of its lines; zero = none
  std::int64_t time = orders::kNoTime;
  std::uint64_t lines_twice = 0;  // the number of lines, times two, plus one when they name different customers

  std::uint64_t line_count() const { return lines_twice >> 1; }
  bool two_customers() const { return (lines_twice & 1) != 0; }
  void NoteTwoCustomers() { lines_twice |= 1; }

  void NoteCustomer(const IdKey& other) {
    if (other == IdKey() || other == customer) return;
    if (customer != IdKey()) NoteTwoCustomers();
    if (customer == IdKey() || other < customer) customer = other;
  }
  void NoteTime(std::int64_t other) {
    if (other != orders::kNoTime && (time == orders::kNoTime || other < time)) time = other;
  }
  void Absorb(const OrderRecord& other) {
    NoteCustomer(other.customer);
    NoteTime(other.time);
    lines_twice = (((lines_twice >> 1) + other.line_count()) << 1) | ((lines_twice | other.lines_twice) & 1);
  }
};

// Lines are held in blocks; `kBlockLines` of them, but for the last block. A Run is lines of one order that follow one
// another within a block: the position of the first in the upper 42 bits, their number less one in the others.
inline constexpr int kBlockBits = 22;
inline constexpr std::size_t kBlockLines = std::size_t{1} << kBlockBits;
using Run = std::uint64_t;
inline Run RunOf(std::uint64_t first, std::uint64_t count) { return (first << kBlockBits) | (count - 1); }
inline std::uint64_t FirstOf(Run run) { return run >> kBlockBits; }
inline std::size_t CountOf(Run run) { return (run & (kBlockLines - 1)) + 1; }

struct LogSource {
  orders::UnfilledVector<IdKey> keys;                 // of its orders
  orders::UnfilledVector<OrderRecord> records;        // likewise
  orders::UnfilledVector<std::uint64_t> run_offsets;  // order o has runs[run_offsets[o] … run_offsets[o + 1])
  orders::UnfilledVector<Run> runs;
  std::vector<const LineWord*> blocks;
  absl::Span<const orders::LargeQuantity> large_quantities;  // by position of the line
  std::vector<std::string> product_ids;
  std::vector<orders::ObservedPrice> prices;        // per product; `price` itself is not needed
  std::vector<std::uint32_t> product_numbers = {};  // per product: its number in the log

  const LineWord* LinesOf(Run run) const {
    const std::uint64_t first = FirstOf(run);
    return blocks[first >> kBlockBits] + (first & (kBlockLines - 1));
  }
};

// Makes one log of them all. Takes over what the sources own; what their spans show must stay until it is done.
orders::OrderLog MergeSources(std::vector<LogSource> sources, std::size_t threads);

}  // namespace awase::orders_internal

#endif  // AWASE_ORDERS_INTERNAL_LOG_SOURCE_H_

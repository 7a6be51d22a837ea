#ifndef AWASE_ORDERS_INTERNAL_LOG_SOURCE_H_
#define AWASE_ORDERS_INTERNAL_LOG_SOURCE_H_

// What a log is made from: the lines of one shard (or of a log that is there already), still with numbers of their own.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "awase/orders/order_log.h"
#include "awase/orders/unfilled_vector.h"
#include "orders/internal/key_table.h"

namespace awase::orders_internal {

using orders::IdKey;
using orders::LineWord;

// Lines of one order that follow one another: where they are and how many. Sources hold lines in blocks of kBlockLines,
// and a run does not go beyond its block. For an order that came in several runs, a Run says where the list of them is;
// for one that several sources have, where the next one's runs are. Positions, lists and links are those of one source;
// MergeSources counts them through all sources.
class Run {
 public:
  Run() = default;
  Run(std::uint64_t first, std::uint64_t count) : bits_(first << kCountBits | (count - 1)) {}
  static Run Several(std::uint64_t list) { return FromBits(kSeveral | list); }
  static Run Linked(std::uint64_t link) { return FromBits(kLinked | link); }
  static Run FromBits(std::uint64_t bits) {
    Run run;
    run.bits_ = bits;
    return run;
  }
  std::uint64_t bits() const { return bits_; }

  // Something about the order, on top of where its lines are.
  bool two_customers() const { return (bits_ & kTwoCustomers) != 0; }
  void NoteTwoCustomers(bool two_customers) { bits_ |= two_customers ? kTwoCustomers : 0; }

  bool several() const { return (bits_ & kKind) == kSeveral; }
  std::uint64_t list() const { return bits_ & ~(kKind | kTwoCustomers); }

  bool linked() const { return (bits_ & kKind) == kLinked; }
  std::uint64_t link() const { return list(); }

  // REQUIRES: neither several() nor linked().
  std::uint64_t first() const { return (bits_ & ~kTwoCustomers) >> kCountBits; }
  std::size_t count() const { return (bits_ & ((std::uint64_t{1} << kCountBits) - 1)) + 1; }

 private:
  static constexpr int kCountBits = 22;
  static constexpr std::uint64_t kKind = std::uint64_t{3} << 62;
  static constexpr std::uint64_t kSeveral = std::uint64_t{1} << 62;
  static constexpr std::uint64_t kLinked = std::uint64_t{2} << 62;
  static constexpr std::uint64_t kTwoCustomers = std::uint64_t{1} << 61;
  std::uint64_t bits_;
};

inline constexpr int kBlockBits = 22;
inline constexpr std::size_t kBlockLines = std::size_t{1} << kBlockBits;

// All that a source knows of one of its orders but for its key. 32 bytes: half a cache line.
struct OrderRecord {
  IdKey customer = {};                  // the smallest of its lines; zero = none
  std::int64_t time = orders::kNoTime;  // the earliest of its lines
  Run run = Run::FromBits(0);

  void NoteCustomer(const IdKey& other) {
    if (other == IdKey() || other == customer) return;
    run.NoteTwoCustomers(customer != IdKey());
    if (customer == IdKey() || other < customer) customer = other;
  }
  void NoteTime(std::int64_t other) {
    if (other != orders::kNoTime && (time == orders::kNoTime || other < time)) time = other;
  }

  // Takes over what `other` says of the same order, but for where its lines are.
  void Absorb(const OrderRecord& other) {
    NoteCustomer(other.customer);
    NoteTime(other.time);
    run.NoteTwoCustomers(other.run.two_customers());
  }
};

struct LogSource {
  absl::Span<const IdKey> keys;                 // of its orders
  KeyTable* table = nullptr;                    // of these keys; the last source needs none
  orders::UnfilledVector<OrderRecord> records;  // per order
  orders::UnfilledVector<std::uint64_t> lists;  // of an order that came in several runs: their number, then they
  std::vector<const LineWord*> blocks;
  absl::Span<const orders::LargeQuantity> large_quantities;  // by position of the line
  std::vector<std::string> product_ids;
  std::vector<orders::ObservedPrice> prices;        // per product; `price` itself is not needed
  std::vector<std::uint32_t> product_numbers = {};  // per product: its number in the log
};

// Makes one log of them all. Takes over what the sources own; what their spans and pointers show must stay until it is
// done.
orders::OrderLog MergeSources(std::vector<LogSource> sources, std::size_t threads);

}  // namespace awase::orders_internal

#endif  // AWASE_ORDERS_INTERNAL_LOG_SOURCE_H_

#ifndef AWASE_ORDERS_ORDER_LOG_H_
#define AWASE_ORDERS_ORDER_LOG_H_

// The lines of an order dump with their strings turned into dense numbers, before any cleaning. A reader of dumps fills
// an OrderLogBuilder; orders::BuildBaskets (baskets.h) turns the log into baskets.
//
//   OrderLogBuilder builder(/*shards=*/2);
//   builder.shard(0).Add({.order_id = "4711", .product_id = "tea"});   // one thread
//   builder.shard(1).Add({.order_id = "4712", .product_id = "milk"});  // another one
//   OrderLog log = builder.Build(/*threads=*/2);

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "awase/base/money.h"
#include "awase/orders/unfilled_vector.h"

namespace awase::orders {

enum class LineStatus : std::uint8_t { kCompleted, kCancelled, kReturned };

// Stands for "no customer id" and "no timestamp".
inline constexpr std::uint32_t kNoCustomer = 0xFFFFFFFF;
inline constexpr std::int64_t kNoTime = INT64_MIN;

// Quantities are whole thousandths (1 kg 250 g of cheese = 1250), so that sums do not depend on their order.
inline constexpr std::int64_t kQuantityOne = 1000;

// One line as a reader hands it over. Views are borrowed for the call.
struct LineInput {
  absl::string_view order_id;                  // REQUIRES: not empty
  absl::string_view product_id;                // REQUIRES: not empty
  absl::string_view customer_id;               // empty = unknown
  std::int64_t quantity_milli = kQuantityOne;  // may be negative: a returned line in many dumps; REQUIRES: > INT64_MIN
  std::int64_t ordered_at_micros = kNoTime;    // since 1970-01-01 UTC
  LineStatus status = LineStatus::kCompleted;
  std::optional<Money> unit_price;
};

struct OrderLine {
  std::uint32_t product;  // position in OrderLog::product_ids, NOT a ProductIndex
  std::int64_t quantity_milli;
  LineStatus status;
};

// What stands for the id of an order or a customer: a 128-bit hash of its bytes. Two ids of a shop with 10^9 orders share
// one with a chance of 10^-20. IdKey() is all zero and stands for "no id"; without () it is not set, for the sake of large
// tables.
struct IdKey {
  std::uint64_t high;
  std::uint64_t low;

  friend bool operator==(const IdKey&, const IdKey&) = default;
  friend auto operator<=>(const IdKey&, const IdKey&) = default;
};

struct PriceCount {
  Money price;
  std::uint64_t lines = 0;
};

// What the order lines themselves say a product costs: the lower median of the unit prices on the latest day on which
// it was sold at a price. A stand-in for a catalogue without prices.
struct ObservedPrice {
  std::optional<Money> price;
  std::int64_t day = INT64_MIN;    // since 1970; INT64_MIN = never sold at a price, INT64_MIN + 1 = at no known time
  std::vector<PriceCount> of_day;  // by currency, then price
};

// A line in eight bytes: the product above, quantity and status below. See src/orders/internal/line_word.h.
using LineWord = std::uint64_t;

// A quantity beyond ±268,435 that a LineWord has no room for.
struct LargeQuantity {
  std::uint64_t line;  // position in OrderLog::lines
  std::int64_t quantity_milli;
};

// Order o is row o of the order_… columns and has lines[line_offsets[o] … line_offsets[o + 1]). The whole log is in
// canonical order, so that it does not depend on where a line stood in the dump. thread-compatible.
struct OrderLog {
  // Orders: by customer, then time, then key; those without a customer last, by key.
  UnfilledVector<IdKey> order_keys;
  UnfilledVector<std::uint32_t> order_customers;  // position in customer_keys, or kNoCustomer
  UnfilledVector<std::int64_t> order_times;       // the earliest of its lines, or kNoTime
  UnfilledVector<std::uint64_t> line_offsets{0};
  std::vector<std::uint32_t> orders_with_returns;  // ascending: those with a line that is returned or below zero
  // Orders whose lines name different customers (the one with the smallest key is kept), ascending.
  std::vector<std::uint32_t> orders_with_two_customers;

  UnfilledVector<LineWord> lines;               // within an order ascending: by product, then status and quantity
  std::vector<LargeQuantity> large_quantities;  // by line

  std::vector<IdKey> customer_keys;            // ascending
  std::vector<std::string> product_ids;        // ascending bytewise
  std::vector<ObservedPrice> observed_prices;  // per product

  std::size_t order_count() const { return order_keys.size(); }
  std::size_t line_count() const { return lines.size(); }
  OrderLine line(std::size_t i) const;
};

// The log of all lines of both: what an OrderLogBuilder makes of them together. O(lines of both).
OrderLog MergeLogs(OrderLog earlier, OrderLog later, std::size_t threads = 1);

// Takes lines from several threads at once, each into a shard of its own. Which lines are in which shard makes no
// difference to the log. Works best where the lines of an order follow one another.
//
// Memory: 8 bytes a line, 8 for each run of lines of one order, 55 for each order, the distinct product ids, and the
// distinct prices of each product's latest day (of a dump without times: all its prices). Build needs up to 8 bytes a
// line and 100 an order more.
// Limits: 2^32 − 2 orders, customers and products; 2^41 lines.
class OrderLogBuilder {
 public:
  // The lines of one reading thread. single-thread; different shards may be used by different threads at once.
  class Shard {
   public:
    Shard();
    ~Shard();
    Shard(Shard&&) noexcept;
    Shard& operator=(Shard&&) noexcept;

    void Add(const LineInput& line);

    // Lines added to this shard so far.
    std::size_t line_count() const;

   private:
    friend class OrderLogBuilder;
    struct State;
    std::unique_ptr<State> state_;
  };

  explicit OrderLogBuilder(std::size_t shards = 1);  // REQUIRES: shards >= 1
  ~OrderLogBuilder();
  OrderLogBuilder(OrderLogBuilder&&) noexcept;
  OrderLogBuilder& operator=(OrderLogBuilder&&) noexcept;

  // Stays valid, and at its place, until Build. REQUIRES: i < shards.
  Shard& shard(std::size_t i) { return shards_[i]; }

  // Of all shards. REQUIRES: nobody adds at the same time.
  std::size_t line_count() const;

  // REQUIRES: called once, as the last call.
  OrderLog Build(std::size_t threads = 1);

 private:
  std::vector<Shard> shards_;
};

}  // namespace awase::orders

#endif  // AWASE_ORDERS_ORDER_LOG_H_

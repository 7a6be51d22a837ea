#ifndef AWASE_ORDERS_ORDER_LOG_H_
#define AWASE_ORDERS_ORDER_LOG_H_

// The lines of an order dump with their strings turned into dense numbers, before any cleaning. A reader of dumps fills
// an OrderLogBuilder; orders::BuildBaskets (baskets.h) turns the log into baskets.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "awase/base/money.h"

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
  std::int64_t quantity_milli = kQuantityOne;  // may be negative: a returned line in many dumps
  std::int64_t ordered_at_micros = kNoTime;    // since 1970-01-01 UTC
  LineStatus status = LineStatus::kCompleted;
  std::optional<Money> unit_price;
};

struct OrderLine {
  std::uint32_t order;
  std::uint32_t product;  // position in OrderLog::product_ids, NOT a ProductIndex
  std::int64_t quantity_milli;
  LineStatus status;
};

struct Order {
  std::uint32_t customer = kNoCustomer;
  std::int64_t ordered_at_micros = kNoTime;  // the earliest of its lines
};

// What the order lines themselves say a product costs: the lower median of the unit prices on the latest day on which
// it was sold at a price. A stand-in for a catalogue without prices.
struct ObservedPrice {
  std::optional<Money> price;
};

struct OrderLog {
  std::vector<OrderLine> lines;
  std::vector<Order> orders;
  std::vector<std::string> product_ids;        // ascending bytewise
  std::vector<ObservedPrice> observed_prices;  // per product
  std::size_t customer_count = 0;
  // Lines whose order already had another customer; the customer with the smallest id (bytewise) is kept.
  std::uint64_t customer_conflicts = 0;

  std::size_t line_count() const { return lines.size(); }
  // In no particular order.
  OrderLine line(std::size_t i) const { return lines[i]; }
};

// Takes lines from several threads at once, each into a shard of its own. Which lines are in which shard makes no
// difference to the log, but for the numbers that orders and customers get.
class OrderLogBuilder {
 public:
  // The lines of one reading thread. single-thread; different shards may be used by different threads at once.
  class Shard {
   public:
    ~Shard();
    Shard(Shard&&) noexcept;
    Shard& operator=(Shard&&) noexcept;

    void Add(const LineInput& line);

    // Lines added to this shard so far.
    std::size_t line_count() const;

   private:
    friend class OrderLogBuilder;
    struct State;
    explicit Shard(std::shared_ptr<State> state);
    std::shared_ptr<State> state_;
    std::size_t line_count_ = 0;
  };

  explicit OrderLogBuilder(std::size_t shards = 1);  // REQUIRES: shards >= 1
  ~OrderLogBuilder();
  OrderLogBuilder(OrderLogBuilder&&) noexcept;
  OrderLogBuilder& operator=(OrderLogBuilder&&) noexcept;

  // Stays valid, and at its place, as long as the builder is not moved. REQUIRES: i < shards.
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

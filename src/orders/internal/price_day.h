#ifndef AWASE_ORDERS_INTERNAL_PRICE_DAY_H_
#define AWASE_ORDERS_INTERNAL_PRICE_DAY_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/container/flat_hash_map.h"
#include "absl/hash/hash.h"
#include "absl/types/span.h"
#include "awase/orders/order_log.h"

namespace awase::orders_internal {

// The prices of one product on the latest day so far on which it was sold at one. One day only, and each price once with
// the number of its lines, bounds the memory; what is kept does not depend on the order of the lines.
class PriceDay {
 public:
  void Observe(const Money& price, std::int64_t ordered_at_micros) {
    const std::int64_t day = DayOf(ordered_at_micros);
    if (day == day_ && price == first_.price) {
      ++first_.lines;
    } else if (day >= day_) {
      ObserveOther(price, day);
    }
  }

  // The day and its prices; not yet which of them stands for all. Leaves nothing.
  orders::ObservedPrice Take() &&;

 private:
  static std::int64_t DayOf(std::int64_t micros) {
    constexpr std::int64_t kMicrosPerDay = std::int64_t{24} * 60 * 60 * 1000 * 1000;
    if (micros == orders::kNoTime) return INT64_MIN + 1;  // any day is later
    return micros / kMicrosPerDay - (micros % kMicrosPerDay < 0 ? 1 : 0);
  }
  void ObserveOther(const Money& price, std::int64_t day);

  // Most products have one or two prices on a day.
  struct MoneyHash {
    std::size_t operator()(const Money& money) const { return absl::HashOf(money.minor_units, money.currency.text()); }
  };
  using Others = absl::flat_hash_map<Money, std::uint64_t, MoneyHash>;

  std::int64_t day_ = INT64_MIN;
  orders::PriceCount first_;
  std::unique_ptr<Others> others_;
};

// What a product costs by the days that several sources saw: the latest counts.
orders::ObservedPrice Summarise(absl::Span<const orders::ObservedPrice* const> days);

}  // namespace awase::orders_internal

#endif  // AWASE_ORDERS_INTERNAL_PRICE_DAY_H_

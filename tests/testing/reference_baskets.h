#ifndef AWASE_TESTS_TESTING_REFERENCE_BASKETS_H_
#define AWASE_TESTS_TESTING_REFERENCE_BASKETS_H_

// Cleaning as baskets.h describes it, on strings and maps, one rule after the other: an oracle for
// orders::BuildBaskets.

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "awase/orders/baskets.h"
#include "awase/orders/order_log.h"

namespace awase::testing {

struct ReferenceLine {
  std::string order, customer, product;
  std::int64_t quantity_milli = orders::kQuantityOne;
  orders::LineStatus status = orders::LineStatus::kCompleted;
  std::int64_t time = orders::kNoTime;
};

// A basket by what its buyer's orders are known by: "" is a buyer of its own.
struct ReferenceCleanBasket {
  std::string customer;
  std::int64_t time = orders::kNoTime;
  std::vector<std::string> products;  // roots, ascending, distinct

  friend auto operator<=>(const ReferenceCleanBasket&, const ReferenceCleanBasket&) = default;
};

struct ReferenceCleaning {
  std::vector<ReferenceCleanBasket> baskets;   // ascending
  std::map<std::string, std::uint32_t> units;  // per product, variants apart
  orders::CleaningReport report;
  std::uint64_t orders_with_two_customers = 0;
};

// `root_of` has an entry for each variant.
ReferenceCleaning CleanByReference(const std::vector<ReferenceLine>& lines,
                                   const std::map<std::string, std::string>& root_of);

}  // namespace awase::testing

#endif  // AWASE_TESTS_TESTING_REFERENCE_BASKETS_H_

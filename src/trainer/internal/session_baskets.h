#ifndef AWASE_TRAINER_INTERNAL_SESSION_BASKETS_H_
#define AWASE_TRAINER_INTERNAL_SESSION_BASKETS_H_

// From a session log to baskets of what each session looked at.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "awase/catalog/catalog.h"
#include "awase/orders/baskets.h"
#include "awase/orders/order_log.h"
#include "awase/trainer/train.h"

namespace awase::trainer_internal {

// One basket per session that viewed a product of the catalogue: the distinct roots of those, dated by the first view.
// Buyers are the customers of `views`, else the sessions themselves. What is in no catalogue is left out, and counted
// in the report. O(views).
orders::BasketSet MakeSessionBaskets(const orders::OrderLog& views, const catalog::Catalog& catalog,
                                     std::size_t threads, trainer::SessionReport* report);

// For each customer of `views`, by number, the same one's number in `orders`; kNoCustomer for who never ordered.
// O(customers of both).
std::vector<std::uint32_t> CustomersOfOrders(const orders::OrderLog& views, const orders::OrderLog& orders);

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_SESSION_BASKETS_H_

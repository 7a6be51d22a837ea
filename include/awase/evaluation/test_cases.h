#ifndef AWASE_EVALUATION_TEST_CASES_H_
#define AWASE_EVALUATION_TEST_CASES_H_

// The questions of the protocol (docs/evaluation.md), drawn from held-out baskets.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/orders/baskets.h"

namespace awase::evaluation {

// One product of a basket is shown; what else was in it?
struct ListCase {
  ProductIndex anchor;
  std::vector<ProductIndex> targets;  // the rest of the basket; at least one
  std::size_t basket = 0;             // its place among the held-out ones
};

// A case that was answered: how well, and when its basket was bought, so that it can be asked of others who may or may
// not have seen it.
struct JudgedCase {
  ListCase question;
  std::int64_t time_micros = orders::kNoTime;
  double ndcg_at_10 = 0;
};

// All products of a basket but one are in the cart; which is missing?
struct CartCase {
  std::vector<ProductIndex> cart;  // at least one
  ProductIndex hidden;
};

struct CaseOptions {
  std::size_t max_list_cases = 20'000;
  std::size_t max_cart_cases = 4'000;
  std::uint64_t seed = 1;
};

struct TestCases {
  std::vector<ListCase> lists;
  std::vector<CartCase> carts;
  std::uint64_t baskets = 0;           // held out
  std::uint64_t baskets_in_reach = 0;  // of them with two known products or more
};

// Products that are not known (is_known[slot] == 0) are left out of the baskets; baskets of at least two known products
// give one case of each kind. Where those are more than the options allow, a random part of them is taken. The same
// baskets and seed give the same cases. O(size of the set).
TestCases DrawCases(const orders::BasketSet& held_out, absl::Span<const std::uint8_t> is_known,
                    const CaseOptions& options = {});

}  // namespace awase::evaluation

#endif  // AWASE_EVALUATION_TEST_CASES_H_

#ifndef AWASE_LISTS_INTERNAL_TYPE_TRANSITIONS_H_
#define AWASE_LISTS_INTERNAL_TYPE_TRANSITIONS_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/lists/product_types.h"
#include "awase/orders/baskets.h"
#include "lists/internal/order_shares.h"

namespace awase::lists_internal {

// What is bought with products of a type: T_ij = P(type of j | type of i) · p_j / Σ p over the type of j. Between
// products of one type only orders with two or more of it count. Immutable; thread-safe.
class TypeTransitions {
 public:
  // Borrows nothing. O(Σ over baskets of types in it squared + types · products kept). Memory: 4 bytes a pair of types.
  TypeTransitions(const orders::BasketSet& baskets, const lists::ProductTypes& types, const OrderShares& shares);

  // No product has a type, or there are too many types.
  bool empty() const { return table_.empty(); }

  // T_ij; 0 where one of the two has no type.
  float operator()(ProductIndex i, ProductIndex j) const {
    const std::uint32_t from = TypeOf(i);
    const std::uint32_t to = TypeOf(j);
    if (from == lists::kNoType || to == lists::kNoType) return 0;
    return table_[std::size_t{from} * count_ + to] * share_of_type_[Slot(j)];
  }

  bool SameType(ProductIndex i, ProductIndex j) const { return TypeOf(i) != lists::kNoType && TypeOf(i) == TypeOf(j); }

  // The products of the greatest T_ij for the type of i, at most kCandidates + 1, best first; i may be among them.
  absl::Span<const ProductIndex> Best(ProductIndex i) const {
    const std::uint32_t type = TypeOf(i);
    return type == lists::kNoType ? absl::Span<const ProductIndex>() : best_[type];
  }
  static constexpr std::size_t kCandidates = 40;

 private:
  std::uint32_t TypeOf(ProductIndex product) const { return table_.empty() ? lists::kNoType : type_of_[Slot(product)]; }
  void Count(const orders::BasketSet& baskets, const OrderShares& shares);
  void FindBest(const OrderShares& shares);

  std::uint32_t count_ = 0;
  std::vector<std::uint32_t> type_of_;
  std::vector<float> table_;          // P(to | from) at [from · count + to]
  std::vector<float> share_of_type_;  // per product
  std::vector<std::vector<ProductIndex>> best_;
};

}  // namespace awase::lists_internal

#endif  // AWASE_LISTS_INTERNAL_TYPE_TRANSITIONS_H_

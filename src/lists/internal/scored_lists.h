#ifndef AWASE_LISTS_INTERNAL_SCORED_LISTS_H_
#define AWASE_LISTS_INTERNAL_SCORED_LISTS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "awase/base/product_index.h"
#include "awase/lists/list_settings.h"
#include "awase/lists/product_types.h"
#include "awase/orders/baskets.h"
#include "awase/orders/row_counter.h"
#include "awase/relations/relation.h"
#include "awase/similarity/near_products.h"
#include "lists/internal/back_off.h"
#include "lists/internal/cover.h"
#include "lists/internal/list_scorer.h"
#include "lists/internal/order_shares.h"
#include "lists/internal/similar_shares.h"
#include "lists/internal/type_transitions.h"

namespace awase::lists_internal {

inline constexpr std::uint32_t kNotCounted = 0xFFFFFFFF;  // Scored::place of what is backed off alone

// The candidates of each product's list with their φ: what was counted and, where that is all there is to count,
// what is backed off to. What was bought with the anchor by too few people to be counted is neither. Borrows
// `counted`. Immutable; thread-safe.
class ScoredLists {
 public:
  // `counted` has lists of up to `counted_length` from these baskets; see lists::RankLists. Borrows `near`:
  // of `counted`, or nothing where settings.similar_orders has no say.
  ScoredLists(const relations::Relation& counted, std::size_t counted_length, const orders::BasketSet& baskets,
              const lists::ProductTypes& types, const std::optional<similarity::NearProducts>& near,
              const lists::ListSettings& settings);

  // In no order. Scored::place is that in the counted list, or kNotCounted. `counter`, of the calling thread: over
  // index().
  void Score(ProductIndex anchor, orders::RowCounter* counter, std::vector<Scored>* scored) const;
  const orders::BasketIndex& index() const { return index_; }

  // What speaks for a candidate that is backed off: the anchor's type where that buys it more than everybody does.
  relations::EntrySource SourceOf(ProductIndex anchor, ProductIndex backed_off) const;

  // Per product: how many pages are expected to be its own; and the products by that, falling.
  const std::vector<double>& pages() const { return pages_; }
  std::vector<ProductIndex> ByPages() const;

 private:
  const relations::Relation& counted_;
  std::size_t counted_length_;
  orders::BasketIndex index_;
  OrderShares shares_;
  TypeTransitions transitions_;
  BackOff back_off_;
  std::optional<SimilarShares> similar_;
  ListScorer scorer_;
  std::vector<double> pages_;
};

}  // namespace awase::lists_internal

#endif  // AWASE_LISTS_INTERNAL_SCORED_LISTS_H_

#ifndef AWASE_LISTS_INTERNAL_TRIAL_PAGES_H_
#define AWASE_LISTS_INTERNAL_TRIAL_PAGES_H_

#include <cstdint>
#include <map>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include "awase/evaluation/test_cases.h"
#include "awase/lists/list_settings.h"
#include "awase/lists/product_types.h"
#include "awase/orders/baskets.h"
#include "awase/orders/counter_pool.h"
#include "awase/relations/relation.h"
#include "awase/similarity/near_products.h"
#include "lists/internal/list_scorer.h"
#include "lists/internal/order_shares.h"
#include "lists/internal/type_transitions.h"

namespace awase::lists_internal {

// The pages by which relevance is judged: every product of every judging order as an anchor, which is the mean over all
// draws of one and so has less noise. Each has a pool of candidates that no setting can leave far, so that a setting is
// tried by scoring the pools once more. thread-compatible.
class TrialPages {
 public:
  // Borrows index (of the earlier orders) and types. `cases`: the judging orders, each with one product as the anchor.
  TrialPages(const orders::BasketIndex& index, const lists::ProductTypes& types,
             const std::vector<evaluation::ListCase>& cases, std::size_t threads);

  // Tells what settings.similar_orders draws from; without it nothing does. `counted` and `near`: of the index's
  // baskets, counted as `ranking` weighs them.
  void AddSimilar(const relations::Relation& counted, const similarity::NearProducts& near,
                  const relations::RankingOptions& ranking);

  // Forgets what was counted for settings that weigh orders in other ways than `ranking`: they may be tried all the
  // same, but are counted anew.
  void KeepOnly(const relations::RankingOptions& ranking);

  // NDCG@10 without a coverage bonus: the mean over orders, and over the products of each as anchors.
  double Try(const lists::ListSettings& settings);

  bool has_types() const { return has_types_; }

 private:
  struct Page {
    ProductIndex anchor;
    std::size_t first;
    std::size_t last;  // its candidates
  };
  struct Candidates {
    std::vector<ProductIndex> products;
    std::vector<float> gains;    // NDCG that the candidate brings on the first place, summed over the orders
    std::vector<float> similar;  // S_ij; 0 until AddSimilar
  };
  // What depends on how orders weigh alone.
  struct Weighing {
    OrderShares shares;
    std::vector<double> log_trends;
    std::vector<float> orders;  // per candidate: C_ij
    std::vector<float> types;   // per candidate: T_ij; empty until a setting asks for them
  };

  void AddPage(ProductIndex anchor, const std::vector<ProductIndex>& pool,
               const std::vector<std::pair<ProductIndex, float>>& gains);
  const Weighing& WeighingFor(const lists::ListSettings& settings);
  void CountOrders(Weighing* weighing);
  bool SameType(ProductIndex a, ProductIndex b) const {
    return has_types_ && types_.of[Slot(a)] != lists::kNoType && types_.of[Slot(a)] == types_.of[Slot(b)];
  }

  const orders::BasketIndex& index_;
  const lists::ProductTypes& types_;
  std::size_t threads_;
  orders::CounterPool counters_;
  bool has_types_ = false;
  std::vector<std::uint32_t> units_;
  std::vector<Page> pages_;
  Candidates candidates_;
  using WeighingKey = std::tuple<double, double, double>;  // γ, half-life and season weight
  static WeighingKey KeyOf(const relations::RankingOptions& ranking) {
    return {ranking.basket_size_exponent, ranking.half_life_days, ranking.season_weight};
  }
  std::map<WeighingKey, std::unique_ptr<Weighing>> weighings_;
};

}  // namespace awase::lists_internal

#endif  // AWASE_LISTS_INTERNAL_TRIAL_PAGES_H_

#ifndef AWASE_LISTS_LIST_SETTINGS_H_
#define AWASE_LISTS_LIST_SETTINGS_H_

#include "awase/relations/build_relation.h"

namespace awase::lists {

// How bought_together lists are ranked. Formulas and what each setting is for: docs/relevance.md, "The model of lists".
// With all but `ranking` at 0 a list is ranked by its counts alone.
struct ListSettings {
  relations::RankingOptions ranking;  // γ, half-life, β, season
  double trend_exponent = 0;          // θ ≥ 0: how much a product in the ascendant gains
  double popularity_orders = 0;   // μp ≥ 0: as if each product had been in so many more orders with what everybody buys
  double type_orders = 0;         // μT ≥ 0: … with what is bought with its type
  double similar_orders = 0;      // μS ≥ 0: … with what is bought with products of a like profile
  double same_type_bonus = 0;     // σ: what is of the anchor's own type counts e^σ times
  double type_lift_exponent = 0;  // τ ≥ 0: how much a type that goes with the anchor's gains
  double coverage_bonus = 0;      // η ≥ 0: what a product that no list has shown yet is worth in the first ten
  double expected_cases = 2000;   // > 0: pages over which the bonus is reckoned

  // Nothing but counts, as relations::BuildRelation ranks them by itself.
  bool is_plain() const {
    return ranking.popularity_exponent >= 0 && trend_exponent == 0 && popularity_orders == 0 && type_orders == 0 &&
           similar_orders == 0 && same_type_bonus == 0 && type_lift_exponent == 0 && coverage_bonus == 0;
  }
};

}  // namespace awase::lists

#endif  // AWASE_LISTS_LIST_SETTINGS_H_

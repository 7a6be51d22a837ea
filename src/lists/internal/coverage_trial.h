#ifndef AWASE_LISTS_INTERNAL_COVERAGE_TRIAL_H_
#define AWASE_LISTS_INTERNAL_COVERAGE_TRIAL_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "awase/evaluation/test_cases.h"
#include "awase/lists/list_settings.h"
#include "awase/lists/product_types.h"
#include "awase/orders/baskets.h"
#include "awase/relations/relation.h"
#include "awase/similarity/near_products.h"
#include "lists/internal/cover.h"

namespace awase::lists_internal {

// The lists that some settings make of the earlier orders, to be chosen from with one coverage bonus after the other.
// What coverage costs and brings shows only when all lists are chosen, not just those that are asked about; of more
// than 100,000 the ones that are seen most stand for all. single-thread.
class CoverageTrial {
 public:
  // Borrows the cases. `counted`: lists of the earlier orders of up to lists::CountedListLength(kChosen, …), with their
  // `near` as in ScoredLists. Memory: up to 12 bytes for each candidate of a product.
  CoverageTrial(const orders::BasketSet& earlier, const relations::Relation& counted,
                const std::optional<similarity::NearProducts>& near, const lists::ProductTypes& types,
                const std::vector<evaluation::ListCase>& cases, const lists::ListSettings& settings,
                std::size_t threads);

  struct Outcome {
    double ndcg = 0;  // @10, the mean over the cases
    std::vector<double> ndcg_of_case;
    double coverage = 0;  // of the lists of the cases
  };
  Outcome Try(double coverage_bonus);

 private:
  struct List {
    ProductIndex anchor;
    double pages;
    std::vector<Scored> candidates;
  };

  const std::vector<evaluation::ListCase>* cases_;
  std::size_t known_products_ = 0;
  std::vector<List> lists_;           // by falling pages
  std::vector<std::size_t> list_of_;  // per product: its place in lists_
};

}  // namespace awase::lists_internal

#endif  // AWASE_LISTS_INTERNAL_COVERAGE_TRIAL_H_

#ifndef AWASE_TRAINER_INTERNAL_LADDER_STAGE_H_
#define AWASE_TRAINER_INTERNAL_LADDER_STAGE_H_

// From the catalogue and what customers did to ladders.

#include <cstdint>
#include <vector>

#include "awase/catalog/catalog.h"
#include "awase/ladder/behaviour.h"
#include "awase/ladder/ladder.h"
#include "awase/orders/order_log.h"
#include "awase/trainer/train.h"
#include "trainer/internal/relation_stage.h"

namespace awase::trainer_internal {

// How often each root was bought and sent back; empty when the log tells of no returns. `root_index` is per product of
// the log. O(lines).
std::vector<ladder::ReturnCount> ReturnsOf(const orders::OrderLog& log, const std::vector<ProductIndex>& root_index,
                                           std::size_t product_count);

// What ladders may know of customers. Borrowed for the call.
struct LadderEvidence {
  const CountedUnits* units;                     // before anything is taken out of them
  const std::vector<std::uint32_t>* popularity;  // per product
  const std::vector<ladder::ReturnCount>* returns;
};

// Customers with more than max_basket products, and sessions with as many, take no part.
ladder::LadderSet MakeLadders(const catalog::Catalog& catalog, const LadderEvidence& evidence,
                              const trainer::TrainOptions& options, ladder::LadderNotes* notes);

}  // namespace awase::trainer_internal

#endif  // AWASE_TRAINER_INTERNAL_LADDER_STAGE_H_

#include "awase/artefact/fee_columns.h"

#include "awase/catalog/plan_columns.h"

namespace awase::artefact {

catalog::FeeColumns FeeColumnsOf(const ProductView& product) {
  return {.subscription_interval = product.subscription_interval(),
          .fee = product.AttributeText(catalog::kFeeColumn),
          .fee_per_seat = product.AttributeText(catalog::kFeePerSeatColumn),
          .option_of = product.AttributeText(catalog::kOptionOfColumn)};
}

}  // namespace awase::artefact

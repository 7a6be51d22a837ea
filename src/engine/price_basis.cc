#include "awase/engine/price_basis.h"

#include "awase/artefact/fee_columns.h"
#include "awase/catalog/price_basis.h"

namespace awase::engine {
namespace {

bool IsFree(const artefact::ProductView& product) {
  return product.price().has_value() && product.price()->minor_units == 0;
}

}  // namespace

bool HaveOnePriceBasis(const artefact::Model& model, ProductIndex a, ProductIndex b) {
  const artefact::ProductView one = model.product(a);
  const artefact::ProductView other = model.product(b);
  const catalog::PriceBasis basis = catalog::PriceBasisOf(artefact::FeeColumnsOf(one));
  const catalog::PriceBasis other_basis = catalog::PriceBasisOf(artefact::FeeColumnsOf(other));
  if (IsFree(one) || IsFree(other)) return basis.interval == other_basis.interval;
  return basis == other_basis;
}

std::string PriceBasisText(const artefact::Model& model, ProductIndex product) {
  return catalog::PriceBasisText(artefact::FeeColumnsOf(model.product(product)));
}

}  // namespace awase::engine

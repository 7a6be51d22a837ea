#include "product_column.h"

namespace awase::engine {

absl::string_view ValueInColumn(const artefact::ProductView& product, absl::string_view column) {
  if (column == "brand") return product.brand();
  if (column == "category") return product.category();
  if (column == "product_type") return product.product_type();
  if (column == "author") return product.author();
  if (column == "series") return product.series();
  return product.AttributeText(column);
}

}  // namespace awase::engine

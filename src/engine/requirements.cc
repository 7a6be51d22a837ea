#include "requirements.h"

#include <algorithm>
#include <string>

#include "absl/strings/string_view.h"
#include "bound_rules.h"
#include "product_column.h"

namespace awase::engine {
namespace {

// A column that the page's product does not have asks nothing, nor does any where no product is the page's.
bool EqualsPage(const Context& context, const rules::Words& columns, ProductIndex product) {
  if (context.page_product == kNoProduct) return true;
  const artefact::ProductView page = context.model.product(context.page_product);
  const artefact::ProductView offered = context.model.product(product);
  return std::all_of(columns.begin(), columns.end(), [&](const std::string& column) {
    const absl::string_view wanted = ValueInColumn(page, column);
    return wanted.empty() || ValueInColumn(offered, column) == wanted;
  });
}

}  // namespace

const rules::Rule* UnmetRequirement(const Context& context, SlotKind slot, ProductIndex product) {
  for (const BoundRequirement* requirement : context.selection.requirements) {
    if ((requirement->slots & MaskOf(slot)) == 0) continue;
    const bool is_met = requirement->set.has_value() ? requirement->set->Has(context.model, product)
                                                     : EqualsPage(context, *requirement->same, product);
    if (!is_met) return requirement->rule.rule;
  }
  return nullptr;
}

}  // namespace awase::engine

#include "awase/serving/catalogue_facts.h"

#include <optional>
#include <utility>

namespace awase::serving {

rules::CatalogueFacts FactsOf(std::shared_ptr<const artefact::Model> model) {
  rules::CatalogueFacts facts;
  facts.knows_product = [model](absl::string_view product_id) { return model->Find(product_id).has_value(); };
  facts.price_of = [model = std::move(model)](absl::string_view product_id) -> std::optional<Money> {
    const std::optional<ProductIndex> index = model->Find(product_id);
    if (!index.has_value()) return std::nullopt;
    return model->product(*index).price();
  };
  return facts;
}

}  // namespace awase::serving

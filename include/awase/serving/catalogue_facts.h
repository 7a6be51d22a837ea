#ifndef AWASE_SERVING_CATALOGUE_FACTS_H_
#define AWASE_SERVING_CATALOGUE_FACTS_H_

#include <memory>

#include "awase/artefact/model.h"
#include "awase/rules/load_rules.h"

namespace awase::serving {

// What rules are checked against: the products, prices, families and words of `model` as trained, which the result
// keeps alive. Live values have no say. The words of a column are found when a rule first names one: O(products).
rules::CatalogueFacts FactsOf(const std::shared_ptr<const artefact::Model>& model);

}  // namespace awase::serving

#endif  // AWASE_SERVING_CATALOGUE_FACTS_H_

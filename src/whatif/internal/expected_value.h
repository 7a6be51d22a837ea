#ifndef AWASE_WHATIF_INTERNAL_EXPECTED_VALUE_H_
#define AWASE_WHATIF_INTERNAL_EXPECTED_VALUE_H_

#include <map>
#include <vector>

#include "awase/artefact/model.h"
#include "awase/base/money.h"
#include "awase/base/product_index.h"
#include "awase/engine/answer.h"
#include "awase/engine/request.h"
#include "awase/whatif/compare.h"

namespace awase::whatif {

using ValueByCurrency = std::map<CurrencyCode, ExpectedValue>;

// The products of the page and of the cart that the model knows; distinct, ascending.
std::vector<ProductIndex> PageProducts(const artefact::Model& model, const engine::Request& request);

// What the offers of one answer bring, as ExpectedValue says, for a request of weight 1. O(offers · lists).
ValueByCurrency ValueOf(const artefact::Model& model, const std::vector<ProductIndex>& page_products,
                        const engine::Answer& answer);

void AddValue(const ExpectedValue& value, double weight, ExpectedValue& sum);

}  // namespace awase::whatif

#endif  // AWASE_WHATIF_INTERNAL_EXPECTED_VALUE_H_

#ifndef AWASE_FAMILIES_RUNG_TEXT_H_
#define AWASE_FAMILIES_RUNG_TEXT_H_

#include <cstddef>
#include <string>

#include "awase/artefact/model.h"
#include "awase/base/money.h"
#include "awase/base/product_index.h"
#include "awase/ladder/rung.h"

namespace awase::families {

// Everything that speaks for (or against) the rung at `position` of model.rungs(product), as one line:
//   dominates: storage_gb 128→256; later upgrade 34 of 41 customers (83 %, at least 68 %); same brand; family cameras
// Counts are of customers who moved one way only; "at least" is the 95 % lower bound. The end says what made the two a
// family. REQUIRES: there is such a rung.
std::string RungEvidenceText(const artefact::Model& model, ProductIndex product, std::size_t position);

// The price of the rung's product less that of the product it is a rung of, in the currency of the two.
Money PriceDifference(const artefact::Model& model, const ladder::Rung& rung);

}  // namespace awase::families

#endif  // AWASE_FAMILIES_RUNG_TEXT_H_

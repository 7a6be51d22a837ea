#ifndef AWASE_SERVICE_CONVERT_PRICES_H_
#define AWASE_SERVICE_CONVERT_PRICES_H_

// The prices of an answer as messages.

#include "awase/artefact/model.h"
#include "awase/engine/prices.h"
#include "awase/v1/recommendation.pb.h"

namespace awase::service {

void CartPriceToProto(const engine::CartPrice& cart, const artefact::Model& model, v1::CartPrice* proto);
void BenefitToProto(const engine::BenefitOffer& benefit, const artefact::Model& model, v1::Benefit* proto);

}  // namespace awase::service

#endif  // AWASE_SERVICE_CONVERT_PRICES_H_

#ifndef AWASE_ENGINE_PACK_REASONS_H_
#define AWASE_ENGINE_PACK_REASONS_H_

// Sentences for steps of arithmetic: packs, subscriptions and the shop's own brand.

#include <string>

#include "awase/artefact/model.h"
#include "awase/base/money.h"
#include "awase/ladder/rung.h"
#include "reason_texts.h"

namespace awase::engine {

// "A larger pack: USD 3.00 more; USD 0.52 instead of USD 0.65 per 100 g, USD 0.13 less." `difference` is the offer's
// price less the anchor's. REQUIRES: both have a price in one currency; kind is not kModel.
std::string PackStepSentence(Language language, ladder::StepKind kind, const artefact::ProductView& anchor,
                             const artefact::ProductView& offer, const Money& difference);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_PACK_REASONS_H_

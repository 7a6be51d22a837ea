#ifndef AWASE_SERVING_WITH_CANARY_H_
#define AWASE_SERVING_WITH_CANARY_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "awase/artefact/canary.h"
#include "awase/artefact/model.h"
#include "awase/engine/placements.h"
#include "awase/serving/served.h"

namespace awase::serving {

// `served` with the canary that is wanted, under the rules that serve and without live values; a version that is tried
// out already is not opened again. Without one where none is wanted, or the active version is. Errors of
// artefact::OpenVersion.
absl::StatusOr<Served> WithCanary(const Served& served, const std::optional<artefact::Canary>& wanted,
                                  const std::string& model_dir,
                                  const std::shared_ptr<const engine::PlacementTable>& placements,
                                  const artefact::Model::Options& open);

// "version 27fa733a2245d57c to 5% of the customers".
std::string CanaryText(const Served& served);

}  // namespace awase::serving

#endif  // AWASE_SERVING_WITH_CANARY_H_

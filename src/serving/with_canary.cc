#include "serving/with_canary.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/artefact/writer.h"
#include "awase/base/status_macros.h"

namespace awase::serving {

absl::StatusOr<Served> WithCanary(const Served& served, const std::optional<artefact::Canary>& wanted,
                                  const std::string& model_dir,
                                  const std::shared_ptr<const engine::PlacementTable>& placements,
                                  const artefact::Model::Options& open) {
  Served next = {.active = served.active};
  if (!wanted.has_value() || wanted->version == served.active->model().version()) return next;
  next.canary_share_basis_points = wanted->share_basis_points;
  if (served.canary != nullptr && served.canary->model().version() == wanted->version) {
    next.canary = served.canary;
    return next;
  }
  AWASE_ASSIGN_OR_RETURN(std::shared_ptr<const artefact::Model> model,
                         artefact::OpenVersion(model_dir, wanted->version, open));
  next.canary = engine::Snapshot::Create(std::move(model), served.active->shared_rules(), placements);
  return next;
}

std::string CanaryText(const Served& served) {
  return absl::StrCat("version ", served.canary->model().version(), " to ",
                      artefact::ShareText(served.canary_share_basis_points), " of the customers");
}

}  // namespace awase::serving

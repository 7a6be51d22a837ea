#include "serving/first_model.h"

#include <utility>

#include "awase/base/parallel.h"
#include "awase/base/status_macros.h"

namespace awase::serving {

absl::StatusOr<FirstModel> OpenFirstModel(const std::string& model_path) {
  AWASE_ASSIGN_OR_RETURN(ActiveVersion active, ActiveVersion::Create(model_path));
  artefact::Model::Options open;
  open.threads = HardwareThreads();
  AWASE_ASSIGN_OR_RETURN(std::shared_ptr<const artefact::Model> model,
                         artefact::Model::Open(active.first_directory(), open));
  return FirstModel{std::move(active), std::move(model)};
}

}  // namespace awase::serving

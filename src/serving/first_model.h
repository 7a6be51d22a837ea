#ifndef AWASE_SERVING_FIRST_MODEL_H_
#define AWASE_SERVING_FIRST_MODEL_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "awase/artefact/model.h"
#include "serving/active_version.h"

namespace awase::serving {

// What a server begins with.
struct FirstModel {
  ActiveVersion active;
  std::shared_ptr<const artefact::Model> model;  // never null
};

// Opens and verifies it, on all cores: nobody is being answered yet. Errors of ActiveVersion::Create and
// artefact::Model::Open.
absl::StatusOr<FirstModel> OpenFirstModel(const std::string& model_path);

}  // namespace awase::serving

#endif  // AWASE_SERVING_FIRST_MODEL_H_

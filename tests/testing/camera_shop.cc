#include "tests/testing/camera_shop.h"

#include <filesystem>
#include <memory>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "awase/artefact/model.h"
#include "awase/artefact/writer.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "tests/testing/model_builder.h"

namespace awase::testing {

absl::StatusOr<std::string> WriteCameraShop(const std::string& model_dir, std::int64_t film_minor, bool activate) {
  using relations::RelationKind;
  ModelBuilder builder;
  catalog::Product& camera = builder.Add("camera", 50000);
  camera.title = "Camera";
  camera.product_type = "camera";
  camera.image_url = "https://shop.example/camera.jpg";
  camera.attributes = {{"spec.megapixels", "24", 24.0}};
  catalog::Product& compact = builder.Add("compact", 30000);
  compact.product_type = "camera";
  compact.attributes = {{"spec.megapixels", "12", 12.0}};
  catalog::Product& reflex = builder.Add("reflex", 70000);
  reflex.product_type = "camera";
  reflex.attributes = {{"spec.megapixels", "45", 45.0}};
  builder.Add("film", film_minor).product_type = "film";
  builder.Add("case", 2000).product_type = "case";
  builder.Add("tripod", 5000).product_type = "tripod";
  builder.Relate(RelationKind::kBoughtTogether, "camera", "film", {.together = 30});
  builder.Relate(RelationKind::kAlsoBought, "camera", "tripod", {.together = 40});
  builder.Relate(RelationKind::kAlsoBought, "camera", "case", {.together = 20});
  builder.AddRung("camera", "compact", ladder::Direction::kLower);
  builder.AddRung("camera", "reflex", ladder::Direction::kHigher);
  AWASE_RETURN_IF_ERROR(MakeDirectories(model_dir));
  AWASE_ASSIGN_OR_RETURN(const std::shared_ptr<const artefact::Model> model, builder.Build(model_dir));
  if (activate) AWASE_RETURN_IF_ERROR(artefact::ActivateVersion(model_dir, model->version()));
  return model->version();
}

std::string SetRule(absl::string_view id, absl::string_view price, absl::string_view text) {
  return absl::StrCat("rules:\n  - id: ", id, "\n    bundle:\n      products: [camera, film]\n      price: ", price,
                      "\n      text: ", text, "\n");
}

std::string PinRule(absl::string_view id, absl::string_view product) {
  return absl::StrCat("rules:\n  - id: ", id, "\n    pin:\n      product: ", product,
                      "\n      slot: also_bought\n      position: 1\n");
}

absl::Status BreakVersion(const std::string& model_dir, const std::string& version) {
  std::string largest;
  std::uintmax_t largest_size = 0;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(JoinPath(model_dir, version), error)) {
    if (entry.path().extension() == ".json" || entry.file_size(error) <= largest_size) continue;
    largest = entry.path().string();
    largest_size = entry.file_size(error);
  }
  if (largest.empty()) return absl::NotFoundError(absl::StrCat(version, ": no section to break"));
  AWASE_ASSIGN_OR_RETURN(std::string bytes, ReadFile(largest));
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  return ReplaceFile(largest, bytes);
}

}  // namespace awase::testing

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "awase/orders/log_file.h"
#include "awase/trainer/order_store.h"
#include "trainer/internal/order_store.h"
#include "trainer/internal/read_report_json.h"

namespace awase::trainer {
namespace {

// False when `json` is no array of texts.
bool TakeTexts(const nlohmann::json& json, std::vector<std::string>* texts) {
  if (!json.is_array()) return false;
  for (const nlohmann::json& text : json) {
    if (!text.is_string()) return false;
    texts->push_back(text.get<std::string>());
  }
  return true;
}

}  // namespace

absl::StatusOr<StoredOrders> ReadOrderStore(const std::string& version_dir) {
  const std::string path = JoinPath(version_dir, trainer_internal::kStoreFile);
  AWASE_ASSIGN_OR_RETURN(orders::LogFile file, orders::ReadLogFile(path));
  StoredOrders stored;
  stored.log = std::move(file.log);
  const nlohmann::json note = nlohmann::json::parse(file.note, nullptr, /*allow_exceptions=*/false);
  const absl::Status broken =
      absl::DataLossError(absl::StrCat(path, ": the order store is broken (its note): train on all files once more"));
  if (!note.is_object() || !note.contains("orders") || !note.contains("product_files")) return broken;
  absl::StatusOr<ingest::ReadReport> report = trainer_internal::ReadReportFromJson(note["orders"]);
  if (!report.ok() || !TakeTexts(note["product_files"], &stored.product_files)) return broken;
  stored.report = *std::move(report);
  // Stores of before there were views have no such list.
  if (note.contains("view_files") && !TakeTexts(note["view_files"], &stored.view_files)) return broken;
  return stored;
}

}  // namespace awase::trainer

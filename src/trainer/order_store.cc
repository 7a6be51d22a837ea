#include "trainer/internal/order_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "awase/orders/log_file.h"
#include "trainer/internal/read_report_json.h"

namespace awase::trainer_internal {
namespace {

using ingest::ReadReport;
using Json = nlohmann::json;

constexpr absl::string_view kTemporaryPrefix = ".orders-";

std::vector<std::string> PathsOf(const ReadReport& report) {
  std::vector<std::string> paths;
  for (const ingest::InputFile& file : report.files) paths.push_back(file.path);
  return paths;
}

}  // namespace

NewOrderStore NewOrderStore::Create(const std::string& model_dir, orders::OrderLog log, const ReadReport& report,
                                    const ReadReport& products, const ReadReport& views) {
  RemoveLeftovers(model_dir, kTemporaryPrefix, absl::ZeroDuration());
  TemporaryPath file(JoinPath(model_dir, TemporaryName(kTemporaryPrefix)));
  const Json note = {
      {"orders", ReadReportToJson(report)}, {"product_files", PathsOf(products)}, {"view_files", PathsOf(views)}};
  return NewOrderStore(model_dir, std::move(file), std::make_unique<orders::OrderLog>(std::move(log)),
                       note.dump(-1, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace));
}

NewOrderStore::NewOrderStore(const std::string& model_dir, TemporaryPath file, std::unique_ptr<orders::OrderLog> log,
                             const std::string& note)
    : file_(std::move(file)),
      log_(std::move(log)),
      writing_([path = file_.path(), model_dir, written = log_.get(), note] {
        const absl::Status status = orders::WriteLogFile(path, *written, note);
        *written = orders::OrderLog();
        return SayInstead(status, path, model_dir);
      }) {}

absl::Status NewOrderStore::Wait() { return writing_.Wait(); }

absl::Status NewOrderStore::MoveTo(const std::string& version_dir) {
  AWASE_RETURN_IF_ERROR(Wait());
  return RenamePath(file_.path(), JoinPath(version_dir, kStoreFile));
}

absl::Status RemoveOrderStore(const std::string& version_dir) { return RemoveTree(JoinPath(version_dir, kStoreFile)); }

}  // namespace awase::trainer_internal

#include "trainer/internal/order_store.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "awase/orders/log_file.h"
#include "trainer/internal/read_report_json.h"

namespace awase::trainer_internal {
namespace {

using ingest::DroppedRows;
using ingest::ReadReport;
using Json = nlohmann::json;

constexpr absl::string_view kStoreFile = "orders.store";
constexpr absl::string_view kTemporaryPrefix = ".orders-";
constexpr std::size_t kSamples = 3;  // of a reason, as ingest keeps them

// Appends what is new, in its order.
void Unite(const std::vector<std::string>& more, std::vector<std::string>* all) {
  for (const std::string& text : more) {
    if (std::find(all->begin(), all->end(), text) == all->end()) all->push_back(text);
  }
}

std::vector<DroppedRows> JoinDropped(const std::vector<DroppedRows>& earlier, const std::vector<DroppedRows>& later) {
  std::map<std::string, DroppedRows> by_reason;
  for (const std::vector<DroppedRows>* rows : {&earlier, &later}) {
    for (const DroppedRows& dropped : *rows) {
      DroppedRows& joined =
          by_reason.try_emplace(dropped.reason, DroppedRows{dropped.reason, 0, dropped.bad, {}}).first->second;
      joined.count += dropped.count;
      Unite(dropped.samples, &joined.samples);
    }
  }
  std::vector<DroppedRows> result;
  for (auto& [reason, rows] : by_reason) {
    std::sort(rows.samples.begin(), rows.samples.end());
    rows.samples.resize(std::min(rows.samples.size(), kSamples));
    result.push_back(std::move(rows));
  }
  std::stable_sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
  return result;
}

}  // namespace

absl::StatusOr<NewOrderStore> NewOrderStore::Create(const std::string& model_dir, const orders::OrderLog& log,
                                                    const ReadReport& report,
                                                    const std::vector<std::string>& product_files) {
  RemoveLeftovers(model_dir, kTemporaryPrefix, absl::ZeroDuration());
  NewOrderStore store(JoinPath(model_dir, TemporaryName(kTemporaryPrefix)));
  const Json note = {{"orders", ReadReportToJson(report)}, {"product_files", product_files}};
  AWASE_RETURN_IF_ERROR(orders::WriteLogFile(
      store.path_, log, note.dump(-1, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace)));
  return store;
}

NewOrderStore::~NewOrderStore() {
  if (!path_.empty()) RemoveTree(path_).IgnoreError();
}
NewOrderStore::NewOrderStore(NewOrderStore&& other) noexcept : path_(std::exchange(other.path_, {})) {}
NewOrderStore& NewOrderStore::operator=(NewOrderStore&& other) noexcept {
  std::swap(path_, other.path_);
  return *this;
}

absl::Status NewOrderStore::MoveTo(const std::string& version_dir) {
  AWASE_RETURN_IF_ERROR(RenamePath(path_, JoinPath(version_dir, kStoreFile)));
  path_.clear();
  return absl::OkStatus();
}

absl::Status RemoveOrderStore(const std::string& version_dir) { return RemoveTree(JoinPath(version_dir, kStoreFile)); }

absl::StatusOr<StoredOrders> ReadOrderStore(const std::string& version_dir) {
  const std::string path = JoinPath(version_dir, kStoreFile);
  AWASE_ASSIGN_OR_RETURN(orders::LogFile file, orders::ReadLogFile(path));
  StoredOrders stored;
  stored.log = std::move(file.log);
  const Json note = Json::parse(file.note, nullptr, /*allow_exceptions=*/false);
  const absl::Status broken =
      absl::DataLossError(absl::StrCat(path, ": the order store is broken (its note): train on all files once more"));
  if (!note.is_object() || !note.contains("orders") || !note.contains("product_files")) return broken;
  absl::StatusOr<ReadReport> report = ReadReportFromJson(note["orders"]);
  if (!report.ok() || !note["product_files"].is_array()) return broken;
  stored.report = *std::move(report);
  for (const Json& name : note["product_files"]) {
    if (!name.is_string()) return broken;
    stored.product_files.push_back(name.get<std::string>());
  }
  return stored;
}

absl::StatusOr<ReadReport> JoinReports(const ReadReport& earlier, const ReadReport& later) {
  for (const ingest::InputFile& file : later.files) {
    for (const ingest::InputFile& known : earlier.files) {
      if (file.sha256 != known.sha256) continue;
      return absl::InvalidArgumentError(absl::StrCat(file.path, " is already in the store, as ", known.path,
                                                     ": appended once more, its quantities would count twice"));
    }
  }
  ReadReport joined = earlier;
  joined.files.insert(joined.files.end(), later.files.begin(), later.files.end());
  std::sort(joined.files.begin(), joined.files.end(), [](const auto& a, const auto& b) {
    return std::tie(a.path, a.sha256) < std::tie(b.path, b.sha256);  // every day's file may be called yesterday.csv
  });
  joined.rows_read += later.rows_read;
  joined.rows_kept += later.rows_kept;
  joined.dropped = JoinDropped(earlier.dropped, later.dropped);
  Unite(later.columns, &joined.columns);
  const auto place = [](absl::string_view column) {
    const absl::Span<const absl::string_view> columns = ingest::OrderColumns();
    return std::find(columns.begin(), columns.end(), column);
  };
  std::sort(joined.columns.begin(), joined.columns.end(),
            [&place](const auto& a, const auto& b) { return place(a) < place(b); });
  // What is noted of no rows is not true of some.
  if (earlier.rows_read == 0) joined.notes.clear();
  if (earlier.rows_read == 0 || later.rows_read > 0) Unite(later.notes, &joined.notes);
  std::sort(joined.notes.begin(), joined.notes.end());
  return joined;
}

}  // namespace awase::trainer_internal

#include "trainer/internal/input_stage.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/artefact/model.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "awase/ingest/read_dump.h"
#include "awase/trainer/order_store.h"

namespace awase::trainer_internal {
namespace {

using catalog::Product;
using relations::RelationKind;
using trainer::Stage;
using trainer::StoredOrders;
using trainer::TrainOptions;
using trainer::TrainReport;

class InputReader {
 public:
  InputReader(const TrainOptions& options, RunProgress* progress, TrainReport* report)
      : options_(options), progress_(progress), report_(report) {}

  absl::StatusOr<Inputs> Read() && {
    ingest::DatasetMap map;
    if (!options_.dataset_map.empty()) {
      AWASE_ASSIGN_OR_RETURN(map, ingest::LoadDatasetMap(options_.dataset_map));
    }
    inputs_.has_products_file = !options_.products.empty() || !map.products.files.empty();
    inputs_.has_views = WantsViews() && (!options_.views.empty() || !map.views.files.empty());
    if (!options_.append.empty()) AWASE_RETURN_IF_ERROR(ReadStoredOrders());
    if (inputs_.has_products_file) {
      AWASE_RETURN_IF_ERROR(ReadTable("products", ingest::ReadProducts, options_.products, map.products,
                                      &report_->products, &inputs_.products));
    }
    if (inputs_.has_views) {
      AWASE_RETURN_IF_ERROR(
          ReadTable("views", ingest::ReadViews, options_.views, map.views, &report_->views, &inputs_.views));
    }
    AWASE_RETURN_IF_ERROR(ReadSubscribers(map));
    AWASE_RETURN_IF_ERROR(progress_->Begin(Stage::kRead, "read orders"));
    ingest::ReadOptions read = ReadOptionsFor("read orders");
    read.files_before = stored_.report.files.size();
    AWASE_ASSIGN_OR_RETURN(inputs_.log, ingest::ReadOrders(options_.append.empty() ? options_.orders : options_.append,
                                                           map.orders, read, &report_->orders));
    progress_->AddRows(Stage::kRead, report_->orders.rows_read);
    if (!options_.append.empty()) AWASE_RETURN_IF_ERROR(JoinStoredOrders());
    return std::move(inputs_);
  }

 private:
  ingest::ReadOptions ReadOptionsFor(const std::string& stage) const {
    ingest::ReadOptions read;
    read.default_currency = options_.currency;
    read.max_bad_share = options_.max_bad_share;
    read.threads = options_.threads;
    read.memory_limit_bytes = options_.memory_limit_bytes;
    read.cancelled = options_.cancelled;
    if (options_.progress) {
      read.progress = [this, stage](const ingest::ReadProgress& p) { options_.progress({stage, p.rows, p.share}); };
    }
    return read;
  }

  // `read`: the reader of ingest for this kind of table, `what` its name.
  template <typename Read, typename Rows>
  absl::Status ReadTable(absl::string_view what, Read read, const std::vector<std::string>& files,
                         const ingest::TableMap& map, ingest::ReadReport* report, Rows* rows) {
    const std::string step = absl::StrCat("read ", what);
    AWASE_RETURN_IF_ERROR(progress_->Begin(Stage::kRead, step));
    AWASE_ASSIGN_OR_RETURN(*rows, read(files, map, ReadOptionsFor(step), report));
    progress_->AddRows(Stage::kRead, report->rows_read);
    return absl::OkStatus();
  }

  absl::Status ReadSubscribers(const ingest::DatasetMap& map) {
    if (!options_.usage.empty() || !map.usage.files.empty()) {
      AWASE_RETURN_IF_ERROR(
          ReadTable("usage", ingest::ReadUsage, options_.usage, map.usage, &report_->usage, &inputs_.usage));
    }
    if (!options_.subscriptions.empty() || !map.subscriptions.files.empty()) {
      AWASE_RETURN_IF_ERROR(ReadTable("subscriptions", ingest::ReadSubscriptions, options_.subscriptions,
                                      map.subscriptions, &report_->subscriptions, &inputs_.subscriptions));
    }
    return absl::OkStatus();
  }

  // The orders of the active version. Before the new ones are read: what is missing is told at once.
  absl::Status ReadStoredOrders() {
    AWASE_RETURN_IF_ERROR(progress_->Begin(Stage::kRead, "read stored orders"));
    AWASE_ASSIGN_OR_RETURN(report_->appended_to, artefact::ReadActiveVersion(options_.model_dir));
    absl::StatusOr<StoredOrders> stored = trainer::ReadOrderStore(JoinPath(options_.model_dir, report_->appended_to));
    if (absl::IsNotFound(stored.status())) {
      return absl::FailedPreconditionError(absl::StrCat(
          "version ", report_->appended_to, " keeps no orders that could be appended to (it was trained with ",
          "--no-store, or by an older awase): train on all files once with --orders"));
    }
    AWASE_RETURN_IF_ERROR(stored.status());
    if (!inputs_.has_products_file) AWASE_RETURN_IF_ERROR(CheckGivenAgain("products", stored->product_files));
    if (!inputs_.has_views && WantsViews()) AWASE_RETURN_IF_ERROR(CheckGivenAgain("views", stored->view_files));
    stored_ = *std::move(stored);
    return absl::OkStatus();
  }

  // What is not in the store was in `files`, of which this run has none.
  absl::Status CheckGivenAgain(absl::string_view what, const std::vector<std::string>& files) const {
    if (files.empty()) return absl::OkStatus();
    return absl::InvalidArgumentError(absl::StrCat("version ", report_->appended_to, " was trained with ", what,
                                                   ": give them again (--", what, " ", absl::StrJoin(files, " "), ")"));
  }

  bool WantsViews() const {
    return options_.Wants(RelationKind::kViewedTogether) || options_.Wants(RelationKind::kViewedBought);
  }

  absl::Status JoinStoredOrders() {
    AWASE_RETURN_IF_ERROR(progress_->Begin(Stage::kIntern, "join orders"));
    AWASE_ASSIGN_OR_RETURN(report_->orders, ingest::JoinReports(stored_.report, report_->orders));
    inputs_.log = orders::MergeLogs(std::move(stored_.log), std::move(inputs_.log), options_.threads);
    return absl::OkStatus();
  }

  const TrainOptions& options_;
  RunProgress* progress_;
  TrainReport* report_;
  Inputs inputs_;
  StoredOrders stored_;  // of the version that is appended to
};

}  // namespace

absl::StatusOr<Inputs> ReadInputs(const TrainOptions& options, RunProgress* progress, TrainReport* report) {
  return InputReader(options, progress, report).Read();
}

void AddProductsOfOrders(Inputs* inputs, TrainReport* report) {
  const orders::OrderLog& log = inputs->log;
  absl::flat_hash_map<absl::string_view, std::size_t> ordered;
  for (std::size_t p = 0; p < log.product_ids.size(); ++p) ordered.emplace(log.product_ids[p], p);
  std::vector<bool> in_file(log.product_ids.size(), false);
  std::vector<bool> priced(log.product_ids.size(), false);
  // All rows of an id alike: which of them the catalogue keeps must not decide about the price.
  for (Product& product : inputs->products) {
    const auto found = ordered.find(product.product_id);
    if (found == ordered.end()) continue;
    in_file[found->second] = true;
    const std::optional<Money>& observed = log.observed_prices[found->second].price;
    if (product.price.has_value() || !observed.has_value()) continue;
    product.price = observed;
    priced[found->second] = true;
  }
  for (std::size_t p = 0; p < log.product_ids.size(); ++p) {
    if (in_file[p]) continue;
    Product product;
    product.product_id = log.product_ids[p];
    product.visible = !inputs->has_products_file;
    product.price = log.observed_prices[p].price;
    priced[p] = product.price.has_value();
    report->products_only_in_orders += inputs->has_products_file ? 1 : 0;
    inputs->products.push_back(std::move(product));
  }
  report->prices_from_orders = static_cast<std::uint64_t>(std::count(priced.begin(), priced.end(), true));
}

}  // namespace awase::trainer_internal

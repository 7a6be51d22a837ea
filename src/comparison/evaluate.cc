#include "awase/comparison/evaluate.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/artefact/model.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "awase/evaluation/write_questions.h"
#include "awase/ingest/read_dump.h"
#include "awase/orders/split_log.h"
#include "awase/trainer/order_store.h"
#include "awase/trainer/settings.h"

namespace awase::comparison {
namespace {

using artefact::Model;
using orders::OrderLog;

constexpr char kTemporaryPrefix[] = "awase-eval-";

class Run {
 public:
  explicit Run(const EvaluateOptions& options) : options_(options) {}

  absl::StatusOr<Evaluation> Execute() {
    if (!options_.questions_dir.empty()) {  // before hours of work, not after
      AWASE_RETURN_IF_ERROR(Annotate(CheckWritable(options_.questions_dir), "--questions cannot be written"));
    }
    AWASE_RETURN_IF_ERROR(options_.models.empty() ? TrainOnFirstOrders(options_.training) : FindUnseenOrders());
    evaluation_.training_orders = training_.order_count();
    ComparisonOptions comparison = options_.comparison;
    absl::Status written;
    comparison.on_questions = [&](const orders::BasketSet& learned_from, const evaluation::TestCases& cases) {
      if (!options_.questions_dir.empty()) {
        written = Annotate(evaluation::WriteQuestions(options_.questions_dir, learned_from, cases), "--questions");
      }
      if (options_.on_comparing) options_.on_comparing();
    };
    evaluation_.comparison = CompareVersions(versions_, training_, held_out_, comparison);
    AWASE_RETURN_IF_ERROR(written);
    if (evaluation_.comparison.list_cases == 0) {
      return absl::InvalidArgumentError(absl::StrCat("nothing to ask: of ", held_out_.order_count(),
                                                     " held-out orders none has two products that ",
                                                     "were bought before; give more orders"));
    }
    return std::move(evaluation_);
  }

 private:
  absl::Status FindUnseenOrders() {
    std::vector<trainer::StoredOrders> stores;
    for (const std::string& path : options_.models) {
      AWASE_ASSIGN_OR_RETURN(std::shared_ptr<const Model> version, Model::Open(path));
      AWASE_ASSIGN_OR_RETURN(const std::string directory, artefact::ResolveVersionDirectory(path));
      absl::StatusOr<trainer::StoredOrders> store = trainer::ReadOrderStore(directory);
      if (absl::IsNotFound(store.status())) {
        return absl::FailedPreconditionError(
            absl::StrCat(path, ": version ", version->version(), " keeps no orders (trained with --no-store): nobody ",
                         "can tell which orders it has not seen; leave --model out to have the orders split"));
      }
      AWASE_RETURN_IF_ERROR(store.status());
      versions_.push_back(std::move(version));
      stores.push_back(*std::move(store));
    }
    AWASE_ASSIGN_OR_RETURN(held_out_, ReadOrders());
    const std::size_t given = held_out_.order_count();
    for (const trainer::StoredOrders& store : stores) held_out_ = orders::WithoutOrdersOf(held_out_, store.log);
    if (held_out_.order_count() == 0) return TrainAnew();
    if (held_out_.order_count() < given) {
      evaluation_.notes.push_back(absl::StrCat(given - held_out_.order_count(), " of ", given,
                                               " orders were learned from already: they are not asked about"));
    }
    if (stores.size() > 1) {
      evaluation_.notes.push_back(
          absl::StrCat("the classical scores learn from the orders of ", versions_[0]->version()));
    }
    training_ = std::move(stores[0].log);
    return absl::OkStatus();
  }

  absl::StatusOr<OrderLog> ReadOrders() const {
    const trainer::TrainOptions& training = options_.training;
    ingest::DatasetMap map;
    if (!training.dataset_map.empty()) {
      AWASE_ASSIGN_OR_RETURN(map, ingest::LoadDatasetMap(training.dataset_map));
    }
    ingest::ReadOptions read;
    read.default_currency = training.currency;
    read.max_bad_share = training.max_bad_share;
    read.threads = training.threads;
    read.cancelled = training.cancelled;
    if (training.progress) {
      read.progress = [&training](const ingest::ReadProgress& p) {
        training.progress({"read orders", p.rows, p.share});
      };
    }
    ingest::ReadReport report;
    return ingest::ReadOrders(training.orders, map.orders, read, &report);
  }

  // All orders were learned from, so that none is left to ask about: the first version's settings are tried instead.
  absl::Status TrainAnew() {
    if (versions_.size() > 1) {
      return absl::InvalidArgumentError(
          "every order is one that the versions have learned from: several versions can only be compared on orders "
          "that are new to all of them");
    }
    evaluation_.retrained = versions_[0]->version();
    evaluation_.notes.push_back(absl::StrCat("every order is one that version ", evaluation_.retrained,
                                             " has learned from: its settings were trained anew on the first ",
                                             "of them and are judged by the last"));
    trainer::TrainOptions training = options_.training;
    const nlohmann::json manifest =
        nlohmann::json::parse(versions_[0]->manifest_json(), nullptr, /*allow_exceptions=*/false);
    const auto settings = manifest.find("settings");
    AWASE_RETURN_IF_ERROR(trainer::SettingsFromJson(settings == manifest.end() ? "" : settings->dump(), &training));
    versions_.clear();
    return TrainOnFirstOrders(std::move(training));
  }

  absl::Status TrainOnFirstOrders(trainer::TrainOptions training) {
    std::error_code error;
    const std::string temporary = std::filesystem::temp_directory_path(error).string();
    if (error) return absl::FailedPreconditionError(absl::StrCat("no temporary folder (TMPDIR): ", error.message()));
    AWASE_RETURN_IF_ERROR(Annotate(CheckWritable(temporary), "the temporary folder (TMPDIR) cannot be written"));
    RemoveLeftovers(temporary, kTemporaryPrefix);
    const TemporaryPath directory(JoinPath(temporary, TemporaryName(kTemporaryPrefix)));
    training.model_dir = directory.path();
    training.append.clear();
    training.relations = {relations::RelationKind::kBoughtTogether};  // nothing else is asked
    training.store = true;
    training.activate = true;
    training.report = false;
    training.held_out = &held_out_;
    training.held_out_share = options_.held_out_share;
    const absl::StatusOr<trainer::TrainReport> report = trainer::Train(training);
    if (!report.ok()) return SayInstead(report.status(), directory.path(), temporary);
    AWASE_ASSIGN_OR_RETURN(std::shared_ptr<const Model> version, Model::Open(directory.path()));
    AWASE_ASSIGN_OR_RETURN(trainer::StoredOrders store,
                           trainer::ReadOrderStore(JoinPath(directory.path(), report->version)));
    versions_.push_back(std::move(version));  // mapped: it outlives its directory
    training_ = std::move(store.log);
    const auto first_time = std::find_if(held_out_.order_times.begin(), held_out_.order_times.end(),
                                         [](std::int64_t time) { return time != orders::kNoTime; });
    const bool by_time = first_time != held_out_.order_times.end();
    evaluation_.held_out = by_time ? Evaluation::HeldOut::kLastOrders : Evaluation::HeldOut::kRandomOrders;
    if (by_time) {
      evaluation_.held_out_from_micros = *std::min_element(held_out_.order_times.begin(), held_out_.order_times.end());
    }
    return absl::OkStatus();
  }

  const EvaluateOptions& options_;
  Evaluation evaluation_;
  std::vector<std::shared_ptr<const Model>> versions_;
  OrderLog training_;
  OrderLog held_out_;
};

}  // namespace

absl::StatusOr<Evaluation> Evaluate(const EvaluateOptions& options) {
  if (!(options.held_out_share > 0 && options.held_out_share < 1)) {
    return absl::InvalidArgumentError(
        absl::StrCat("--held-out: ", options.held_out_share, " is out of range, want a share between 0 and 1"));
  }
  return Run(options).Execute();
}

}  // namespace awase::comparison

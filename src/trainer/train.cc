#include "awase/trainer/train.h"

#include <unistd.h>

#include <new>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/base/directory_lock.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "awase/lists/rank_lists.h"
#include "awase/orders/split_log.h"
#include "awase/relations/season.h"
#include "awase/trainer/settings.h"
#include "trainer/internal/check_options.h"
#include "trainer/internal/input_stage.h"
#include "trainer/internal/judge_promotion.h"
#include "trainer/internal/ladder_stage.h"
#include "trainer/internal/plan_stage.h"
#include "trainer/internal/product_types.h"
#include "trainer/internal/relation_stage.h"
#include "trainer/internal/run_progress.h"
#include "trainer/internal/session_baskets.h"
#include "trainer/internal/tuning_orders.h"
#include "trainer/internal/version_stage.h"
#include "trainer/internal/warnings.h"

namespace awase::trainer {
namespace {

using catalog::Catalog;
using trainer_internal::Inputs;

// Finds out before hours of work, not after, that the result cannot be written.
absl::Status CheckModelDirectory(const std::string& model_dir) {
  if (model_dir.empty()) return absl::InvalidArgumentError("--out: no model directory given");
  return Annotate(CheckWritable(model_dir), "--out cannot be written");
}

std::vector<std::string> CurrenciesOf(const orders::OrderLog& log) {
  std::set<std::string> codes;
  for (const orders::ObservedPrice& observed : log.observed_prices) {
    for (const orders::PriceCount& count : observed.of_day) codes.emplace(count.price.currency.text());
  }
  return {codes.begin(), codes.end()};
}

// What the SQL of a dataset map leaves out is not counted as read.
absl::Status NoRows(const ingest::ReadReport& orders, bool has_map) {
  const std::string files =
      orders.files.size() == 1 ? orders.files[0].path : absl::StrCat("each of ", orders.files.size(), " order files");
  return absl::InvalidArgumentError(absl::StrCat(
      files, " has ", has_map ? "no rows, or none that the dataset map lets through" : "a header but no rows",
      ": nothing was written"));
}

// What one stage leaves for the next. The stages themselves are in trainer/internal.
class Run {
 public:
  explicit Run(const TrainOptions& options) : options_(options), list_settings_(options.lists) {}

  absl::StatusOr<TrainReport> Execute() {
    AWASE_ASSIGN_OR_RETURN(inputs_, trainer_internal::ReadInputs(options_, &progress_, &report_));
    report_.order_currencies = CurrenciesOf(inputs_.log);
    HoldOut();
    AWASE_RETURN_IF_ERROR(Clean());
    Survey();
    StudyPlans();
    AWASE_RETURN_IF_ERROR(TuneLists());
    AWASE_RETURN_IF_ERROR(BuildLadders());
    AWASE_RETURN_IF_ERROR(version_.StoreOrders(std::move(inputs_.log)));
    AWASE_RETURN_IF_ERROR(CountAndRank());
    report_.warnings = trainer_internal::WarningsOf(report_, options_);
    AWASE_RETURN_IF_ERROR(version_.Write(Contents()));
    AWASE_RETURN_IF_ERROR(version_.Publish(Evidence(), profile_));
    return std::move(report_);
  }

 private:
  void HoldOut() {
    if (options_.held_out == nullptr) return;
    orders::LogSplit split = orders::SplitLog(inputs_.log, 1 - options_.held_out_share);
    inputs_.log = std::move(split.earlier);
    *options_.held_out = std::move(split.later);
  }

  absl::Status Clean() {
    AWASE_RETURN_IF_ERROR(progress_.Begin(Stage::kIntern, "make baskets"));
    trainer_internal::AddProductsOfOrders(&inputs_, &report_);
    catalog_ = Catalog::Build(std::move(inputs_.products), &report_.catalog);
    report_.product_count = catalog_.size();
    report_.customer_count = inputs_.log.customer_keys.size();
    AWASE_RETURN_IF_ERROR(MakeBaskets());
    progress_.AddRows(Stage::kIntern, inputs_.log.line_count());
    if (inputs_.has_views) MakeSessions();
    return absl::OkStatus();
  }

  absl::Status MakeBaskets() {
    const orders::OrderLog& log = inputs_.log;
    std::vector<ProductIndex> own_index;
    for (const std::string& id : log.product_ids) {
      own_index.push_back(*catalog_.Find(id));
      root_index_.push_back(catalog_.root(own_index.back()));
    }
    orders::BasketSet& baskets = units_.baskets;
    baskets = orders::BuildBaskets(log, root_index_, catalog_.size(), &report_.cleaning, options_.threads);
    if (baskets.size() == 0) {
      // An empty version would answer every page with nothing, in place of one that works.
      if (report_.orders.rows_read == 0) return NoRows(report_.orders, !options_.dataset_map.empty());
      return absl::InvalidArgumentError(
          absl::StrCat("no order is left: of ", report_.orders.rows_read, " rows ", report_.orders.rows_kept,
                       " could be used, and their orders are all cancelled or returned; nothing was written"));
    }
    popularity_.assign(catalog_.size(), 0);
    for (std::size_t p = 0; p < own_index.size(); ++p) {
      popularity_[Slot(own_index[p])] = baskets.log_product_units[p];
    }
    std::tie(report_.first_order_micros, report_.last_order_micros) = trainer_internal::TimesOf(baskets);
    units_.customer_count = static_cast<std::uint32_t>(log.customer_keys.size());
    return absl::OkStatus();
  }

  void MakeSessions() {
    const orders::OrderLog views = std::exchange(inputs_.views, {});
    progress_.AddRows(Stage::kIntern, views.line_count());
    units_.sessions = trainer_internal::MakeSessionBaskets(views, catalog_, options_.threads, &report_.sessions);
    units_.session_customers = trainer_internal::CustomersOfOrders(views, inputs_.log);
  }

  // What the report for people and the lists want to know of the whole dump, before orders or lines leave it.
  void Survey() {
    progress_.BookTo(Stage::kWrite);
    if (options_.report) profile_ = report::ProfileOf(units_.baskets);
    progress_.BookTo(Stage::kRank);
    types_ = trainer_internal::TypesOf(catalog_);
    double& season_weight = list_settings_.ranking.season_weight;
    knows_season_ = relations::HasEarlierSeason(units_.baskets.time_micros);
    report_.season_is_off = season_weight > 0 && !knows_season_;
    if (report_.season_is_off) season_weight = 0;  // the settings of the version say what was done
    if (!lists::CanRankBySimilar(catalog_.size())) list_settings_.similar_orders = 0;
  }

  void StudyPlans() {
    progress_.BookTo(Stage::kLadder);
    report_.plans = trainer_internal::StudyPlans(catalog_, std::exchange(inputs_.usage, {}),
                                                 std::exchange(inputs_.subscriptions, {}),
                                                 {.min_buyers = options_.min_buyers, .threads = options_.threads});
  }

  // Lists here, carts once the orders are counted: of the same orders.
  absl::Status TuneLists() {
    // Settings that are not searched for are judged where there is a version to hold them against.
    const bool judges_lists = options_.tune || trainer_internal::HasActiveVersion(options_.model_dir);
    const bool tunes_carts = options_.tune_cart && options_.cart.neighbours > 0;
    if (!judges_lists && !tunes_carts) return absl::OkStatus();
    AWASE_RETURN_IF_ERROR(progress_.Begin(Stage::kTune, "tune"));
    trainer_internal::TuningOrders& orders = units_.tuning;
    orders = trainer_internal::SplitForTuning(inputs_.log, root_index_, catalog_.size(), options_.max_basket,
                                              options_.threads);
    if (!judges_lists) return absl::OkStatus();
    lists::TuneOptions tune;
    tune.search = options_.tune;
    tune.start = list_settings_;
    tune.fixed = options_.fixed;
    tune.min_buyers = options_.min_buyers;
    tune.threads = options_.threads;
    tune.cancelled = options_.cancelled;
    tune.progress = progress_.ShareTeller("tune");
    AWASE_ASSIGN_OR_RETURN(report_.tuning, lists::TuneLists(orders.earlier, orders.later, types_, tune));
    list_settings_ = report_.tuning.settings;
    report_.season_is_unsearched =
        report_.tuning.tuned && !options_.fixed.season_weight && knows_season_ && !report_.tuning.knows_season;
    judged_cases_ = std::exchange(report_.tuning.judged_cases, {});
    progress_.AddRows(Stage::kTune, report_.tuning.judges);
    return absl::OkStatus();
  }

  absl::Status CountAndRank() {
    AWASE_ASSIGN_OR_RETURN(artefact::VersionWriter* const writer, version_.Open());
    const trainer_internal::RelationContext context = {&options_, &catalog_, &types_, &list_settings_};
    AWASE_ASSIGN_OR_RETURN(cart_,
                           trainer_internal::CountAndRank(std::move(units_), context, writer, &progress_, &report_));
    return absl::OkStatus();
  }

  absl::Status BuildLadders() {
    AWASE_RETURN_IF_ERROR(progress_.Begin(Stage::kLadder, "ladder"));
    const std::vector<ladder::ReturnCount> returns =
        trainer_internal::ReturnsOf(inputs_.log, root_index_, catalog_.size());
    ladders_ = trainer_internal::MakeLadders(catalog_, {&units_, &popularity_, &returns}, options_, &report_.ladders);
    progress_.AddRows(Stage::kLadder, catalog_.size());
    return absl::OkStatus();
  }

  artefact::Contents Contents() const {
    artefact::Contents contents;
    contents.catalog = &catalog_;
    contents.ladders = &ladders_;
    if (report_.first_order_micros != orders::kNoTime) {
      contents.period = {report_.first_order_micros, report_.last_order_micros};
    }
    contents.popularity = popularity_;
    if (cart_.has_value()) contents.cart = &*cart_;
    TrainOptions settled = options_;
    settled.lists = list_settings_;
    settled.cart = report_.cart.settings;
    contents.settings_json = SettingsToJson(settled);
    return contents;
  }

  promotion::TrainingEvidence Evidence() const {
    promotion::TrainingEvidence evidence;
    if (!judged_cases_.empty()) evidence.own_ndcg = report_.tuning.chosen.ndcg_at_10;
    evidence.judged_cases = judged_cases_;
    return evidence;
  }

  const TrainOptions& options_;
  TrainReport report_;
  trainer_internal::RunProgress progress_{options_, &report_};
  Inputs inputs_;  // each part until it is taken
  Catalog catalog_;
  std::vector<ProductIndex> root_index_;   // per product of the log
  std::vector<std::uint32_t> popularity_;  // per product: in how many orders
  trainer_internal::CountedUnits units_;   // until they are counted
  report::DumpProfile profile_;
  lists::ProductTypes types_;
  bool knows_season_ = false;          // the dump as a whole; see relations::HasEarlierSeason
  lists::ListSettings list_settings_;  // as given, as far as the dump allows, until better ones are found
  std::vector<evaluation::JudgedCase> judged_cases_;  // that say how good they are
  trainer_internal::VersionStage version_{options_, &progress_, &report_};
  std::optional<cart::CartWeights> cart_;
  ladder::LadderSet ladders_;
};

// When it returns, nothing of the run works any more, in the background either.
absl::StatusOr<TrainReport> RunToTheEnd(const TrainOptions& options) {
  try {
    return Run(options).Execute();
  } catch (const std::bad_alloc&) {
    return absl::ResourceExhaustedError("not enough memory for training: nothing was written");
  }
}

}  // namespace

absl::StatusOr<TrainReport> Train(const TrainOptions& options) {
  AWASE_RETURN_IF_ERROR(trainer_internal::CheckTrainOptions(options));
  const bool is_new = !PathExists(options.model_dir);
  AWASE_RETURN_IF_ERROR(CheckModelDirectory(options.model_dir));
  // Outlives the run, whose last writing may end with it. Who does not get it has nothing to clean up.
  // Of two runs that append at once, one would undo the other.
  AWASE_ASSIGN_OR_RETURN(
      const DirectoryLock lock,
      DirectoryLock::Acquire(options.model_dir, absl::StrCat("another training run is writing to ", options.model_dir,
                                                             ": start this one when it has ended")));
  absl::StatusOr<TrainReport> report = RunToTheEnd(options);
  if (!report.ok() && is_new) {
    lock.RemoveFile();
    rmdir(options.model_dir.c_str());  // spares a directory that has come to hold something
  }
  return report;
}

}  // namespace awase::trainer

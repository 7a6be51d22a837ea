#include "awase/trainer/train.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <memory>
#include <new>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "awase/artefact/model.h"
#include "awase/artefact/writer.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "awase/lists/classify_entries.h"
#include "awase/lists/fill_short_lists.h"
#include "awase/lists/rank_lists.h"
#include "awase/orders/split_log.h"
#include "awase/relations/basket_windows.h"
#include "awase/relations/build_window_relation.h"
#include "awase/trainer/order_store.h"
#include "awase/trainer/settings.h"
#include "trainer/internal/cart_stage.h"
#include "trainer/internal/check_options.h"
#include "trainer/internal/judge_promotion.h"
#include "trainer/internal/memory.h"
#include "trainer/internal/order_store.h"
#include "trainer/internal/run_lock.h"
#include "trainer/internal/session_baskets.h"
#include "trainer/internal/stage_clock.h"
#include "trainer/internal/tune_lists.h"
#include "trainer/internal/warnings.h"
#include "trainer/internal/write_report.h"

namespace awase::trainer {
namespace {

using catalog::Catalog;
using catalog::Product;
using relations::Relation;
using relations::RelationKind;

// Finds out before hours of work, not after, that the result cannot be written.
absl::Status CheckWritable(const std::string& model_dir) {
  if (model_dir.empty()) return absl::InvalidArgumentError("--out: no model directory given");
  const std::string probe = JoinPath(model_dir, absl::StrCat(".probe.", getpid()));
  absl::Status status = MakeDirectories(model_dir);
  if (status.ok()) status = WriteFile(probe, "");
  RemoveTree(probe).IgnoreError();
  return Annotate(status, "--out cannot be written");
}

std::int64_t MicrosOf(double days) { return std::llround(days * 24 * 60 * 60 * 1e6); }

RelationReport Describe(const Relation& relation) {
  RelationReport report;
  report.relation = std::string(relations::RelationName(relation.kind));
  report.unit_count = relation.unit_count;
  report.entries = relation.entries.size();
  report.claims = relation.claims;
  for (std::size_t i = 0; i + 1 < relation.offsets.size(); ++i) {
    const auto list = relation.list(ProductAt(i));
    report.products_with_list += list.empty() ? 0 : 1;
    const bool is_counted = std::any_of(
        list.begin(), list.end(), [](const auto& entry) { return entry.source == relations::EntrySource::kCounted; });
    report.products_backed_off += list.empty() || is_counted ? 0 : 1;
    const bool claim = std::any_of(list.begin(), list.end(), [](const auto& entry) { return entry.is_claim != 0; });
    report.products_with_claim += claim ? 1 : 0;
  }
  return report;
}

class Run {
 public:
  explicit Run(const TrainOptions& options) : options_(options), list_settings_(options.lists) {}

  absl::StatusOr<TrainReport> Execute() {
    AWASE_RETURN_IF_ERROR(Read());
    HoldOut();
    AWASE_RETURN_IF_ERROR(Clean());
    Survey();
    AWASE_RETURN_IF_ERROR(TuneLists());
    AWASE_RETURN_IF_ERROR(StoreOrders());
    AWASE_ASSIGN_OR_RETURN(writer_, artefact::VersionWriter::Create(options_.model_dir));
    AWASE_RETURN_IF_ERROR(CountAndRank());
    profiles_.reset();
    AWASE_RETURN_IF_ERROR(BuildLadders());
    report_.warnings = trainer_internal::WarningsOf(report_, options_);
    AWASE_RETURN_IF_ERROR(Write());
    return std::move(report_);
  }

 private:
  // Tells the caller where we are. From here on time is that of `stage`, until the next one begins.
  absl::Status Begin(Stage stage, const std::string& step) {
    if (options_.cancelled && options_.cancelled()) return absl::CancelledError("interrupted: nothing was written");
    if (options_.progress) options_.progress({step, 0, -1});
    clock_.Begin(stage);
    return absl::OkStatus();
  }

  StageTime& TimeOf(Stage stage) { return report_.stages[static_cast<std::size_t>(stage)]; }

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

  absl::Status Read() {
    ingest::DatasetMap map;
    if (!options_.dataset_map.empty()) {
      AWASE_ASSIGN_OR_RETURN(map, ingest::LoadDatasetMap(options_.dataset_map));
    }
    has_products_file_ = !options_.products.empty() || !map.products.files.empty();
    has_views_ = WantsViews() && (!options_.views.empty() || !map.views.files.empty());
    if (!options_.append.empty()) AWASE_RETURN_IF_ERROR(ReadStoredOrders());
    if (has_products_file_) {
      AWASE_RETURN_IF_ERROR(Begin(Stage::kRead, "read products"));
      AWASE_ASSIGN_OR_RETURN(products_, ingest::ReadProducts(options_.products, map.products,
                                                             ReadOptionsFor("read products"), &report_.products));
      TimeOf(Stage::kRead).rows += report_.products.rows_read;
    }
    if (has_views_) {
      AWASE_RETURN_IF_ERROR(Begin(Stage::kRead, "read views"));
      AWASE_ASSIGN_OR_RETURN(
          views_, ingest::ReadViews(options_.views, map.views, ReadOptionsFor("read views"), &report_.views));
      TimeOf(Stage::kRead).rows += report_.views.rows_read;
    }
    AWASE_RETURN_IF_ERROR(Begin(Stage::kRead, "read orders"));
    ingest::ReadOptions read = ReadOptionsFor("read orders");
    read.files_before = stored_.report.files.size();
    AWASE_ASSIGN_OR_RETURN(log_, ingest::ReadOrders(options_.append.empty() ? options_.orders : options_.append,
                                                    map.orders, read, &report_.orders));
    TimeOf(Stage::kRead).rows += report_.orders.rows_read;
    return options_.append.empty() ? absl::OkStatus() : JoinStoredOrders();
  }

  // The orders of the active version. Before the new ones are read: what is missing is told at once.
  absl::Status ReadStoredOrders() {
    AWASE_RETURN_IF_ERROR(Begin(Stage::kRead, "read stored orders"));
    AWASE_ASSIGN_OR_RETURN(report_.appended_to, artefact::ReadActiveVersion(options_.model_dir));
    absl::StatusOr<StoredOrders> stored = ReadOrderStore(JoinPath(options_.model_dir, report_.appended_to));
    if (absl::IsNotFound(stored.status())) {
      return absl::FailedPreconditionError(absl::StrCat(
          "version ", report_.appended_to, " keeps no orders that could be appended to (it was trained with ",
          "--no-store, or by an older awase): train on all files once with --orders"));
    }
    AWASE_RETURN_IF_ERROR(stored.status());
    if (!has_products_file_) AWASE_RETURN_IF_ERROR(CheckGivenAgain("products", stored->product_files));
    if (!has_views_ && WantsViews()) AWASE_RETURN_IF_ERROR(CheckGivenAgain("views", stored->view_files));
    stored_ = *std::move(stored);
    return absl::OkStatus();
  }

  // What is not in the store was in `files`, of which this run has none.
  absl::Status CheckGivenAgain(absl::string_view what, const std::vector<std::string>& files) const {
    if (files.empty()) return absl::OkStatus();
    return absl::InvalidArgumentError(absl::StrCat("version ", report_.appended_to, " was trained with ", what,
                                                   ": give them again (--", what, " ", absl::StrJoin(files, " "), ")"));
  }

  bool WantsViews() const {
    return options_.Wants(RelationKind::kViewedTogether) || options_.Wants(RelationKind::kViewedBought);
  }

  absl::Status JoinStoredOrders() {
    AWASE_RETURN_IF_ERROR(Begin(Stage::kIntern, "join orders"));
    AWASE_ASSIGN_OR_RETURN(report_.orders, ingest::JoinReports(stored_.report, report_.orders));
    log_ = orders::MergeLogs(std::move(stored_.log), std::move(log_), options_.threads);
    return absl::OkStatus();
  }

  void HoldOut() {
    if (options_.held_out == nullptr) return;
    orders::LogSplit split = orders::SplitLog(log_, 1 - options_.held_out_share);
    log_ = std::move(split.earlier);
    *options_.held_out = std::move(split.later);
  }

  // The lines are not needed any more, but for the version that they will belong to when it has a name.
  absl::Status StoreOrders() {
    orders::OrderLog log = std::move(log_);
    if (!options_.store) return absl::OkStatus();
    AWASE_RETURN_IF_ERROR(Begin(Stage::kWrite, "store orders"));
    store_ = trainer_internal::NewOrderStore::Create(options_.model_dir, std::move(log), report_.orders,
                                                     report_.products, report_.views);
    // Passes are planned by the memory that is taken now.
    return options_.memory_limit_bytes > 0 ? store_->Wait() : absl::OkStatus();
  }

  absl::Status Clean() {
    AWASE_RETURN_IF_ERROR(Begin(Stage::kIntern, "make baskets"));
    AddProductsOfOrders();
    catalog_ = Catalog::Build(std::move(products_), &report_.catalog);
    report_.product_count = catalog_.size();
    report_.customer_count = log_.customer_keys.size();
    std::vector<ProductIndex> own_index;
    for (const std::string& id : log_.product_ids) {
      own_index.push_back(*catalog_.Find(id));
      root_index_.push_back(catalog_.root(own_index.back()));
    }
    baskets_ = orders::BuildBaskets(log_, root_index_, catalog_.size(), &report_.cleaning, options_.threads);
    if (baskets_.size() == 0) {
      // An empty version would answer every page with nothing, in place of one that works.
      return absl::InvalidArgumentError(
          absl::StrCat("no order is left: of ", report_.orders.rows_read, " rows ", report_.orders.rows_kept,
                       " could be used, and their orders are all ", "cancelled or returned; nothing was written"));
    }
    popularity_.assign(catalog_.size(), 0);
    for (std::size_t p = 0; p < own_index.size(); ++p) {
      popularity_[Slot(own_index[p])] = baskets_.log_product_units[p];
    }
    std::tie(report_.first_order_micros, report_.last_order_micros) = trainer_internal::TimesOf(baskets_);
    TimeOf(Stage::kIntern).rows = log_.line_count();
    customer_count_ = static_cast<std::uint32_t>(log_.customer_keys.size());
    if (has_views_) {
      TimeOf(Stage::kIntern).rows += views_.line_count();
      sessions_ = trainer_internal::MakeSessionBaskets(views_, catalog_, options_.threads, &report_.sessions);
      session_customers_ = trainer_internal::CustomersOfOrders(views_, log_);
      views_ = orders::OrderLog();
    }
    return absl::OkStatus();
  }

  // What the report for people and the lists want to know of the whole dump, before orders or lines leave it.
  void Survey() {
    clock_.Begin(Stage::kWrite);
    if (options_.report) profile_ = report::ProfileOf(baskets_);
    clock_.Begin(Stage::kRank);
    types_ = trainer_internal::TypesOf(catalog_);
    if (options_.back_off) kinds_ = lists::KindsOf(catalog_);
  }

  absl::Status TuneLists() {
    // Settings that are not searched for are judged where there is a version to hold them against.
    if (!options_.tune && !trainer_internal::HasActiveVersion(options_.model_dir)) return absl::OkStatus();
    AWASE_RETURN_IF_ERROR(Begin(Stage::kTune, "tune"));
    lists::TuneOptions tune;
    tune.search = options_.tune;
    tune.start = options_.lists;
    tune.fixed = options_.fixed;
    tune.threads = options_.threads;
    tune.cancelled = options_.cancelled;
    if (options_.progress) tune.progress = [this](double share) { options_.progress({"tune", 0, share}); };
    AWASE_ASSIGN_OR_RETURN(report_.tuning, trainer_internal::TuneOnLog(log_, root_index_, catalog_.size(),
                                                                       options_.max_basket, types_, tune));
    list_settings_ = report_.tuning.settings;
    judged_cases_ = std::exchange(report_.tuning.judged_cases, {});
    TimeOf(Stage::kTune).rows = report_.tuning.judges;
    return absl::OkStatus();
  }

  // Every ordered product gets into the catalogue. Those that a given products file does not know are counted, but not
  // shown: the shop has most likely stopped selling them.
  void AddProductsOfOrders() {
    absl::flat_hash_map<absl::string_view, std::size_t> ordered;
    for (std::size_t p = 0; p < log_.product_ids.size(); ++p) ordered.emplace(log_.product_ids[p], p);
    std::vector<bool> in_file(log_.product_ids.size(), false);
    std::vector<bool> priced(log_.product_ids.size(), false);
    // All rows of an id alike: which of them the catalogue keeps must not decide about the price.
    for (Product& product : products_) {
      const auto found = ordered.find(product.product_id);
      if (found == ordered.end()) continue;
      in_file[found->second] = true;
      const std::optional<Money>& observed = log_.observed_prices[found->second].price;
      if (product.price.has_value() || !observed.has_value()) continue;
      product.price = observed;
      priced[found->second] = true;
    }
    for (std::size_t p = 0; p < log_.product_ids.size(); ++p) {
      if (in_file[p]) continue;
      Product product;
      product.product_id = log_.product_ids[p];
      product.visible = !has_products_file_;
      product.price = log_.observed_prices[p].price;
      priced[p] = product.price.has_value();
      report_.products_only_in_orders += has_products_file_ ? 1 : 0;
      products_.push_back(std::move(product));
    }
    report_.prices_from_orders = static_cast<std::uint64_t>(std::count(priced.begin(), priced.end(), true));
  }

  absl::Status CountAndRank() {
    clock_.Begin(Stage::kCount);
    const std::uint64_t large_orders = orders::DropLargeBaskets(options_.max_basket, &baskets_);
    AWASE_RETURN_IF_ERROR(AddRelation(RelationKind::kBoughtTogether, baskets_, large_orders));
    AWASE_RETURN_IF_ERROR(AddCartModel());
    clock_.Begin(Stage::kCount);
    customers_ = relations::CustomersWithin(baskets_, customer_count_, options_.max_basket, &large_customers_);
    if (options_.Wants(RelationKind::kBoughtAfter)) AWASE_RETURN_IF_ERROR(AddBoughtAfter());
    large_sessions_ = orders::DropLargeBaskets(options_.max_basket, &sessions_);
    if (options_.Wants(RelationKind::kViewedBought)) AWASE_RETURN_IF_ERROR(AddViewedBought());
    if (options_.Wants(RelationKind::kAlsoBought)) AWASE_RETURN_IF_ERROR(AddAlsoBought());
    baskets_ = orders::BasketSet();
    return options_.Wants(RelationKind::kViewedTogether) ? AddViewedTogether() : absl::OkStatus();
  }

  absl::Status AddBoughtAfter() {
    const relations::BasketWindows windows =
        relations::WindowsAfter(baskets_, customers_, MicrosOf(options_.bought_after_window_days));
    return AddWindowRelation(RelationKind::kBoughtAfter, windows, large_customers_);
  }

  // Nothing where no window holds anything: the dump has no data for the relation.
  absl::Status AddWindowRelation(RelationKind kind, const relations::BasketWindows& windows,
                                 std::uint64_t units_too_large) {
    if (windows.IsEmpty()) return absl::OkStatus();
    const std::string step = absl::StrCat("count ", relations::RelationName(kind));
    AWASE_RETURN_IF_ERROR(Begin(Stage::kCount, step));
    relations::RelationTimings timings;
    AWASE_ASSIGN_OR_RETURN(Relation relation,
                           relations::BuildWindowRelation(windows, RelationOptionsFor(kind, step), &timings));
    clock_.Rebook(timings.rank_seconds, Stage::kCount, Stage::kRank);
    return TakeRelation(std::move(relation), units_too_large);
  }

  absl::Status AddAlsoBought() {
    if (customer_count_ == 0) return absl::OkStatus();
    const std::int64_t window = MicrosOf(options_.also_bought_window_days);
    if (window > 0 && !relations::HistoriesFit(baskets_, customers_, window)) {
      return AddWindowRelation(RelationKind::kAlsoBought, relations::WindowsAround(baskets_, customers_, window),
                               large_customers_);
    }
    // All that a customer ever bought is one basket, and whole baskets are counted four times as fast.
    orders::BasketSet customers = orders::MergeByBuyer(baskets_, customer_count_, options_.threads);
    baskets_ = orders::BasketSet();  // counted: two sets need not lie in memory at once
    orders::DropLargeBaskets(options_.max_basket, &customers);
    return AddRelation(RelationKind::kAlsoBought, customers, large_customers_);
  }

  absl::Status AddViewedTogether() {
    if (sessions_.size() == 0) return absl::OkStatus();
    return AddRelation(RelationKind::kViewedTogether, sessions_, large_sessions_);
  }

  absl::Status AddViewedBought() {
    const relations::BasketWindows windows = relations::WindowsOfSessions(sessions_, session_customers_, baskets_,
                                                                          MicrosOf(options_.viewed_bought_window_days));
    return AddWindowRelation(RelationKind::kViewedBought, windows, large_sessions_);
  }

  absl::Status AddCartModel() {
    AWASE_RETURN_IF_ERROR(Begin(Stage::kRank, "fit carts"));
    AWASE_ASSIGN_OR_RETURN(cart_, trainer_internal::MakeCartModel(baskets_, options_, &report_.cart));
    return absl::OkStatus();
  }

  // `step` is what the caller is told.
  relations::RelationOptions RelationOptionsFor(RelationKind kind, const std::string& step) const {
    relations::RelationOptions options;
    options.kind = kind;
    // Customers and sessions are other units than orders: what was found for orders says nothing about them.
    options.ranking = kind == RelationKind::kBoughtTogether ? list_settings_.ranking : options_.lists.ranking;
    options.claims = options_.claims;
    options.top_k = options_.top_k;
    options.min_buyers = options_.min_buyers;
    options.threads = options_.threads;
    options.cancelled = options_.cancelled;
    if (options_.progress) {
      options.progress = [this, step](double share) { options_.progress({step, 0, share}); };
    }
    return options;
  }

  absl::Status AddRelation(RelationKind kind, const orders::BasketSet& baskets, std::uint64_t units_too_large) {
    const std::string step = absl::StrCat("count ", relations::RelationName(kind));
    AWASE_RETURN_IF_ERROR(Begin(Stage::kCount, step));
    relations::RelationOptions options = RelationOptionsFor(kind, step);
    options.max_index_bytes =
        trainer_internal::IndexBytesWithin(options_.memory_limit_bytes, baskets, options.top_k, options.threads);
    const bool has_model = kind == RelationKind::kBoughtTogether && !list_settings_.is_plain();
    if (has_model) {
      options.ranking.popularity_exponent = 0;  // the model's own
      options.top_k = lists::CountedListLength(options_.top_k, catalog_.size());
    }
    relations::RelationTimings timings;
    AWASE_ASSIGN_OR_RETURN(Relation relation, relations::BuildRelation(baskets, options, &timings));
    clock_.Rebook(timings.rank_seconds, Stage::kCount, Stage::kRank);
    if (has_model) {
      AWASE_RETURN_IF_ERROR(Begin(Stage::kRank, "rank lists"));
      relation =
          lists::RankLists(std::move(relation), baskets, types_, list_settings_, options_.top_k, options_.threads);
    }
    return TakeRelation(std::move(relation), units_too_large);
  }

  // Afterwards it is being written, while what the next one is counted from is made.
  absl::Status TakeRelation(Relation relation, std::uint64_t units_too_large) {
    clock_.Begin(Stage::kRank);
    BackOff(&relation);
    relations_.push_back(std::move(relation));
    ClassifyEntries(&relations_.back());
    TimeOf(Stage::kCount).rows += relations_.back().unit_count;
    TimeOf(Stage::kRank).rows += relations_.back().entries.size();
    report_.relations.push_back(Describe(relations_.back()));
    report_.relations.back().units_too_large = units_too_large;
    AWASE_RETURN_IF_ERROR(writer_->AddRelation(relations_.back()));
    clock_.Begin(Stage::kCount);
    return absl::OkStatus();
  }

  // Of what pages show: what is bought later, or viewed, is not to be guessed.
  void BackOff(Relation* relation) const {
    if (!options_.back_off) return lists::DropBackedOff(relation);
    if (relation->kind != RelationKind::kBoughtTogether && relation->kind != RelationKind::kAlsoBought) return;
    lists::FillOptions fill;
    fill.top_k = options_.top_k;
    fill.threads = options_.threads;
    lists::FillShortLists(catalog_, kinds_, types_, fill, relation);
  }

  // Every relation by what is bought in one order: the relation of those, bought_together, is the first to come here.
  void ClassifyEntries(Relation* relation) {
    if (!types_.of.empty() && !profiles_.has_value()) profiles_.emplace(relations_.front(), options_.threads);
    lists::ClassifyEntries(profiles_.has_value() ? &*profiles_ : nullptr, types_, catalog_.roots(), relation,
                           options_.threads);
  }

  absl::Status BuildLadders() {
    AWASE_RETURN_IF_ERROR(Begin(Stage::kLadder, "ladder"));
    ladders_ = ladder::BuildLadders(catalog_, popularity_, options_.ladder);
    report_.ladder_families = ladders_.families;
    for (std::size_t i = 0; i < catalog_.size(); ++i) {
      report_.products_with_rung += ladders_.list(ProductAt(i)).empty() ? 0 : 1;
    }
    TimeOf(Stage::kLadder).rows = catalog_.size();
    return absl::OkStatus();
  }

  absl::Status Write() {
    AWASE_RETURN_IF_ERROR(Begin(Stage::kWrite, "write"));
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
    report_.peak_rss_bytes = trainer_internal::PeakRssBytes();
    contents.report_json = TrainReportToJson(report_);
    // Nothing may be left of a run that fails: once the version stands, a store that could not be written is too late.
    if (store_.has_value()) AWASE_RETURN_IF_ERROR(store_->Wait());
    AWASE_ASSIGN_OR_RETURN(report_.version, writer_->Finish(contents, options_.threads));
    const std::string version_dir = JoinPath(options_.model_dir, report_.version);
    AWASE_RETURN_IF_ERROR(store_.has_value() ? store_->MoveTo(version_dir)
                                             : trainer_internal::RemoveOrderStore(version_dir));
    writer_.reset();
    relations_.clear();  // they need not lie in memory twice
    AWASE_ASSIGN_OR_RETURN(const std::shared_ptr<const artefact::Model> written,
                           artefact::Model::Open(version_dir, {.just_written = true}));
    AWASE_RETURN_IF_ERROR(Promote(*written));
    TimeOf(Stage::kWrite).rows = catalog_.size();
    clock_.End();
    report_.peak_rss_bytes = trainer_internal::PeakRssBytes();
    return WriteReport(*written, contents.settings_json);
  }

  absl::Status Promote(const artefact::Model& written) {
    promotion::TrainingEvidence evidence;
    if (!judged_cases_.empty()) evidence.own_ndcg = report_.tuning.chosen.ndcg_at_10;
    evidence.judged_cases = judged_cases_;
    AWASE_ASSIGN_OR_RETURN(report_.promotion, trainer_internal::JudgePromotion(options_, written, evidence));
    if (!options_.activate || !report_.promotion.passes()) return absl::OkStatus();
    AWASE_RETURN_IF_ERROR(artefact::ActivateWrittenVersion(options_.model_dir, report_.version));
    report_.activated = true;
    return absl::OkStatus();
  }

  // The version is whole without it: a page that cannot be written is worth a warning.
  absl::Status WriteReport(const artefact::Model& written, const std::string& settings_json) {
    if (!options_.report) return trainer_internal::RemoveReport(JoinPath(options_.model_dir, report_.version));
    clock_.Begin(Stage::kWrite);
    const absl::Status status =
        trainer_internal::WriteReport(options_, report_, written, settings_json, profile_, absl::Now());
    clock_.End();
    if (!status.ok()) report_.warnings.push_back(absl::StrCat("no report.html: ", status.message()));
    return absl::OkStatus();
  }

  const TrainOptions& options_;
  TrainReport report_;
  trainer_internal::StageClock clock_{&report_.stages};
  bool has_products_file_ = false;
  bool has_views_ = false;
  std::vector<Product> products_;
  orders::OrderLog log_;
  orders::OrderLog views_;                                // whose orders are sessions
  StoredOrders stored_;                                   // of the version that is appended to
  std::optional<trainer_internal::NewOrderStore> store_;  // of the version that is made
  Catalog catalog_;
  std::vector<ProductIndex> root_index_;  // per product of the log
  lists::ProductTypes types_;
  std::vector<lists::Kind> kinds_;                    // to back off to
  lists::ListSettings list_settings_;                 // as given, until better ones are found
  std::vector<evaluation::JudgedCase> judged_cases_;  // that say how good they are
  orders::BasketSet baskets_;
  report::DumpProfile profile_;
  orders::BasketSet sessions_;
  std::vector<std::uint32_t> session_customers_;  // per customer of the sessions: the number in the orders
  std::uint64_t large_sessions_ = 0;              // of more than max_basket products: left out
  std::uint32_t customer_count_ = 0;
  std::vector<std::uint32_t> customers_;  // of at most max_basket products
  std::uint64_t large_customers_ = 0;     // the others
  std::vector<std::uint32_t> popularity_;
  std::deque<Relation> relations_;                 // which never move: the writer and the profiles read them
  std::optional<lists::Profiles> profiles_;        // of bought_together, while entries are classified
  std::optional<artefact::VersionWriter> writer_;  // from when there is something to write
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
  AWASE_RETURN_IF_ERROR(CheckWritable(options.model_dir));
  // Outlives the run, whose last writing may end with it. Who does not get it has nothing to clean up.
  AWASE_ASSIGN_OR_RETURN(const trainer_internal::RunLock lock, trainer_internal::RunLock::Acquire(options.model_dir));
  absl::StatusOr<TrainReport> report = RunToTheEnd(options);
  if (!report.ok() && is_new) {
    lock.RemoveFile();
    rmdir(options.model_dir.c_str());  // spares a directory that has come to hold something
  }
  return report;
}

}  // namespace awase::trainer

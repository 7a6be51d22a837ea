#include "trainer/internal/relation_stage.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"
#include "awase/lists/classify_entries.h"
#include "awase/lists/fill_short_lists.h"
#include "awase/lists/rank_lists.h"
#include "awase/relations/basket_windows.h"
#include "awase/relations/build_relation.h"
#include "awase/relations/build_window_relation.h"
#include "awase/relations/lasting_claims.h"
#include "trainer/internal/cart_stage.h"
#include "trainer/internal/memory.h"

namespace awase::trainer_internal {
namespace {

using relations::Relation;
using relations::RelationKind;
using trainer::RelationReport;
using trainer::Stage;
using trainer::TrainOptions;
using trainer::TrainReport;

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

class RelationStage {
 public:
  RelationStage(const RelationContext& context, artefact::VersionWriter* writer, RunProgress* progress,
                TrainReport* report)
      : options_(*context.options),
        catalog_(*context.catalog),
        types_(*context.types),
        list_settings_(*context.list_settings),
        writer_(writer),
        progress_(progress),
        report_(report) {}

  absl::StatusOr<std::optional<cart::CartWeights>> Run(CountedUnits units) {
    progress_->BookTo(Stage::kRank);
    if (options_.back_off) kinds_ = lists::KindsOf(catalog_);
    progress_->BookTo(Stage::kCount);
    const std::uint64_t large_orders = orders::DropLargeBaskets(options_.max_basket, &units.baskets);
    AWASE_RETURN_IF_ERROR(AddRelation(RelationKind::kBoughtTogether, units.baskets, large_orders));
    AWASE_RETURN_IF_ERROR(progress_->Begin(Stage::kRank, "fit carts"));
    AWASE_ASSIGN_OR_RETURN(std::optional<cart::CartWeights> cart,
                           MakeCartModel(units.baskets, std::exchange(units.tuning, {}), options_, &report_->cart));
    AWASE_RETURN_IF_ERROR(AddOthers(std::move(units)));
    return cart;
  }

 private:
  absl::Status AddOthers(CountedUnits units) {
    progress_->BookTo(Stage::kCount);
    const Customers customers = CustomersOf(units);
    if (options_.Wants(RelationKind::kBoughtAfter)) {
      AWASE_RETURN_IF_ERROR(AddBoughtAfter(units.baskets, customers));
    }
    const std::uint64_t large_sessions = orders::DropLargeBaskets(options_.max_basket, &units.sessions);
    if (options_.Wants(RelationKind::kViewedBought)) AWASE_RETURN_IF_ERROR(AddViewedBought(units, large_sessions));
    // The last relation of orders, which go with it.
    AWASE_RETURN_IF_ERROR(AddAlsoBought(std::exchange(units.baskets, {}), customers));
    if (units.sessions.size() == 0 || !options_.Wants(RelationKind::kViewedTogether)) return absl::OkStatus();
    return AddRelation(RelationKind::kViewedTogether, units.sessions, large_sessions);
  }

  struct Customers {
    std::uint32_t count = 0;             // of the orders
    std::vector<std::uint32_t> counted;  // of at most max_basket products
    std::uint64_t too_large = 0;         // the others
  };

  Customers CustomersOf(const CountedUnits& units) const {
    Customers customers;
    customers.count = units.customer_count;
    customers.counted =
        relations::CustomersWithin(units.baskets, customers.count, options_.max_basket, &customers.too_large);
    return customers;
  }

  absl::Status AddBoughtAfter(const orders::BasketSet& baskets, const Customers& customers) {
    const relations::BasketWindows windows =
        relations::WindowsAfter(baskets, customers.counted, MicrosOf(options_.bought_after_window_days));
    return AddWindowRelation(RelationKind::kBoughtAfter, windows, customers.too_large);
  }

  absl::Status AddViewedBought(const CountedUnits& units, std::uint64_t large_sessions) {
    const relations::BasketWindows windows = relations::WindowsOfSessions(
        units.sessions, units.session_customers, units.baskets, MicrosOf(options_.viewed_bought_window_days));
    return AddWindowRelation(RelationKind::kViewedBought, windows, large_sessions);
  }

  absl::Status AddAlsoBought(orders::BasketSet baskets, const Customers& customers) {
    if (customers.count == 0 || !options_.Wants(RelationKind::kAlsoBought)) return absl::OkStatus();
    const std::int64_t window = MicrosOf(options_.also_bought_window_days);
    if (window > 0 && !relations::HistoriesFit(baskets, customers.counted, window)) {
      return AddWindowRelation(RelationKind::kAlsoBought, relations::WindowsAround(baskets, customers.counted, window),
                               customers.too_large);
    }
    // All that a customer ever bought is one basket, and whole baskets are counted four times as fast.
    orders::BasketSet histories = orders::MergeByBuyer(baskets, customers.count, options_.threads);
    baskets = orders::BasketSet();  // counted: two sets need not lie in memory at once
    orders::DropLargeBaskets(options_.max_basket, &histories);
    return AddRelation(RelationKind::kAlsoBought, histories, customers.too_large);
  }

  // Nothing where no window holds anything: the dump has no data for the relation.
  absl::Status AddWindowRelation(RelationKind kind, const relations::BasketWindows& windows,
                                 std::uint64_t units_too_large) {
    if (windows.IsEmpty()) return absl::OkStatus();
    const std::string step = absl::StrCat("count ", relations::RelationName(kind));
    AWASE_RETURN_IF_ERROR(progress_->Begin(Stage::kCount, step));
    relations::RelationTimings timings;
    AWASE_ASSIGN_OR_RETURN(Relation relation,
                           relations::BuildWindowRelation(windows, RelationOptionsFor(kind, step), &timings));
    progress_->Rebook(timings.rank_seconds, Stage::kCount, Stage::kRank);
    return TakeRelation(std::move(relation), units_too_large);
  }

  // Customers and sessions are other units than orders: what was found for orders says nothing about them.
  relations::RankingOptions RankingFor(RelationKind kind) const {
    if (kind == RelationKind::kBoughtTogether) return list_settings_.ranking;
    relations::RankingOptions ranking = options_.lists.ranking;
    ranking.season_weight = 0;  // what a customer ever bought is of all seasons, what was looked at seldom a year old
    return ranking;
  }

  // `step` is what the caller is told.
  relations::RelationOptions RelationOptionsFor(RelationKind kind, const std::string& step) const {
    relations::RelationOptions options;
    options.kind = kind;
    options.ranking = RankingFor(kind);
    options.claims = options_.claims;
    options.top_k = options_.top_k;
    options.min_buyers = options_.min_buyers;
    options.threads = options_.threads;
    options.cancelled = options_.cancelled;
    options.progress = progress_->ShareTeller(step);
    return options;
  }

  absl::Status AddRelation(RelationKind kind, const orders::BasketSet& baskets, std::uint64_t units_too_large) {
    const std::string step = absl::StrCat("count ", relations::RelationName(kind));
    AWASE_RETURN_IF_ERROR(progress_->Begin(Stage::kCount, step));
    relations::RelationOptions options = RelationOptionsFor(kind, step);
    options.max_index_bytes = IndexBytesWithin(options_.memory_limit_bytes, baskets, options.top_k, options.threads);
    const bool has_model = kind == RelationKind::kBoughtTogether && !list_settings_.is_plain();
    if (has_model) {
      options.ranking.popularity_exponent = 0;  // the model's own
      options.top_k = lists::CountedListLength(options_.top_k, catalog_.size());
    }
    relations::RelationTimings timings;
    AWASE_ASSIGN_OR_RETURN(Relation relation, relations::BuildRelation(baskets, options, &timings));
    progress_->Rebook(timings.rank_seconds, Stage::kCount, Stage::kRank);
    if (has_model) {
      AWASE_RETURN_IF_ERROR(progress_->Begin(Stage::kRank, "rank lists"));
      relation =
          lists::RankLists(std::move(relation), baskets, types_, list_settings_, options_.top_k, options_.threads);
    }
    AWASE_RETURN_IF_ERROR(KeepLastingClaims(baskets, options, &relation));
    return TakeRelation(std::move(relation), units_too_large);
  }

  // Not of customers: what each of them ever bought lies in all periods at once.
  absl::Status KeepLastingClaims(const orders::BasketSet& baskets, const relations::RelationOptions& options,
                                 Relation* relation) const {
    if (relation->kind == RelationKind::kAlsoBought) return absl::OkStatus();
    progress_->BookTo(Stage::kRank);
    return relations::KeepLastingClaims(baskets, options, relation);
  }

  // Afterwards it is being written, while what the next one is counted from is made.
  absl::Status TakeRelation(Relation relation, std::uint64_t units_too_large) {
    progress_->BookTo(Stage::kRank);
    BackOff(&relation);
    const auto taken = std::make_shared<Relation>(std::move(relation));
    ClassifyEntries(taken);
    progress_->AddRows(Stage::kCount, taken->unit_count);
    progress_->AddRows(Stage::kRank, taken->entries.size());
    report_->relations.push_back(Describe(*taken));
    report_->relations.back().units_too_large = units_too_large;
    AWASE_RETURN_IF_ERROR(writer_->AddRelation(taken));
    progress_->BookTo(Stage::kCount);
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
  void ClassifyEntries(const std::shared_ptr<Relation>& relation) {
    if (!types_.of.empty() && !profiles_.has_value()) {
      together_ = relation;
      profiles_.emplace(*together_, options_.threads);
    }
    lists::ClassifyEntries(profiles_.has_value() ? &*profiles_ : nullptr, types_, catalog_.roots(), relation.get(),
                           options_.threads);
  }

  const TrainOptions& options_;
  const catalog::Catalog& catalog_;
  const lists::ProductTypes& types_;
  const lists::ListSettings& list_settings_;
  artefact::VersionWriter* writer_;
  RunProgress* progress_;
  TrainReport* report_;
  std::vector<lists::Kind> kinds_;            // to back off to
  std::shared_ptr<const Relation> together_;  // bought_together, where the profiles read it
  std::optional<lists::Profiles> profiles_;
};

}  // namespace

absl::StatusOr<std::optional<cart::CartWeights>> CountAndRank(CountedUnits units, const RelationContext& context,
                                                              artefact::VersionWriter* writer, RunProgress* progress,
                                                              TrainReport* report) {
  return RelationStage(context, writer, progress, report).Run(std::move(units));
}

}  // namespace awase::trainer_internal

#include "trainer/internal/warnings.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/base/process_memory.h"
#include "awase/ingest/read_dump.h"
#include "awase/lists/rank_lists.h"
#include "awase/relations/relation.h"
#include "awase/relations/season.h"

namespace awase::trainer_internal {

namespace {

using relations::RelationKind;

absl::string_view UnitsOf(absl::string_view relation) {
  const std::optional<RelationKind> kind = relations::ParseRelationName(relation);
  return kind.has_value() ? relations::RelationUnits(*kind) : "units";
}

bool IsMade(const trainer::TrainReport& report, RelationKind kind) {
  return std::any_of(report.relations.begin(), report.relations.end(),
                     [kind](const auto& relation) { return relation.relation == relations::RelationName(kind); });
}

// Not given though asked for by name; by default whatever has its data is made.
bool MissesViews(const trainer::TrainReport& report, const trainer::TrainOptions& options) {
  const bool asked_by_name = options.relations.size() < std::size(relations::kAllRelationKinds);
  const bool wants_views = options.Wants(RelationKind::kViewedTogether) || options.Wants(RelationKind::kViewedBought);
  return asked_by_name && wants_views && report.views.files.empty();
}

void AddPlanWarnings(const trainer::PlanReport& plans, std::vector<std::string>* warnings) {
  if (!plans.faults.empty()) {
    const plans::Fault& first = plans.faults.front();
    warnings->push_back(absl::StrCat(
        plans.faults.size(), " columns of plans cannot be read, and their products are no ",
        "plans: ", first.product_id, ", ", first.column, ": ", first.message, plans.faults.size() > 1 ? ", …" : ""));
  }
  for (const auto& [metric, meant] : plans.miscased_metrics) {
    warnings->push_back(absl::StrCat("usage names ", metric, ", which no plan knows: did you mean ", meant,
                                     "? Metrics are compared byte for byte"));
  }
  if (!plans.unused_metrics.empty()) {
    warnings->push_back(absl::StrCat("no usage names ", absl::StrJoin(plans.unused_metrics, ", "),
                                     ", for which plans of subscribers have an overage: taken as not used, it costs ",
                                     "nothing; name every metric in the usage, with 0 where nothing was used"));
  }
}

// A copy under another name is another file to the reader.
void AddCopies(const ingest::ReadReport& report, std::vector<std::string>* warnings) {
  std::map<std::string, const ingest::InputFile*> by_hash;
  for (const ingest::InputFile& file : report.files) {
    const auto [known, is_new] = by_hash.emplace(file.sha256, &file);
    if (is_new) continue;
    warnings->push_back(absl::StrCat(file.path, " holds the same bytes as ", known->second->path,
                                     ": its quantities count twice; leave one of them out if it is a copy"));
  }
}

void AddInputWarnings(const trainer::TrainReport& report, std::vector<std::string>* warnings) {
  AddCopies(report.orders, warnings);
  AddCopies(report.usage, warnings);
  if (report.order_currencies.size() < 2) return;
  warnings->push_back(
      absl::StrCat("products were last sold in ", report.order_currencies.size(), " currencies (",
                   absl::StrJoin(report.order_currencies, ", "),
                   "): a page offers only what is priced in its own; what has no price in the products ",
                   "file is priced in the currency of most of its last day's lines"));
}

}  // namespace

std::vector<std::string> WarningsOf(const trainer::TrainReport& report, const trainer::TrainOptions& options) {
  std::vector<std::string> warnings;
  if (!report.relations.empty() && report.relations[0].products_with_list == 0 && report.cleaning.orders_kept > 0) {
    warnings.push_back(absl::StrCat("no pair of products was bought together by ", options.min_buyers,
                                    " or more buyers (--min-buyers): every list is empty"));
  } else if (!report.relations.empty() && report.relations[0].products_with_claim == 0) {
    warnings.push_back(
        "no pair has enough evidence to be called \"bought together\": no bundle will be offered but by rule");
  }
  for (const trainer::RelationReport& relation : report.relations) {
    if (relation.units_too_large == 0) continue;
    warnings.push_back(absl::StrCat(relation.relation, ": ", relation.units_too_large, " ", UnitsOf(relation.relation),
                                    " with more than ", options.max_basket,
                                    " products left out of the counts (--max-basket)"));
  }
  for (const trainer::RelationReport& relation : report.relations) {
    if (relation.claims.margin <= 0 || relation.claims.margin_found) continue;
    warnings.push_back(absl::StrCat(relation.relation, ": what seemed to be bought together did too seldom hold later ",
                                    "(--claim-share-held ", options.claims.min_share_held, "), however strong: only ",
                                    "what is so at least ", relation.claims.margin, " times as often as by chance is ",
                                    "claimed, and that is not proven either"));
  }
  if (report.season_is_off) {
    warnings.push_back(absl::StrCat("--season-weight is off: a season needs dated orders of ",
                                    relations::kLeastSeasonDays, " days (ordered_at)"));
  }
  if (report.season_is_unsearched) {
    warnings.push_back(absl::StrCat("no season was searched for: the orders reach back far enough for one, but not ",
                                    "those that settings are searched for with; --season-weight gives it (2, say)"));
  }
  if (report.customer_count == 0) {
    warnings.push_back(
        "no customer ids: also_bought and bought_after are not made, and every order counts as a buyer of its own");
  }
  if (report.customer_count > 0 && options.Wants(RelationKind::kBoughtAfter) &&
      !IsMade(report, RelationKind::kBoughtAfter)) {
    warnings.push_back(absl::StrCat("bought_after is not made: no customer has a later order within ",
                                    options.bought_after_window_days, " days (ordered_at, --bought-after-window)"));
  }
  if (report.sessions.sessions > 0 && options.Wants(RelationKind::kViewedBought) &&
      !IsMade(report, RelationKind::kViewedBought)) {
    warnings.push_back(absl::StrCat(
        "viewed_bought is not made: after no session did its customer order within ", options.viewed_bought_window_days,
        " day(s) (customer_id and viewed_at of the views, ordered_at, --viewed-bought-window)"));
  }
  if (MissesViews(report, options)) warnings.push_back("no views: give them with --views, or leave viewed_… out");
  if (report.sessions.unknown_views > 0) {
    warnings.push_back(absl::StrCat(report.sessions.unknown_products,
                                    " viewed products are neither in the products file nor ordered: their ",
                                    report.sessions.unknown_views, " views are left out"));
  }
  if (options.lists.similar_orders > 0 && !lists::CanRankBySimilar(report.product_count)) {
    warnings.push_back(
        absl::StrCat("--similar-orders has no say: the lists of ", report.product_count,
                     " products are cut too short to tell which of them are bought with the same things"));
  }
  AddPlanWarnings(report.plans, &warnings);
  AddInputWarnings(report, &warnings);
  if (report.ladders.families == 0) {
    warnings.push_back(
        "no ladders: they need products with a price and a product_type, category or family (--products)");
  }
  if (report.products_only_in_orders > 0) {
    warnings.push_back(
        absl::StrCat(report.products_only_in_orders,
                     " ordered products are not in the products file: they are counted, but never shown"));
  }
  if (options.memory_limit_bytes > 0 && PeakRssBytes() > options.memory_limit_bytes) {
    warnings.push_back(absl::StrCat("--memory-limit was passed: ", PeakRssBytes() >> 20, " MiB were needed, ",
                                    options.memory_limit_bytes >> 20, " were allowed"));
  }
  return warnings;
}

}  // namespace awase::trainer_internal

// A training run's report, for programs and for people.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "awase/relations/season.h"
#include "awase/trainer/train.h"
#include "trainer/internal/plan_report.h"
#include "trainer/internal/read_report_json.h"

namespace awase::trainer {
namespace {

using Json = nlohmann::json;

Json CleaningToJson(const orders::CleaningReport& report) {
  return {{"lines_kept", report.lines_kept},
          {"lines_duplicate", report.lines_duplicate},
          {"lines_cancelled", report.lines_cancelled},
          {"lines_returned", report.lines_returned},
          {"lines_undone", report.lines_undone},
          {"returns_matched", report.returns_matched},
          {"returns_unmatched", report.returns_unmatched},
          {"orders_kept", report.orders_kept},
          {"orders_emptied", report.orders_emptied}};
}

Json SessionsToJson(const SessionReport& report) {
  return {{"sessions", report.sessions},
          {"sessions_without_known_products", report.sessions_without_known},
          {"views", report.views},
          {"customers", report.customers},
          {"unknown_products", report.unknown_products},
          {"unknown_views", report.unknown_views}};
}

Json RelationToJson(const RelationReport& report) {
  return {{"units", report.unit_count},
          {"units_too_large", report.units_too_large},
          {"entries", report.entries},
          {"products_with_list", report.products_with_list},
          {"products_with_claim", report.products_with_claim},
          {"products_backed_off", report.products_backed_off},
          {"claims", report.claims.claims},
          {"pairs_tested", report.claims.pairs_tested},
          {"basket_size_factor", report.claims.basket_size_factor},
          {"z_threshold", report.claims.z_threshold},
          {"claim_margin", report.claims.margin},
          {"claim_margin_found", report.claims.margin_found},
          {"claims_not_lasting", report.claims.not_lasting},
          {"claims_replicated", report.claims.replicated},
          {"claims_replicated_held", report.claims.replicated_held}};
}

Json QualityToJson(const lists::Quality& quality) {
  return {{"ranker", quality.name}, {"ndcg_at_10", quality.ndcg_at_10}, {"coverage_at_10", quality.coverage_at_10}};
}

Json TuningToJson(const lists::TuneResult& tuning) {
  Json json = {{"tuned", tuning.tuned}, {"judges", tuning.judges}};
  if (!tuning.chosen.name.empty()) json["chosen"] = QualityToJson(tuning.chosen);
  if (!tuning.tuned) return json;
  json["evaluations"] = tuning.evaluations;
  json["knows_season"] = tuning.knows_season;
  for (const lists::Quality& quality : tuning.classical) {
    json["classical"].push_back(QualityToJson(quality));
    json["classical"].back()["gain"] = quality.ndcg_at_10 > 0 ? tuning.chosen.ndcg_at_10 / quality.ndcg_at_10 - 1 : 0;
  }
  return json;
}

Json CartToJson(const CartReport& report) {
  Json json = {{"weights", report.weights},
               {"neighbours", report.settings.neighbours},
               {"lambda", report.settings.lambda},
               {"centred", report.settings.centred},
               {"tuned", report.tuned},
               {"cases", report.cases}};
  if (report.tuned) {
    json["hr_at_10"] = report.hr_at_10;
    json["mrr"] = report.mrr;
    json["default_hr_at_10"] = report.default_hr_at_10;
    json["default_mrr"] = report.default_mrr;
  }
  return json;
}

Json LaddersToJson(const ladder::LadderNotes& notes) {
  Json grades = Json::object();
  for (std::size_t g = 0; g < notes.rungs_by_grade.size(); ++g) {
    grades[ladder::GradeName(static_cast<ladder::Grade>(g))] = notes.rungs_by_grade[g];
  }
  Json problems = Json::array();
  for (const ladder::LadderProblem& problem : notes.problems) {
    problems.push_back({{"column", problem.column},
                        {"problem", ladder::LadderProblemText(problem.kind)},
                        {"products", problem.products},
                        {"examples", problem.examples}});
  }
  return {{"families", notes.families},
          {"products_with_rung", notes.products_with_rung},
          {"products_with_served_rung", notes.products_with_served_rung},
          {"rungs", grades},
          {"steps_compared", notes.steps_compared},
          {"steps_with_moves", notes.steps_with_moves},
          {"problems", problems}};
}

void AppendLadders(const ladder::LadderNotes& notes, std::string* text) {
  absl::StrAppendFormat(text, "ladders: %d families, %d products with a next cheaper or better one, %d of them shown\n",
                        notes.families, notes.products_with_rung, notes.products_with_served_rung);
  if (notes.products_with_rung > 0) {
    absl::StrAppend(text, "  rungs:");
    for (std::size_t g = notes.rungs_by_grade.size(); g-- > 0;) {
      absl::StrAppendFormat(text, " %d %s%s", notes.rungs_by_grade[g], ladder::GradeName(static_cast<ladder::Grade>(g)),
                            g > 0 ? "," : "");
    }
    absl::StrAppendFormat(text, "; customers moved along %d of the %d steps compared\n", notes.steps_with_moves,
                          notes.steps_compared);
  }
  for (const ladder::LadderProblem& problem : notes.problems) {
    absl::StrAppendFormat(text, "  %s of %d products (%s): %s\n", problem.column, problem.products,
                          absl::StrJoin(problem.examples, ", "), ladder::LadderProblemText(problem.kind));
  }
}

void AppendPromotion(const promotion::Decision& decision, std::string* text) {
  using Basis = promotion::QualityComparison::Basis;
  if (!decision.comparison.has_value()) return;
  const promotion::Comparison& c = *decision.comparison;
  absl::StrAppendFormat(text, "held against the active version %s: %.1f %% of what its lists show would go,\n",
                        decision.compared_with, 100 * c.churn);
  absl::StrAppendFormat(text,
                        "  coverage %.3f (%.3f), without a list %.1f %% (%.1f %%), with a claim %.1f %% (%.1f %%)",
                        c.next.coverage_at_10, c.active.coverage_at_10, 100 * c.next.empty_share,
                        100 * c.active.empty_share, 100 * c.next.claim_share, 100 * c.active.claim_share);
  switch (c.quality.basis) {
    case Basis::kNone:
      absl::StrAppend(text, "; quality could not be compared\n");
      break;
    case Basis::kSameOrders:
      absl::StrAppendFormat(text, ",\n  NDCG@10 %.4f (%.4f) on %d orders that neither has learned from\n",
                            c.quality.next, c.quality.active, c.quality.questions);
      break;
    case Basis::kOwnOrders:
      absl::StrAppendFormat(text, ",\n  NDCG@10 %.4f (%.4f), each on the last of its own orders\n", c.quality.next,
                            c.quality.active);
      break;
  }
}

void AppendLasting(const relations::ClaimSummary& claims, std::string* text) {
  if (claims.margin <= 0) return;  // not asked
  absl::StrAppendFormat(text,
                        "  %d entries passed the test but did not hold throughout, or by less than %g times chance",
                        claims.not_lasting, claims.margin);
  if (!claims.margin_found) absl::StrAppend(text, " (the largest margin, since none was enough)");
  if (claims.replicated > 0) {
    absl::StrAppendFormat(text, "; of the claims of earlier periods %.1f %% held in later ones",
                          100 * static_cast<double>(claims.replicated_held) / static_cast<double>(claims.replicated));
  }
  absl::StrAppend(text, "\n");
}

void AppendTuning(const lists::TuneResult& tuning, std::string* text) {
  if (!tuning.tuned) return;
  const lists::ListSettings& settings = tuning.settings;
  absl::StrAppendFormat(text, "tuned by the last %d orders: NDCG@10 %.4f, coverage@10 %.3f\n", tuning.judges,
                        tuning.chosen.ndcg_at_10, tuning.chosen.coverage_at_10);
  const auto best = std::max_element(tuning.classical.begin(), tuning.classical.end(),
                                     [](const auto& a, const auto& b) { return a.ndcg_at_10 < b.ndcg_at_10; });
  if (best != tuning.classical.end()) {
    absl::StrAppendFormat(text, "  the best classical score, %s: NDCG@10 %.4f, coverage@10 %.3f\n", best->name,
                          best->ndcg_at_10, best->coverage_at_10);
  }
  absl::StrAppendFormat(text, "  basket size exponent %g, half-life %g days, popularity exponent %g, trend %g,\n",
                        settings.ranking.basket_size_exponent, settings.ranking.half_life_days,
                        settings.ranking.popularity_exponent, settings.trend_exponent);
  absl::StrAppendFormat(text,
                        "  back-off to popularity %g, type %g and like profiles %g, same type %g, type lift %g,\n",
                        settings.popularity_orders, settings.type_orders, settings.similar_orders,
                        settings.same_type_bonus, settings.type_lift_exponent);
  absl::StrAppendFormat(text, "  coverage %g\n", settings.coverage_bonus);
  absl::StrAppendFormat(text, "  season weight %g", settings.ranking.season_weight);
  if (!tuning.knows_season) {
    absl::StrAppendFormat(text, ", not searched for: the orders before those reach back less than %g days",
                          relations::kLeastSeasonDays);
  }
  absl::StrAppend(text, "\n");
}

void AppendCart(const CartReport& report, std::string* text) {
  if (report.weights == 0) return;
  absl::StrAppendFormat(text, "carts: %d weights; %d neighbours, lambda %g, %s", report.weights,
                        report.settings.neighbours, report.settings.lambda,
                        report.settings.centred ? "centred" : "not centred");
  if (!report.tuned) {
    absl::StrAppend(text, " (not tuned)\n");
    return;
  }
  absl::StrAppendFormat(
      text, ": of %d hidden products %.1f %% among the first ten (defaults %.1f %%), MRR %.3f (%.3f)\n", report.cases,
      100 * report.hr_at_10, 100 * report.default_hr_at_10, report.mrr, report.default_mrr);
}

void AppendRead(absl::string_view what, const ingest::ReadReport& report, std::string* text) {
  if (report.files.empty()) return;
  absl::StrAppendFormat(text, "%s: %d rows read from %d file%s, %d kept\n", what, report.rows_read, report.files.size(),
                        report.files.size() == 1 ? "" : "s", report.rows_kept);
  for (const ingest::DroppedRows& rows : report.dropped) {
    absl::StrAppendFormat(text, "  dropped %d: %s\n", rows.count, rows.reason);
    for (const std::string& sample : rows.samples) absl::StrAppend(text, "    ", sample, "\n");
  }
  for (const std::string& note : report.notes) absl::StrAppend(text, "  note: ", note, "\n");
}

void AppendCleaning(const orders::CleaningReport& report, std::string* text) {
  absl::StrAppendFormat(text, "baskets: %d orders with %d products; %d orders came out empty\n", report.orders_kept,
                        report.lines_kept, report.orders_emptied);
  const auto line = [&](std::uint64_t count, absl::string_view what) {
    if (count > 0) absl::StrAppendFormat(text, "  %d lines %s\n", count, what);
  };
  line(report.lines_duplicate, "repeat a product of their order: counted once");
  line(report.lines_cancelled, "cancelled");
  line(report.lines_returned, "are returns");
  line(report.lines_undone, "were returned in full and leave their basket");
  line(report.returns_unmatched, "are returns without a purchase to subtract from");
}

void AppendSessions(const SessionReport& report, std::string* text) {
  absl::StrAppendFormat(text, "sessions: %d with %d products viewed, of %d known customers\n", report.sessions,
                        report.views, report.customers);
  if (report.unknown_products > 0) {
    absl::StrAppendFormat(text, "  %d views of %d products that are neither in the products nor ordered: left out",
                          report.unknown_views, report.unknown_products);
    absl::StrAppendFormat(text, "; %d sessions have no others\n", report.sessions_without_known);
  }
}

}  // namespace

absl::string_view StageName(Stage stage) {
  constexpr std::array<absl::string_view, kStageCount> kNames = {"read",  "intern", "tune", "ladder",
                                                                 "count", "rank",   "write"};
  return kNames[static_cast<std::size_t>(stage)];
}

std::string TrainReportToJson(const TrainReport& report) {
  Json stages = Json::object();
  for (std::size_t i = 0; i < kStageCount; ++i) {
    stages[std::string(StageName(static_cast<Stage>(i)))] = {{"seconds", report.stages[i].seconds},
                                                             {"rows", report.stages[i].rows}};
  }
  Json relations = Json::object();
  for (const RelationReport& relation : report.relations) relations[relation.relation] = RelationToJson(relation);
  Json json = {{"orders", trainer_internal::ReadReportToJson(report.orders)},
               {"products", trainer_internal::ReadReportToJson(report.products)},
               {"views", trainer_internal::ReadReportToJson(report.views)},
               {"usage", trainer_internal::ReadReportToJson(report.usage)},
               {"subscriptions", trainer_internal::ReadReportToJson(report.subscriptions)},
               {"cleaning", CleaningToJson(report.cleaning)},
               {"sessions", SessionsToJson(report.sessions)},
               {"catalogue",
                {{"products", report.product_count},
                 {"customers", report.customer_count},
                 {"duplicate_ids", report.catalog.duplicate_ids},
                 {"parents_added", report.catalog.parents_added},
                 {"parent_cycles", report.catalog.parent_cycles},
                 {"only_in_orders", report.products_only_in_orders},
                 {"prices_from_orders", report.prices_from_orders}}},
               {"tuning", TuningToJson(report.tuning)},
               {"relations", relations},
               {"carts", CartToJson(report.cart)},
               {"ladders", LaddersToJson(report.ladders)},
               {"plans", trainer_internal::PlansToJson(report.plans)},
               {"warnings", report.warnings},
               {"stages", stages},
               {"peak_rss_bytes", report.peak_rss_bytes}};
  if (report.last_order_micros != orders::kNoTime) {
    json["first_order_micros"] = report.first_order_micros;
    json["last_order_micros"] = report.last_order_micros;
  }
  if (!report.appended_to.empty()) json["appended_to"] = report.appended_to;
  if (!report.version.empty()) {  // the manifest's report is made before there is one
    json["version"] = report.version;
    json["activated"] = report.activated;
    json["promotion"] = Json::parse(promotion::DecisionToJson(report.promotion));
  }
  return json.dump(2, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace);
}

std::string TrainReportToText(const TrainReport& report) {
  std::string text;
  if (!report.appended_to.empty()) {
    absl::StrAppend(&text, "appended to the orders of version ", report.appended_to, "; from here on all of them:\n");
  }
  AppendRead("orders", report.orders, &text);
  AppendRead("products", report.products, &text);
  AppendRead("views", report.views, &text);
  AppendRead("usage", report.usage, &text);
  AppendRead("subscriptions", report.subscriptions, &text);
  AppendCleaning(report.cleaning, &text);
  if (!report.views.files.empty()) AppendSessions(report.sessions, &text);
  absl::StrAppendFormat(&text, "catalogue: %d products, %d priced by what orders paid\n", report.product_count,
                        report.prices_from_orders);
  if (report.catalog.duplicate_ids > 0) {
    absl::StrAppendFormat(&text, "  %d product rows repeat a product_id: one row of each is used\n",
                          report.catalog.duplicate_ids);
  }
  if (report.catalog.parent_cycles > 0) {
    absl::StrAppendFormat(&text, "  %d parent_ids lead back to their own product: ignored\n",
                          report.catalog.parent_cycles);
  }
  AppendTuning(report.tuning, &text);
  for (const RelationReport& relation : report.relations) {
    absl::StrAppendFormat(
        &text,
        "%s: %d products with a list, %d of them backed off alone, %d with a claim (%d claims of %d pairs "
        "tested)\n",
        relation.relation, relation.products_with_list, relation.products_backed_off, relation.products_with_claim,
        relation.claims.claims, relation.claims.pairs_tested);
    AppendLasting(relation.claims, &text);
  }
  AppendCart(report.cart, &text);
  AppendLadders(report.ladders, &text);
  trainer_internal::AppendPlans(report.plans, &text);
  AppendPromotion(report.promotion, &text);
  for (const std::string& warning : report.warnings) absl::StrAppend(&text, "warning: ", warning, "\n");
  absl::StrAppend(&text, "time:");
  double total = 0;
  for (std::size_t i = 0; i < kStageCount; ++i) {
    absl::StrAppendFormat(&text, " %s %.2f s,", StageName(static_cast<Stage>(i)), report.stages[i].seconds);
    total += report.stages[i].seconds;
  }
  absl::StrAppendFormat(&text, " all %.2f s; peak memory %d MiB\n", total, report.peak_rss_bytes >> 20);
  return text;
}

}  // namespace awase::trainer

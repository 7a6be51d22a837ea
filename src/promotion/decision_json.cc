// A decision as JSON, and where it is kept.

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "awase/promotion/decision.h"

namespace awase::promotion {
namespace {

using Json = nlohmann::ordered_json;
using Basis = QualityComparison::Basis;

constexpr char kFile[] = "promotion.json";  // in a version's directory

constexpr const char* kBasisNames[] = {"none", "same_orders", "own_orders"};  // by Basis

Json FiguresToJson(const ListFigures& figures) {
  return {{"products_with_orders", figures.products_with_orders},
          {"coverage_at_10", figures.coverage_at_10},
          {"empty_share", figures.empty_share},
          {"frequent_products", figures.frequent_products},
          {"claim_share", figures.claim_share}};
}

ListFigures FiguresFromJson(const Json& json) {
  ListFigures figures;
  json.at("products_with_orders").get_to(figures.products_with_orders);
  json.at("coverage_at_10").get_to(figures.coverage_at_10);
  json.at("empty_share").get_to(figures.empty_share);
  json.at("frequent_products").get_to(figures.frequent_products);
  json.at("claim_share").get_to(figures.claim_share);
  return figures;
}

Json QualityToJson(const QualityComparison& quality) {
  return {{"basis", kBasisNames[static_cast<std::size_t>(quality.basis)]},
          {"questions", quality.questions},
          {"active_ndcg_at_10", quality.active},
          {"ndcg_at_10", quality.next},
          {"ratio_high", quality.ratio_high}};
}

QualityComparison QualityFromJson(const Json& json) {
  QualityComparison quality;
  const auto basis = std::find(std::begin(kBasisNames), std::end(kBasisNames), json.at("basis").get<std::string>());
  if (basis != std::end(kBasisNames)) quality.basis = static_cast<Basis>(basis - std::begin(kBasisNames));
  json.at("questions").get_to(quality.questions);
  json.at("active_ndcg_at_10").get_to(quality.active);
  json.at("ndcg_at_10").get_to(quality.next);
  json.at("ratio_high").get_to(quality.ratio_high);
  return quality;
}

Json BoundsToJson(const Bounds& bounds) {
  return {{"max_quality_loss", bounds.max_quality_loss},
          {"max_coverage_loss", bounds.max_coverage_loss},
          {"max_empty_rise", bounds.max_empty_rise},
          {"max_claim_loss", bounds.max_claim_loss},
          {"max_churn", bounds.max_churn}};
}

Bounds BoundsFromJson(const Json& json) {
  Bounds bounds;
  json.at("max_quality_loss").get_to(bounds.max_quality_loss);
  json.at("max_coverage_loss").get_to(bounds.max_coverage_loss);
  json.at("max_empty_rise").get_to(bounds.max_empty_rise);
  json.at("max_claim_loss").get_to(bounds.max_claim_loss);
  json.at("max_churn").get_to(bounds.max_churn);
  return bounds;
}

}  // namespace

std::string DecisionToJson(const Decision& decision) {
  Json json = {{"compared_with", decision.compared_with},
               {"passes", decision.passes()},
               {"reasons", decision.reasons},
               {"forced", decision.forced},
               {"bounds", BoundsToJson(decision.bounds)}};
  if (decision.comparison.has_value()) {
    const Comparison& comparison = *decision.comparison;
    json["quality"] = QualityToJson(comparison.quality);
    json["active"] = FiguresToJson(comparison.active);
    json["next"] = FiguresToJson(comparison.next);
    json["churn"] = comparison.churn;
  }
  return json.dump(2, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace);
}

absl::StatusOr<Decision> DecisionFromJson(const std::string& json) {
  Decision decision;
  try {
    const Json read = Json::parse(json);
    read.at("compared_with").get_to(decision.compared_with);
    read.at("reasons").get_to(decision.reasons);
    read.at("forced").get_to(decision.forced);
    decision.bounds = BoundsFromJson(read.at("bounds"));
    if (read.contains("quality")) {
      Comparison& comparison = decision.comparison.emplace();
      comparison.quality = QualityFromJson(read.at("quality"));
      comparison.active = FiguresFromJson(read.at("active"));
      comparison.next = FiguresFromJson(read.at("next"));
      read.at("churn").get_to(comparison.churn);
    }
  } catch (const Json::exception& error) {
    return absl::DataLossError(absl::StrCat("no decision about a version: ", error.what()));
  }
  return decision;
}

absl::Status KeepDecision(const std::string& version_dir, const Decision& decision) {
  return ReplaceFile(JoinPath(version_dir, kFile), absl::StrCat(DecisionToJson(decision), "\n"));
}

absl::StatusOr<Decision> ReadDecision(const std::string& version_dir) {
  const std::string path = JoinPath(version_dir, kFile);
  AWASE_ASSIGN_OR_RETURN(const std::string json, ReadFile(path));
  absl::StatusOr<Decision> decision = DecisionFromJson(json);
  if (!decision.ok()) return Annotate(decision.status(), path);
  return decision;
}

}  // namespace awase::promotion
